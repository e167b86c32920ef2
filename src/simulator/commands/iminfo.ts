// What is in an image in memory, whether it is whole, and parts of it out of it. Governed by
// cmd/bootm.c and cmd/ximg.c.
import type { Run } from "../../hush/index.js";
import {
  answersTo,
  type Content,
  compressions,
  contentOf,
  hasLengthTable,
  types,
} from "../../image/index.js";
import {
  checkHashes,
  dataAddress,
  fitAt,
  formatAt,
  type LoadedFit,
  legacyAt,
  printFit,
  printLegacy,
  verifies,
} from "../boot/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { gunzip } from "../unpack/gunzip.js";

/** `iminfo` and `imxtract`. */
export const imageCommands: Family = (machine) => ({
  iminfo: (args) => {
    const addresses = args.length === 0 ? [machine.loadAddress] : args.map(hexadecimal);
    return addresses.map((address) => describe(machine, address)).some((bad) => bad) ? 1 : 0;
  },
  imxtract: { run: (args) => extract(machine, args), maxargs: 4 },
});

/** Whether it is bad. */
function describe(machine: Machine, address: number): boolean {
  const { print, board } = machine;
  print(`\n## Checking Image at ${hex(address, 8)} ...\n`);
  const format = formatAt(machine, address);
  if (format === "legacy" && board.images.legacy) return describeLegacy(machine, address);
  if (format === "fdt" && board.images.fit) return describeFit(machine, address);
  print("Unknown image format!\n");
  return true;
}

function describeLegacy(machine: Machine, address: number): boolean {
  const { print } = machine;
  print("   Legacy image found\n");
  const image = legacyAt(machine, address);
  if (!image?.headerHolds) {
    print("   Bad Header Checksum\n");
    return true;
  }
  printLegacy(machine, image);
  print(`   Verifying Checksum ... ${image.dataHolds ? "OK" : "   Bad Data CRC"}\n`);
  return !image.dataHolds;
}

function describeFit(machine: Machine, address: number): boolean {
  const { print } = machine;
  print("   FIT image found\n");
  const loaded = fitAt(machine, address);
  if (!loaded) {
    print("Bad FIT image format!\n");
    return true;
  }
  printFit(machine, loaded);
  print(`## Checking hash(es) for FIT Image at ${hex(address, 8)} ...\n`);
  for (const [index, image] of loaded.fit.images.entries()) {
    print(`   Hash(es) for Image ${index} (${image.name}): `);
    if (!checkHashes(machine, loaded, image)) {
      print("Bad hash in FIT image!\n");
      return true;
    }
    print("\n");
  }
  return false;
}

/** A part that was found. */
interface Part {
  readonly address: number;
  readonly content: Content;
  /** Its number. */
  readonly compression: number;
}

/** `imxtract addr part [dest]`. */
function extract(machine: Machine, [at, what = "0", to]: readonly string[]): ReturnType<Run> {
  const address = at === undefined ? machine.loadAddress : hexadecimal(at);
  const format = formatAt(machine, address);
  const { legacy, fit } = machine.board.images;
  let part: Part | string = "Invalid image type for imxtract\n";
  if (format === "legacy" && legacy) part = legacyPart(machine, address, hexadecimal(what), to);
  if (format === "fdt" && fit) part = fitPart(machine, address, at && what);
  if (typeof part === "object" && to !== undefined)
    part = put(machine, part, what, hexadecimal(to));
  if (typeof part === "string") {
    machine.print(part);
    return 1;
  }
  machine.environment.set("fileaddr", hex(part.address));
  machine.environment.set("filesize", hex(part.content.size));
  return 0;
}

/** Part number `index` of a legacy image of several, or what is wrong. */
function legacyPart(
  machine: Machine,
  address: number,
  index: number,
  to: string | undefined,
): Part | string {
  machine.print(`## Copying part ${index} from legacy image at ${hex(address, 8)} ...\n`);
  const image = legacyAt(machine, address);
  if (!image?.headerHolds) return "Bad Header Checksum\n";
  const { header } = image;
  const name = types.byId(header.type)?.name;
  if (name !== "multi" && name !== "script") return "Wrong Image Type for imxtract command\n";
  const packed = compressions.byId(header.compression)?.name;
  if (to === undefined && packed !== "none") {
    return `Must specify load address for imxtract command with compressed image\n`;
  }
  if (verifies(machine)) {
    machine.print("   Verifying Checksum ... ");
    if (!image.dataHolds) return "Bad Data CRC\n";
    machine.print("OK\n");
  }
  const part = hasLengthTable(header.type) ? image.parts[index] : undefined;
  if (!part) return "Bad Image Part\n";
  return {
    address: address + part.offset,
    content: part.content,
    compression: header.compression,
  };
}

function fitPart(machine: Machine, address: number, name: string | undefined): Part | string {
  if (name === undefined) return "No FIT subimage unit name\n";
  machine.print(`## Copying '${name}' subimage from FIT image at ${hex(address, 8)} ...\n`);
  const loaded: LoadedFit | undefined = fitAt(machine, address);
  if (!loaded) return "Bad FIT image format\n";
  const image = loaded.fit.images.find((each) => answersTo(each, name));
  if (!image) return `Can't find '${name}' FIT subimage\n`;
  if (verifies(machine) && !checkHashes(machine, loaded, image)) return "Bad Data Hash\n";
  const start = dataAddress(loaded, image);
  if (!image.data || start === undefined) return "Could not find script subimage data\n";
  const compression = compressions.byName(image.compression ?? "none")?.id ?? 0;
  return { address: start, content: image.data, compression };
}

/** Copies or unpacks the part to `to`. */
function put(machine: Machine, part: Part, what: string, to: number): Part | string {
  const { print, memory, board } = machine;
  const index = hexadecimal(what);
  const packed = compressions.byId(part.compression)?.name;
  if (packed === "none") {
    print(`   Loading part ${index} ... OK\n`);
    memory.move(part.address, to, part.content.size);
    return part;
  }
  if (packed !== "gzip" || !board.images.compressions.includes("gzip")) {
    return `Unimplemented compression type ${part.compression}\n`;
  }
  print(`   Uncompressing part ${index} ... `);
  const bytes = gunzip(part.content, LARGEST);
  if ("message" in bytes) return `${bytes.message}GUNZIP ERROR - image not loaded\n`;
  memory.write(to, contentOf(bytes), memory.origin("imxtract"));
  print("OK\n");
  return { ...part, content: contentOf(bytes) };
}

/** CONFIG_SYS_XIMG_LEN, bytes. */
const LARGEST = 0x800000;
