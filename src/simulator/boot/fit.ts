// An image out of a FIT in the memory of the board: chosen, printed, verified, put where it says.
// Left out: signatures of single images, and ciphers.
// Governed by boot/image-fit.c (fit_image_load).
import {
  answersTo,
  architectures,
  type Content,
  cellOf,
  compressions,
  FDT_MAGIC,
  type FitConfiguration,
  type FitImage,
  operatingSystems,
  type ReadFit,
  readFit,
  types,
  type VerifiedFit,
  verifyFit,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";
import { dataAddress, printImage, verifyImage } from "./fit-print.js";
import { verifySignatures } from "./fit-sign.js";
import { verifies } from "./legacy.js";
import type { LoadedFit } from "./loaded-fit.js";
import { unpack } from "./unpack.js";

/** How far after a FIT its external data may lie, bytes. */
const REACH = 0x1000_0000;

/** The FIT at `address`; undefined when it is no FIT, a plain device tree for example. */
export function fitAt(machine: Machine, address: number): LoadedFit | undefined {
  const { content } = machine.memory.read(address, REACH);
  const fit = readFit(content);
  if (!fit.tree || !fit.header || fit.description === undefined) return undefined;
  const refused = new Set([
    "no-images",
    ...(machine.board.images.fitSignature ? ["at-in-name"] : []),
  ]);
  if (fit.problems.some(({ code }) => refused.has(code))) return undefined;
  let known: VerifiedFit | undefined;
  const verified = () => {
    known ??= verifyFit(content, machine.world.control);
    return known;
  };
  return { address, content, fit, end: address + fit.header.totalSize, verified };
}

/** Why U-Boot takes what begins at `address` for no FIT, as the number it prints. */
export function fitFault(machine: Machine, address: number): number {
  const { fitSignature, timestampRequired } = machine.board.images;
  const fit = readFit(machine.memory.read(address, REACH).content);
  const has = (code: string) => fit.problems.some((problem) => problem.code === code);
  if (!fit.tree) return -8; // ENOEXEC
  if (fitSignature && has("at-in-name")) return -99; // EADDRNOTAVAIL
  if (fit.description === undefined) return -42; // ENOMSG
  return timestampRequired && fit.time === undefined ? -61 : -2; // ENODATA, ENOENT
}

/** Says that what begins at `address` is no FIT. */
export function refuseFit(machine: Machine, address: number, property: Wanted["property"]): void {
  const fault = fitFault(machine, address);
  machine.print(`## Loading ${property} from FIT Image at ${hex(address, 8)} ...\n`);
  machine.print(`Bad FIT ${property} image format! (err=${fault})\n`);
  if (fault !== -99) return;
  machine.print("Signature checking prevents use of unit addresses (@) in nodes\n");
}

/** What is wanted of a FIT. */
export interface Wanted {
  /** The property of the configuration, and the word for it on the console. */
  readonly property: "kernel" | "ramdisk" | "fdt" | "script";
  /** An image by its name, past the configurations. */
  readonly image?: string | undefined;
  /** A configuration; the default one when neither is given. */
  readonly configuration?: string | undefined;
  /** Whether the load address counts: never, always, or unless it is 0. */
  readonly load: "ignored" | "optional" | "optional-non-zero";
}

/** An image out of a FIT. */
export interface Fetched {
  readonly image: FitImage;
  readonly configuration?: FitConfiguration;
  readonly address: number;
  /** Bytes. */
  readonly size: number;
}

/** Gets an image out of the FIT; undefined, and the console says why, when that does not work. */
export function fetchImage(
  machine: Machine,
  loaded: LoadedFit,
  wanted: Wanted,
): Fetched | undefined {
  const { property } = wanted;
  machine.print(`## Loading ${property} from FIT Image at ${hex(loaded.address, 8)} ...\n`);
  const found = choose(machine, loaded, wanted);
  if (!found) return undefined;
  const { image, configuration } = found;
  machine.print(`   Trying '${image.name}' ${property} subimage\n`);
  printImage(machine, loaded, image);
  if (verifies(machine) && !verifyImage(machine, loaded, image)) return undefined;
  if (!suits(machine, image, property)) return undefined;
  const { data } = image;
  if (!data) {
    machine.print(`Could not find ${property} subimage data!\n`);
    return undefined;
  }
  const at = dataAddress(loaded, image);
  if (at !== undefined) machine.memory.call(at, data.size, image.name);
  const placed = place(machine, loaded, image, data, wanted);
  return placed && { image, ...(configuration && { configuration }), ...placed };
}

function choose(machine: Machine, loaded: LoadedFit, wanted: Wanted) {
  const { fit } = loaded;
  const { property, image: name } = wanted;
  const say = (text: string) => {
    machine.print(`${text}\n`);
    return undefined;
  };
  const imageOf = (wantedName: string | undefined) =>
    wantedName === undefined ? undefined : fit.images.find((image) => answersTo(image, wantedName));
  const missing = `Could not find subimage node type '${property}'`;
  if (name !== undefined) {
    const image = imageOf(name);
    return image ? { image, configuration: undefined } : say(missing);
  }
  const configuration = configurationOf(machine, fit, wanted.configuration);
  if (!configuration) return say("Could not find configuration node");
  say(`   Using '${configuration.name}' configuration`);
  if (!verifySignatures(machine, loaded, configuration)) return undefined;
  const image = imageOf(configuration.images.find((each) => each.property === property)?.name);
  return image ? { image, configuration } : say(missing);
}

/** The configuration of that name; without one the best match or the default. */
export function configurationOf(
  { board }: Machine,
  { configurations, defaultConfiguration }: ReadFit,
  name: string | undefined,
): FitConfiguration | undefined {
  const named = (wanted: string | undefined) =>
    wanted === undefined ? undefined : configurations.find((each) => answersTo(each, wanted));
  if (name) return named(name);
  if (board.images.fitBestMatch) {
    for (const compatible of board.compatible) {
      const match = configurations.find((each) => each.compatible.includes(compatible));
      if (match) return match;
    }
  }
  return named(defaultConfiguration);
}

const anyType = ["firmware", "tee"];
const suitable: Readonly<Record<Wanted["property"], readonly string[]>> = {
  kernel: ["kernel", "kernel_noload", ...anyType],
  ramdisk: ["ramdisk", ...anyType],
  fdt: ["flat_dt", ...anyType],
  script: ["script"],
};
const systems = new Set(["linux", "u-boot", "tee", "openrtos", "efi", "vxworks"]);
const longTypes = {
  kernel: "kernel",
  ramdisk: "ramdisk",
  fdt: "flat_dt",
  script: "script",
} as const;

function suits(machine: Machine, { type = "", os = "" }: FitImage, property: Wanted["property"]) {
  const osCounts = property === "kernel" || property === "ramdisk";
  if (suitable[property].includes(type) && (!osCounts || systems.has(os))) return true;
  const name = operatingSystems.byName(os)?.long ?? "Unknown OS";
  const arch = architectures.byName(machine.board.arch)?.long ?? "Unknown Architecture";
  const long = types.byName(longTypes[property])?.long ?? "";
  machine.print(`No ${name} ${arch} ${long} Image\n`);
  return false;
}

/** Moves the image to its load address, where that counts, and unpacks what is no kernel. */
function place(
  machine: Machine,
  loaded: LoadedFit,
  image: FitImage,
  data: Content,
  { property, load: rule }: Wanted,
): { address: number; size: number } | undefined {
  const here = dataAddress(loaded, image) ?? loaded.address;
  const load = image.load === undefined ? undefined : Number(image.load);
  const counts = rule !== "ignored" && load !== undefined && (rule === "optional" || load !== 0);
  const packed = (image.compression ?? "none") !== "none" && property === "fdt";
  let at = here;
  let { size } = data;
  if (counts) {
    if (load < loaded.end && load + size > loaded.address) {
      machine.print(`Error: ${property} overwritten\n`);
      return undefined;
    }
    machine.print(`   Loading ${property} from 0x${hex(here, 8)} to 0x${hex(load, 8)}\n`);
    at = load;
  }
  if (packed) {
    const done = unpackTree(machine, image, here, at, size);
    if (done === undefined) return undefined;
    size = done;
  } else if (at !== here) machine.memory.move(here, at, size);
  if (property === "fdt" && cellOf(machine.memory.read(at, 4).content) !== FDT_MAGIC) {
    machine.print("Subimage data is not a FDT");
    return undefined;
  }
  return { address: at, size };
}

function unpackTree(machine: Machine, image: FitImage, here: number, to: number, size: number) {
  const unpacked = unpack(machine, {
    type: types.idOf("flat_dt"),
    compression: compressions.byName(image.compression ?? "none")?.id ?? 0,
    source: here,
    size,
    to,
    limit: size * 20,
  });
  if (unpacked.kind === "done") return unpacked.size;
  machine.print("Error decompressing fdt\n");
  return undefined;
}
