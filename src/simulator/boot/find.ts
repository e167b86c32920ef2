// The ramdisk and the device tree of a boot: found where the arguments say, or in the same image as
// the kernel. Governed by boot_get_ramdisk in boot/image-board.c and boot_get_fdt in
// boot/image-fdt.c.
import {
  architectures,
  FDT_MAGIC,
  type FitConfiguration,
  operatingSystems,
  types,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { type Reference, referenceOf } from "./arguments.js";
import { fetchImage, fitAt, refuseFit } from "./fit.js";
import { formatAt, type LegacyImage, legacyAt, printLegacy, verifyLegacy } from "./legacy.js";
import type { LoadedFit } from "./loaded-fit.js";
import { applyOverlays } from "./overlays.js";

/** Bytes in memory that a kernel gets. */
export interface Found {
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  /** The FIT it comes from. */
  readonly fit?: LoadedFit;
}

/** What the kernel came from, which may hold the rest as well. */
export interface Source {
  readonly legacy?: LegacyImage;
  readonly fit?: { readonly loaded: LoadedFit; readonly configuration: string | undefined };
}

/** What was found; "none" means that there is none, undefined an error on the console. */
export type Finding = Found | "none" | undefined;

const multi = types.idOf("multi");

/** The ramdisk: second argument, `-` for none. */
export function findRamdisk(machine: Machine, argument: string | undefined, from: Source): Finding {
  const found = ramdiskOf(machine, argument, from);
  if (found === undefined) machine.print("Ramdisk image is corrupt or invalid\n");
  return found;
}

function ramdiskOf(machine: Machine, argument: string | undefined, from: Source): Finding {
  if (argument === "-") return "none";
  if (argument === undefined) return inSame(machine, from);
  const base = from.fit?.loaded.address ?? machine.loadAddress;
  const reference = referenceOf(argument, base);
  const { address } = reference;
  const format = formatAt(machine, address);
  if (format === "legacy" && machine.board.images.legacy) return legacyRamdisk(machine, address);
  if (format === "fdt" && machine.board.images.fit) return fitRamdisk(machine, reference, from);
  const size = machine.board.images.rawInitrd ? /:(.*)/.exec(argument)?.[1] : undefined;
  if (size !== undefined) return { address, size: hexadecimal(size) };
  machine.print("Wrong Ramdisk Image Format\n");
  return undefined;
}

/** A ramdisk that came with the kernel. */
function inSame(machine: Machine, { legacy, fit }: Source): Finding {
  if (fit) {
    const { loaded, configuration } = fit;
    const named = loaded.fit.configurations.find(({ name }) => name === configuration);
    if (!named?.images.some(({ property }) => property === "ramdisk")) return "none";
    const found = fetchImage(machine, loaded, {
      property: "ramdisk",
      configuration,
      load: "optional-non-zero",
    });
    return found && { address: found.address, size: found.size, fit: loaded };
  }
  if (legacy?.header.type !== multi) return "none";
  const at = hex(legacy.address, 8);
  machine.print(`## Loading init Ramdisk from multi component Legacy Image at ${at} ...\n`);
  const part = legacy.parts[1];
  return part ? { address: legacy.address + part.offset, size: part.content.size } : "none";
}

function legacyRamdisk(machine: Machine, address: number): Finding {
  machine.print(`## Loading init Ramdisk from Legacy Image at ${hex(address, 8)} ...\n`);
  const image = legacyAt(machine, address);
  if (!image?.headerHolds) {
    machine.print("Bad Header Checksum\n");
    return undefined;
  }
  if (!verifyLegacy(machine, image)) return undefined;
  const { os, arch, type } = image.header;
  const { board } = machine;
  const right =
    os === operatingSystems.idOf("linux") &&
    type === types.idOf("ramdisk") &&
    architectures.byId(arch)?.name === board.arch;
  if (!right) {
    const name = architectures.byName(board.arch)?.long;
    machine.print(`No Linux ${name} Ramdisk Image\n`);
    return undefined;
  }
  return { address: address + 64, size: image.header.size };
}

function fitRamdisk(machine: Machine, reference: Reference, from: Source): Finding {
  const loaded = fitAt(machine, reference.address);
  if (!loaded) {
    refuseFit(machine, reference.address, "ramdisk");
    return undefined;
  }
  const { image, configuration = from.fit?.configuration } = reference;
  const found = fetchImage(machine, loaded, {
    property: "ramdisk",
    image,
    configuration,
    load: "optional-non-zero",
  });
  return found && { address: found.address, size: found.size, fit: loaded };
}

/** The device tree: third argument. `ramdisk` is where the second one came from. */
export function findTree(
  machine: Machine,
  argument: string | undefined,
  from: Source,
  ramdisk: Finding,
): Finding {
  const found = treeOf(machine, argument, from, ramdisk);
  if (found === undefined) machine.print("Could not find a valid device tree\n");
  return found;
}

function treeOf(
  machine: Machine,
  argument: string | undefined,
  from: Source,
  ramdisk: Finding,
): Finding {
  const { legacy, fit } = from;
  if (argument === undefined && fit) {
    const { loaded, configuration } = fit;
    const named = loaded.fit.configurations.find(({ name }) => name === configuration);
    if (!named?.images.some(({ property }) => property === "fdt")) return "none";
    return used(machine, fitTree(machine, loaded, undefined, configuration));
  }
  if (argument === undefined)
    return legacy?.header.type === multi ? multiTree(machine, legacy) : "none";
  const other = ramdisk !== "none" ? ramdisk?.fit : undefined;
  const base = (other ?? fit?.loaded)?.address ?? machine.loadAddress;
  const reference = referenceOf(argument, base);
  const { address, image, configuration = fit?.configuration } = reference;
  const format = formatAt(machine, address);
  if (format === "legacy" && machine.board.images.legacy) {
    return used(machine, legacyTree(machine, address));
  }
  if (format !== "fdt") {
    machine.print("ERROR: Did not find a cmdline Flattened Device Tree\n");
    return undefined;
  }
  const loaded = machine.board.images.fit ? fitAt(machine, address) : undefined;
  if (loaded) return used(machine, fitTree(machine, loaded, image, configuration));
  machine.print(`## Flattened Device Tree blob at ${hex(address, 8)}\n`);
  return used(machine, { address, size: treeSize(machine, address) });
}

/** Says which tree is used. */
function used(machine: Machine, found: Finding): Finding {
  if (found === undefined || found === "none") return found;
  machine.print(`   Booting using the fdt blob at 0x${hex(found.address, 6)}\n`);
  return { ...found, size: treeSize(machine, found.address) };
}

/** `totalsize` of the tree at `address`. */
export function treeSize({ memory }: Machine, address: number): number {
  const bytes = memory.read(address, 8).content.read(0, 8);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
}

/** Whether a device tree begins at `address`. */
export function isTree({ memory }: Machine, address: number): boolean {
  const bytes = memory.read(address, 4).content.read(0, 4);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === FDT_MAGIC;
}

const treesOf = (configuration: FitConfiguration | undefined) =>
  configuration?.images.filter(({ property }) => property === "fdt") ?? [];

function fitTree(
  machine: Machine,
  loaded: LoadedFit,
  image: string | undefined,
  chosen: string | undefined,
): Finding {
  const [configuration, ...more] = chosen?.split("#") ?? [];
  const wanted = { property: "fdt", image, configuration: configuration || undefined } as const;
  const base = fetchImage(machine, loaded, { ...wanted, load: "optional" });
  if (!base) return undefined;
  const property = "fdt";
  /** What a configuration has after its first tree, by the names of the images. */
  const behind = (from: FitConfiguration | undefined) =>
    treesOf(from)
      .slice(1)
      .map(({ name }) => ({ property, image: name }) as const);
  const overlays = [
    ...behind(base.configuration),
    ...more.flatMap((name) => [
      { property, configuration: name } as const,
      ...behind(loaded.fit.configurations.find((each) => each.name === name)),
    ]),
  ];
  if (overlays.length === 0) return { address: base.address, size: base.size, fit: loaded };
  const whole = applyOverlays(machine, loaded, base, overlays);
  return whole ? { address: base.address, size: base.size, fit: loaded } : undefined;
}

function multiTree(machine: Machine, legacy: LegacyImage): Finding {
  const at = hex(legacy.address, 8).toUpperCase();
  machine.print(`## Flattened Device Tree from multi component Image at ${at}\n`);
  const part = legacy.parts[2];
  if (!part) return "none";
  const address = legacy.address + part.offset;
  machine.print(`   Booting using the fdt at 0x${hex(address, machine.board.bits / 4)}\n`);
  const wrong = !isTree(machine, address)
    ? "image is not a fdt"
    : treeSize(machine, address) !== part.content.size
      ? "fdt size != image size"
      : undefined;
  if (wrong === undefined) return { address, size: part.content.size };
  machine.print(`ERROR: ${wrong} - must RESET the board to recover.\n`);
  return undefined;
}

function legacyTree(machine: Machine, address: number): Finding {
  machine.print(`## Flattened Device Tree from Legacy Image at ${hex(address, 8)}\n`);
  const image = legacyAt(machine, address);
  if (!image) return undefined;
  printLegacy(machine, image);
  machine.print("   Verifying Checksum ... ");
  const { header, end } = image;
  const data = address + 64;
  const load = header.load;
  const wrong = !image.headerHolds
    ? "fdt header checksum invalid"
    : !image.dataHolds
      ? "fdt checksum invalid"
      : undefined;
  if (wrong === undefined) machine.print("OK\n");
  const further =
    header.type !== types.idOf("flat_dt")
      ? "uImage is not a fdt"
      : header.compression !== 0
        ? "uImage is compressed"
        : !isTree(machine, data)
          ? "uImage data is not a fdt"
          : load !== address && load !== data && load < end && load + header.size > address
            ? "fdt overwritten"
            : undefined;
  const problem = wrong ?? further;
  if (problem !== undefined) {
    machine.print(`ERROR: ${problem} - must RESET the board to recover.\n`);
    // What is no tree is passed over since 2022.01, and U-Boot goes on without one.
    const isOver = machine.shell.since("2022.01") && problem !== "fdt overwritten";
    return isOver ? "none" : undefined;
  }
  if (load === address || load === data) return { address: load, size: header.size };
  machine.memory.move(data, load, header.size);
  return { address: load, size: header.size };
}
