// `ubootc mkimage`: legacy images with the flags of U-Boot's mkimage, and the same bytes.
// Unlike there, a file appears only when it is complete, addresses that do not fit are refused and
// -q is quiet when writing too, as mkimage's manual has it. FIT (-f) is not here.
import { Command, InvalidArgumentError } from "commander";
import { openFile, writeContent } from "../files/index.js";
import {
  type Architecture,
  architectures,
  type Compression,
  type Content,
  compressions,
  encodeUImage,
  type Identifiers,
  isUImageType,
  listing,
  type OperatingSystem,
  operatingSystems,
  opteeAddresses,
  partsOf,
  printable,
  readUImage,
  slice,
  UIMAGE_MAGIC,
  type UImageType,
  uimageHeader,
  uimageTypes,
} from "../image/index.js";
import { finish } from "./finish.js";
import { version } from "./version.js";

interface Flags {
  readonly list?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly architecture: Architecture;
  readonly os: OperatingSystem;
  readonly type: UImageType;
  readonly compression: Compression;
  readonly loadAddress: number;
  readonly entryPoint?: number;
  readonly config: string;
  readonly image?: string;
  /** False with -s. */
  readonly copy: boolean;
  readonly xip?: true;
}

/** The command. */
export function mkimageCommand(): Command {
  const command = new Command("mkimage");
  return command
    .description("write or list a legacy U-Boot image, with the flags of U-Boot's mkimage")
    .version(`mkimage of ubootc ${version()}`, "-V, --version", "print the version")
    .argument("<file>", "the image")
    .option("-l, --list", "list the header of an image instead of writing one")
    .option("-A, --architecture <arch>", "architecture", nameIn(architectures), "powerpc")
    .option("-O, --os <os>", "operating system", nameIn(operatingSystems), "linux")
    .option("-T, --type <type>", "image type", typeName, "kernel")
    .option("-C, --compression <comp>", "how the data is packed", nameIn(compressions), "gzip")
    .option("-a, --load-address <hex>", "load address", hexadecimal, 0)
    .option("-e, --entry-point <hex>", "entry point (default: the load address)", hexadecimal)
    .option("-n, --config <name>", "image name, 32 bytes", "")
    .option("-d, --image <files>", "data; multi and script take several, separated by colons")
    .option("-s, --no-copy", "write the header alone")
    .option("-x, --xip", "execute in place: the data leaves 64 bytes of 0xff for the header")
    .option("-q, --quiet", "do not print the header")
    .option("-v, --verbose", "print file names as they are added")
    .action((file: string, flags: Flags) => {
      if (flags.list) finish("mkimage", list(file, flags));
      else if (flags.copy && flags.image === undefined) command.error("error: -d is missing");
      else finish("mkimage", make(file, flags));
    });
}

function nameIn<Name extends string>(table: Identifiers<Name>): (text: string) => Name {
  return (text) => {
    const found = table.byName(text);
    if (found) return found.name;
    throw new InvalidArgumentError(`Known are ${table.rows.map((row) => row.name).join(", ")}.`);
  };
}

function typeName(text: string): UImageType {
  const name = text.toLowerCase();
  if (name === "flat_dt") {
    throw new InvalidArgumentError(
      "It makes a FIT, from -f; a device tree in a legacy image is of type fdt_legacy.",
    );
  }
  if (isUImageType(name)) return name;
  throw new InvalidArgumentError(`Known are ${uimageTypes.join(", ")}.`);
}

function hexadecimal(text: string): number {
  if (/^(0x)?[0-9a-f]+$/i.test(text)) return Number.parseInt(text, 16);
  throw new InvalidArgumentError("It is not a hexadecimal number.");
}

/** Writes the image and says what was in the way. */
function make(file: string, flags: Flags): readonly string[] {
  const names = flags.copy ? filesOf(flags.image ?? "", flags.type) : [];
  const opened = names.map(openFile);
  const missing = opened.flatMap(({ problem }) => problem?.message ?? []);
  if (missing.length > 0) return missing;
  const payload = opened.flatMap((one) => one.file ?? []);
  const addresses = addressesOf(flags, payload[0]);
  if (!addresses) return [`${names[0]}: is not the OP-TEE binary that -O tee needs`];

  const { image, header, problems } = encodeUImage({
    ...addresses,
    type: flags.type,
    arch: flags.architecture,
    os: flags.os,
    compression: flags.compression,
    name: flags.config,
    time: imageTime(process.env.SOURCE_DATE_EPOCH),
    xip: flags.xip === true,
    payload,
  });
  if (!image) return problems.map(({ message }) => message);
  const problem = writeContent(file, image);
  if (problem) return [problem.message];

  if (flags.verbose) for (const name of names) process.stderr.write(`Adding Image ${name}\n`);
  const { parts } = partsOf(header, slice(image, uimageHeader.size));
  if (!flags.quiet) process.stdout.write(listing({ header, parts }));
  return [];
}

/** The names in `-d`: a colon separates them only for types that hold several files. */
function filesOf(image: string, type: UImageType): string[] {
  return type === "multi" || type === "script" ? image.split(":") : [image];
}

function addressesOf(flags: Flags, data: Content | undefined) {
  if (flags.os === "tee" && data) return opteeAddresses(data);
  const { loadAddress: load, entryPoint: entry } = flags;
  return { load, ...(entry === undefined ? {} : { entry }) };
}

/** mkimage's reading of SOURCE_DATE_EPOCH, which never fails: 32 bits, 0 for what is no number. */
function imageTime(epoch: string | undefined): number {
  return epoch === undefined ? Math.floor(Date.now() / 1000) : Number.parseInt(epoch, 10) >>> 0;
}

/** Lists the image and says what is wrong with it. */
function list(name: string, flags: Flags): readonly string[] {
  const { file, problem } = openFile(name);
  if (!file) return [problem.message];
  const { header, parts, problems } = readUImage(file);
  const isImage = header?.magic === UIMAGE_MAGIC;
  if (isImage && !flags.quiet) process.stdout.write(listing({ header, parts }));
  return problems
    .filter(({ severity }) => severity === "damage")
    .map(({ message }) => `${printable(name)}: ${message}`);
}
