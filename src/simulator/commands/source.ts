// `source`: finds the script in an image in memory and runs it. Governed by cmd/source.c and
// image_locate_script in boot/image-board.c.
import type { Run } from "../../hush/index.js";
import {
  type Content,
  childOf,
  FDT_MAGIC,
  type FdtNode,
  fdtHeader,
  textOf as fdtText,
  headerCrcOf,
  propertyOf,
  readUImage,
  slice,
  UIMAGE_MAGIC,
  uimageHeader,
  verifyFit,
} from "../../image/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal, yes } from "../numbers.js";

/** A script that was found, or what U-Boot says about why not. */
export type Located =
  | { readonly text: string; readonly name: string }
  | { readonly message: string; readonly status?: number };

/** What behind the address names a part of a FIT: `:image`, `#configuration`. */
interface Part {
  readonly image?: string;
  readonly configuration?: string;
}

/** Commands that run scripts. */
export const sourceCommands: Family = (machine) => ({
  source: { run: (args) => source(machine, args), maxargs: 2 },
});

function source(machine: Machine, [what]: readonly string[]): ReturnType<Run> {
  const { address, part } = readTarget(machine, what);
  machine.print(`## Executing script at ${hex(address, 8)}\n`);
  const located = locateInMemory(machine, address, part);
  if ("message" in located) {
    machine.print(located.message);
    return located.status ?? 1;
  }
  return machine.shell.source(located.text, located.name);
}

function readTarget(machine: Machine, what: string | undefined): { address: number; part: Part } {
  if (what === undefined) return { address: machine.board.addresses.loadaddr ?? 0, part: {} };
  const [, at = "", mark, name = ""] = /^([^:#]*)(?:([:#])(.*))?$/s.exec(what) ?? [];
  const address = at === "" && mark !== undefined ? machine.loadAddress : hexadecimal(at);
  if (mark === ":") return { address, part: { image: name } };
  const knows = machine.shell.since("2023.04");
  return { address, part: mark === "#" && knows ? { configuration: name } : {} };
}

/** The script of the image at `address`, whose own header says how long it is. */
function locateInMemory(machine: Machine, address: number, part: Part): Located {
  const start = machine.memory.read(address, 64).content.read(0, 64);
  const size = imageSize(start);
  const { content, pieces } = machine.memory.read(address, size);
  const name = pieces[0]?.origin.name ?? hex(address);
  return locate(machine, content, name, part);
}

/** How many bytes an image that begins with `start` says it has. */
function imageSize(start: Uint8Array): number {
  const header = uimageHeader.decode(start);
  if (header?.magic === UIMAGE_MAGIC) return uimageHeader.size + header.size;
  const tree = fdtHeader.decode(start);
  return tree?.magic === FDT_MAGIC ? tree.totalSize : start.length;
}

/** The script of `content`. */
export function locate(machine: Machine, content: Content, name: string, part: Part = {}): Located {
  const start = content.read(0, uimageHeader.size);
  const verify = yes(machine.environment.get("verify") ?? "y");
  const magic = uimageHeader.decode(start)?.magic;
  const { legacy, fit } = machine.board.images;
  if (magic === UIMAGE_MAGIC && legacy) return locateLegacy(content, name, verify);
  if (magic === FDT_MAGIC && fit) {
    const since = (release: string) => machine.shell.since(release);
    return locateFit(content, name, part, { verify, since });
  }
  return {
    message: 'Wrong image format for "source" command\n',
    status: machine.shell.since("2023.04") ? -1 : 1,
  };
}

const SCRIPT = 6;

function locateLegacy(content: Content, name: string, verify: boolean): Located {
  const { header, data, problems } = readUImage(content);
  const has = (code: string) => problems.some((problem) => problem.code === code);
  if (!header || headerCrcOf(content.read(0, uimageHeader.size)) !== header.headerCrc) {
    return { message: "Bad header crc\n" };
  }
  if (verify && (has("data-crc") || has("data-truncated"))) return { message: "Bad data crc\n" };
  if (header.type !== SCRIPT) return { message: "Bad image type\n" };
  const words = new DataView(data.read(0, data.size).slice().buffer);
  const length = words.byteLength < 4 ? 0 : words.getUint32(0);
  if (length === 0) return { message: "Empty Script\n" };
  let at = 0;
  while (at + 4 <= words.byteLength && words.getUint32(at) !== 0) at += 4;
  return { text: textOf(slice(data, at + 4, length)), name };
}

/** Bytes as text; what is no UTF-8 keeps its bytes as characters of their own. */
function textOf(content: Content): string {
  const bytes = content.read(0, content.size);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function locateFit(
  content: Content,
  name: string,
  { image, configuration }: Part,
  { verify, since }: { readonly verify: boolean; readonly since: (release: string) => boolean },
): Located {
  const { fit, images } = verifyFit(content);
  if (!fit.tree || fit.images.length === 0) return { message: "Bad FIT image format\n" };
  let wanted = image;
  if (wanted === undefined && since("2023.04")) {
    const chosen = configuration || fit.defaultConfiguration;
    const found = fit.configurations.find((each) => each.name === chosen);
    const asked = configuration !== undefined;
    if (!found && asked) return { message: `Could not find config ${configuration}\n` };
    wanted = found?.images.find(({ property }) => property === "script")?.name;
    if (!wanted && asked) return { message: `Could not find script in ${configuration}\n` };
  }
  wanted ||= textAt(childOf(fit.tree.root, "images"), "default");
  if (!wanted) return { message: "No FIT subimage unit name\n" };
  const found = fit.images.find((each) => each.name === wanted);
  if (!found) return { message: `Can't find '${wanted}' FIT subimage\n` };
  if (found.type !== "script") return { message: "Not a image image\n" };
  const damaged = images.get(found.name)?.some(({ severity }) => severity === "damage");
  if (verify && damaged) return { message: "Bad Data Hash\n" };
  const outside = found.external !== undefined && !since("2023.07");
  if (!found.data || outside) return { message: "Could not find script subimage data\n" };
  return { text: textOf(found.data), name };
}

const textAt = (node: FdtNode | undefined, property: string) => fdtText(propertyOf(node, property));
