// What bootm takes from a legacy image or a FIT, and where it puts the kernel. Left out: systems other
// than Linux. Its steps are in stages.ts. Governed by boot/bootm.c.
import {
  architectures,
  compressions,
  type FitImage,
  operatingSystems,
  types,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { referenceOf } from "./arguments.js";
import { type Found, findRamdisk, findTree, type Source } from "./find.js";
import { fetchImage, fitAt, refuseFit } from "./fit.js";
import { type Start, type Stretch, setWorkingTree } from "./hand-over.js";
import { destinationOf, moveImage, type Placed } from "./kernel-image.js";
import { formatAt, legacyAt, runs, verifyLegacy } from "./legacy.js";
import { type Unpacked, unpack } from "./unpack.js";

/** A kernel, and the image it lies in. Numbers as in a legacy header. */
export interface Kernel extends Source {
  readonly type: number;
  readonly os: number;
  readonly arch: number;
  readonly compression: number;
  readonly load: number;
  readonly data: Found;
  /** The whole image. */
  readonly blob: { readonly start: number; readonly end: number };
}

/** What `bootm start` finds. */
export interface FoundParts {
  readonly kernel: Kernel;
  readonly ramdisk: Found | undefined;
  readonly tree: Found | undefined;
}

/** Finds kernel, ramdisk and tree; a kernel alone where the others are not all right. */
export function findParts(
  machine: Machine,
  [first, second, third]: readonly string[],
): FoundParts | { readonly kernel: Kernel | undefined } {
  const kernel = findKernel(machine, first);
  if (kernel === "refused") return { kernel: undefined };
  if (!kernel) {
    machine.print("ERROR: can't get kernel image!\n");
    return { kernel: undefined };
  }
  const ramdisk = findRamdisk(machine, second, kernel);
  if (!ramdisk) return { kernel };
  const tree = findTree(machine, third, kernel, ramdisk);
  if (!tree) return { kernel };
  const [ownTree, ownRamdisk] = [tree, ramdisk].map((each) => (each === "none" ? undefined : each));
  setWorkingTree(machine, ownTree?.address);
  return { kernel, ramdisk: ownRamdisk, tree: ownTree };
}

/** Puts the kernel in its place; a status where U-Boot does not go on. `count`: of the arguments. */
export function loadKernel(machine: Machine, kernel: Kernel, count: number): Loaded | number {
  const loaded = load(machine, kernel);
  if (loaded === "reset") return reset(machine, count);
  return loaded ?? 1;
}

/** Ends the simulation at a system that is not Linux. */
export function isLinux(machine: Machine, { os }: Kernel): boolean {
  if (os === operatingSystems.idOf("linux")) return true;
  unknown(machine, `bootm for ${operatingSystems.longName(os)}`);
  return false;
}

/** Where a kernel is started that was not put in its place. */
export function unloaded({ type, data, load: to }: Kernel): Loaded {
  const address = types.byId(type)?.name === "kernel_noload" ? data.address : to;
  return { kernel: { address, size: data.size }, occupies: data.size, written: [] };
}

/** Before v2024.04 the arguments of bootm were handed to `reset`, which takes one only. */
function reset(machine: Machine, count: number): number {
  if (!machine.shell.since("2024.04") && count > 2) return 1;
  const board = machine.shell.since("2024.04") ? "Resetting the board" : "resetting ";
  machine.print(`${board}...\n`);
  machine.end({ kind: "reset", why: "the kernel could not be unpacked" });
  return 1;
}

/** The kernel; "refused" where it lacks what every kernel must say, undefined where there is none. */
function findKernel(
  machine: Machine,
  argument: string | undefined,
): Kernel | "refused" | undefined {
  const reference = referenceOf(argument ?? hex(machine.loadAddress), machine.loadAddress);
  const format = formatAt(machine, reference.address);
  if (format === "legacy" && machine.board.images.legacy) {
    return legacyKernel(machine, reference.address);
  }
  const loaded =
    format === "fdt" && machine.board.images.fit ? fitAt(machine, reference.address) : undefined;
  if (!loaded) {
    if (format === "fdt" && machine.board.images.fit) {
      refuseFit(machine, reference.address, "kernel");
    } else machine.print("Wrong Image Format for bootm command\n");
    return undefined;
  }
  const chosen = reference.configuration?.split("#")[0] || undefined;
  const wanted = { property: "kernel", image: reference.image, configuration: chosen } as const;
  const found = fetchImage(machine, loaded, { ...wanted, load: "ignored" });
  if (!found) return undefined;
  const { image, configuration } = found;
  const lacking = lackingIn(machine, image);
  if (lacking !== undefined) {
    machine.print(`Can't get ${lacking}!\n`);
    return "refused";
  }
  const overlays = reference.configuration?.includes("#") ? reference.configuration : undefined;
  return {
    type: types.byName(image.type ?? "")?.id ?? 0,
    os: operatingSystems.byName(image.os ?? "")?.id ?? 0,
    arch: architectures.byName(image.arch ?? "")?.id ?? 0,
    compression: compressions.byName(image.compression ?? "none")?.id ?? NO_COMPRESSION,
    load: Number(image.load ?? 0),
    data: { address: found.address, size: found.size },
    blob: { start: loaded.address, end: loaded.end },
    ...(configuration && { fit: { loaded, configuration: overlays ?? configuration.name } }),
  };
}

/** What bootm asks of the image of a kernel that is not there, as it calls it (bootm_find_os). */
function lackingIn(
  machine: Machine,
  { type, compression, arch, load, entry }: FitImage,
): string | undefined {
  if (compression === undefined) return "image compression";
  if (arch === undefined) return "image ARCH";
  if (type === "kernel_noload" && machine.shell.since("2026.10")) return undefined;
  if (load === undefined) return "image load address";
  return entry === undefined ? "entry point property" : undefined;
}

/** What a name that U-Boot does not know becomes: -1 in a byte (genimg_get_comp_id). */
const NO_COMPRESSION = 255;

const bootable = new Set(["kernel", "kernel_noload", "multi", "standalone"]);

function legacyKernel(machine: Machine, address: number): Kernel | undefined {
  machine.print(`## Booting kernel from Legacy Image at ${hex(address, 8)} ...\n`);
  const image = legacyAt(machine, address);
  if (!image?.headerHolds) {
    machine.print("Bad Header Checksum\n");
    return undefined;
  }
  if (!verifyLegacy(machine, image)) return undefined;
  const { header, parts, end } = image;
  if (!runs(machine, header.arch)) {
    machine.print(`Unsupported Architecture 0x${hex(header.arch)}\n`);
    return undefined;
  }
  const type = types.byId(header.type)?.name ?? "";
  const [part] = parts;
  if (!bootable.has(type) || !part) {
    machine.print("Wrong Image Type for bootm command\n");
    return undefined;
  }
  const { os, arch, compression, load } = header;
  const data = { address: address + part.offset, size: part.content.size };
  const blob = { start: address, end };
  return { type: header.type, os, arch, compression, load, data, blob, legacy: image };
}

export type Loaded = Pick<Start, "kernel" | "occupies" | "written">;

/** Puts the kernel where it runs. */
function load(machine: Machine, kernel: Kernel): Loaded | "reset" | undefined {
  const { type, compression, data, blob, legacy } = kernel;
  const is64 = architectures.byId(kernel.arch)?.name === "arm64" && machine.board.arch === "arm64";
  const noload = types.byId(type)?.name === "kernel_noload";
  const to = noload ? noloadAddress(machine, kernel, is64) : kernel.load;
  if (to === undefined) return undefined;
  const limit = machine.board.limits.bootmLen;
  const shownType = noload && !machine.shell.since("2024.04") ? types.idOf("kernel") : type;
  const unpacked = unpack(machine, {
    type: shownType,
    compression,
    source: data.address,
    size: data.size,
    to,
    limit,
  });
  if (unpacked.kind !== "done") return failure(machine, unpacked, compression);
  const { size } = unpacked;
  const inPlace = compression === 0 && to === data.address;
  const written: Stretch[] = inPlace ? [] : [{ start: to, end: to + size }];
  const here = { kernel: { address: to, size }, occupies: size, written };
  if (!inPlace && to < blob.end && to + size > blob.start) {
    // A legacy image may be overwritten; then the Image is not moved either.
    if (legacy) return here;
    machine.print("ERROR: new format image overwritten - must RESET the board to recover\n");
    return "reset";
  }
  const moves =
    is64 && machine.shell.since("2024.04") && kernel.os === operatingSystems.idOf("linux");
  if (!moves) return here;
  const placed = destinationOf(machine, to);
  if (!placed) {
    machine.print("Failed to prep arm64 kernel (err=1)\n");
    return "reset";
  }
  moveImage(machine, to, placed);
  const { address, occupies } = placed;
  if (address !== to) written.push({ start: address, end: address + occupies });
  return { kernel: { address, size }, occupies, written };
}

function failure(machine: Machine, unpacked: Unpacked, compression: number) {
  const { kind } = unpacked;
  if (kind === "unimplemented") return undefined;
  const status = kind === "failed" ? unpacked.status : -1;
  const name = compressions.longName(compression);
  machine.print(
    kind === "too-large"
      ? "Image too large: increase CONFIG_SYS_BOOTM_LEN\n"
      : `${name}: uncompress error ${status}\n`,
  );
  machine.print("Must RESET board to recover\n");
  return "reset" as const;
}

/** A kernel_noload stays where it is; compressed, it gets a place of its own. */
function noloadAddress(machine: Machine, { data, compression }: Kernel, is64: boolean) {
  if (compression !== 0 && machine.shell.since("2024.04")) {
    const room = Math.ceil((data.size * 8) / MiB) * MiB;
    const { base, size, reservedTop } = machine.board.memory;
    return Math.floor((base + size - reservedTop.size - room) / (2 * MiB)) * 2 * MiB;
  }
  if (!is64 || machine.shell.since("2024.04")) return data.address;
  const placed: Placed | undefined = destinationOf(machine, data.address, true);
  return placed?.address;
}

const MiB = 0x100000;
