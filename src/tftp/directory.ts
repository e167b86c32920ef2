// A directory as a source: regular files below it, whatever the name asks for and whatever links
// lie in it. Leaves out anything but reading. No document governs names in TFTP.
import {
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readvSync,
  realpathSync,
} from "node:fs";
import { join, sep } from "node:path";
import { isExhausted } from "../ground/index.js";
import type { Content } from "./blocks.js";
import type { Descriptor, OpenFile, Source, Unavailable, Version } from "./source.js";

/** The longest name and the longest part of one, in characters. */
const NAME_LIMIT = 400;
const PART_LIMIT = 255;

/**
 * File times advance in steps (a kernel tick); a second write within one leaves no trace. So a
 * file is served when it has been left alone for this long, in ms.
 */
const SETTLE_MS = 20;

/** Names that Windows gives to devices, with any extension. */
const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * The parts of `name` below a root; undefined when it could mean anything else on any system.
 * Leading and doubled slashes and `.` are skipped.
 */
export function partsOf(name: string): string[] | undefined {
  if (name.length > NAME_LIMIT) return undefined;
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length > 0 && parts.every(harmless) ? parts : undefined;
}

function harmless(part: string): boolean {
  if (part === ".." || part.length > PART_LIMIT) return false;
  // Windows drops dots and spaces at the end, so that `.. ` is `..`; it reads `\` as a slash, `:`
  // as a drive or a stream, and `~1` as a short name.
  if (/[. ]$/.test(part) || /~\d/.test(part) || devices.test(part)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused here
  return !/[\x00-\x1f\x7f-\x9f\\:*?"<>|\u2028\u2029]/.test(part);
}

/**
 * The files below `root`. Links are followed when they end inside.
 * @throws when `root` cannot be found.
 */
export function directory(root: string): Source {
  const base = realpathSync.native(root);
  const inside = base.endsWith(sep) ? base : base + sep;
  const shared = new Map<string, SharedFile>();
  return {
    open(name) {
      const parts = partsOf(name);
      if (!parts) return "access violation";
      const opened = openInside(join(base, ...parts), inside);
      if (typeof opened === "string") return opened;
      return share(shared, opened);
    },
  };
}

function openInside(path: string, inside: string): Descriptor | Unavailable {
  let fd: number | undefined;
  try {
    const real = realpathSync.native(path);
    if (!real.startsWith(inside)) return "access violation";
    // Without O_NONBLOCK a named pipe would hold the whole server; O_NOFOLLOW because the link
    // may have been put there since.
    const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
    fd = openSync(real, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const status = fstatSync(fd, { bigint: true });
    if (!status.isFile() || !isAt(fd, status, path, real, inside)) {
      return refuse(fd, "access violation");
    }
    const ages = [status.mtimeMs, status.ctimeMs].map((time) => Date.now() - Number(time));
    if (ages.some((age) => age >= 0 && age < SETTLE_MS)) return refuse(fd, "unsettled");
    const { dev, ino, size, mtimeNs, ctimeNs, nlink } = status;
    const identity = [dev, ino, size, mtimeNs, ctimeNs].join(" ");
    return { fd, identity, version: { size, mtimeNs, ctimeNs, nlink } };
  } catch (problem) {
    const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
    if (isExhausted(problem)) return refuse(fd, "exhausted");
    return refuse(fd, code === "EACCES" || code === "EPERM" ? "access violation" : "not found");
  }
}

/** Whether the system says where an open file is. */
const tellsPlaces = process.platform === "linux" && existsSync("/proc/self/fd");

/**
 * Whether what was opened lies inside. A folder on the way can be exchanged for a link between any
 * two calls: on Linux the system is asked where the open file is (proc(5), `fd`), and its answer is
 * about that file and no name; elsewhere the names are looked at once more, which narrows the race.
 */
function isAt(fd: number, status: BigIntStats, path: string, real: string, inside: string) {
  if (tellsPlaces) return readlinkSync(`/proc/self/fd/${fd}`).startsWith(inside);
  const named = lstatSync(real, { bigint: true });
  const same = named.dev === status.dev && named.ino === status.ino;
  return same && realpathSync.native(path) === real;
}

function refuse(fd: number | undefined, why: Unavailable): Unavailable {
  if (fd !== undefined) closeSync(fd);
  return why;
}

interface SharedFile extends OpenFile {
  uses: number;
}

/** One descriptor and one content for all who read the same file at the same time. */
function share(shared: Map<string, SharedFile>, descriptor: Descriptor): OpenFile {
  const { fd, identity } = descriptor;
  const known = shared.get(identity);
  if (known) {
    closeSync(fd);
    known.uses++;
    return known;
  }
  const file: SharedFile = {
    content: descriptorContent(descriptor),
    descriptor,
    uses: 1,
    close() {
      if (--file.uses > 0) return;
      shared.delete(identity);
      closeSync(fd);
    },
  };
  shared.set(identity, file);
  return file;
}

/**
 * An open file as content. A file that was replaced or deleted is still read as it was; one that
 * was written to throws, and so never gives a mixture.
 */
export function descriptorContent({ fd, identity, version }: Descriptor): Content {
  const scatter = (parts: readonly Uint8Array[], offset: number) => {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const got = length === 0 ? 0 : readvSync(fd, parts, offset);
    // After the read: only then is it known that these bytes belong to the version.
    if (got !== length || changed(version, fstatSync(fd, { bigint: true }))) {
      throw new Error("the file was changed while it was read");
    }
  };
  return {
    size: Number(version.size),
    identity,
    scatter,
    read(offset, length) {
      const bytes = Buffer.allocUnsafe(length);
      scatter([bytes], offset);
      return bytes;
    },
  };
}

function changed(before: Version, now: Version): boolean {
  if (before.size !== now.size || before.mtimeNs !== now.mtimeNs) return true;
  // Removing a name of the file changes its ctime too, and is no change of the bytes.
  return before.ctimeNs !== now.ctimeNs && before.nlink === now.nlink;
}
