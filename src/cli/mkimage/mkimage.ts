// `ubootc mkimage`: legacy images with the flags of U-Boot's mkimage, and the same bytes; FITs (-f, -F)
// are made in mkimage-fit.ts.
// Unlike there, a file appears only when it is complete, addresses that do not fit are refused and
// -q is quiet when writing too, as mkimage's manual has it.
import { Command, InvalidArgumentError, Option } from "commander";
import { openFile, writeContent } from "../../files/index.js";
import {
  type Architecture,
  architectures,
  type Compression,
  type Content,
  compressions,
  encodeUImage,
  fitListing,
  type Identifiers,
  identify,
  isUImageType,
  listing,
  type OperatingSystem,
  operatingSystems,
  opteeAddresses,
  partsOf,
  printable,
  readFit,
  readUImage,
  slice,
  UIMAGE_MAGIC,
  type UImageType,
  uimageHeader,
  uimageTypes,
} from "../../image/index.js";
import { finish } from "../finish.js";
import { imageTime } from "../image-time.js";
import { signCommandOption, signInputOption } from "../keys/key-means.js";
import { version } from "../version.js";
import { say } from "../write.js";
import { type FitFlags, makeFit } from "./fit.js";

interface Flags extends FitFlags {
  readonly list?: true;
  readonly verbose?: true;
  readonly architecture: Architecture;
  readonly os: OperatingSystem;
  readonly type: UImageType;
  readonly compression: Compression;
  readonly loadAddress: number;
  readonly entryPoint?: number;
  readonly config: string;
  /** False with -s. */
  readonly copy: boolean;
  readonly xip?: true;
}

/** The command. */
export function mkimageCommand(): Command {
  const command = new Command("mkimage");
  return command
    .description("write or list a legacy image or a FIT, with the flags of U-Boot's mkimage")
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
    .option("-f, --fit <source>", "make a FIT from this image tree source, or from -d with auto")
    .option("-F, --update", "make the hashes and signatures of a FIT anew")
    .option("-t, --touch", "with -F, set the time too")
    .option("-b, --device-tree <file>", "with -f auto, a device tree; may be repeated", collect)
    .option("-i, --initramfs <file>", "with -f auto, a ramdisk")
    .option("-E, --external", "put the data behind the tree")
    .option(
      "-B, --alignment <hex>",
      "with -E, what the tree and each data are filled up to",
      hexadecimal,
    )
    .option("-p, --position <hex>", "with -E, where the data starts in the file", hexadecimal)
    .option(
      "-k, --key-dir <folder>",
      "sign, with the keys <hint>.key (RSA), <hint>.pem (ECDSA), or <hint>.crt; with -N, token=LABEL",
    )
    .option(
      "-G, --key-file <file>",
      "sign, with this key, or with the one that this is the certificate of",
    )
    .option("-K, --key-dest <file>", "put the public keys into this control device tree")
    .option("-r, --key-required", "mark those keys as required")
    .option("-g, --key-name-hint <name>", "with -f auto, sign with this key instead of a CRC")
    .option("-o, --algo <algorithm>", "sign with this algorithm whatever the tree says")
    .option("-c, --comment <text>", "a comment for signatures")
    .addOption(signCommandOption())
    .addOption(signInputOption())
    .addOption(
      new Option(
        "-N, --engine <name>",
        "the keys are in this engine of OpenSSL; MKIMAGE_SIGN_PIN is the PIN",
      ).conflicts("signCommand"),
    )
    .action((file: string, flags: Flags) => {
      const fit = flags.fit !== undefined || flags.update;
      if (fit) finish("mkimage", makeFit(file, flags));
      else if (flags.list) finish("mkimage", list(file, flags));
      else if (flags.copy && flags.image === undefined) command.error("error: -d is missing");
      else finish("mkimage", make(file, flags));
    });
}

function collect(name: string, before: readonly string[] = []): string[] {
  return [...before, name];
}

function nameIn<Name extends string>(table: Identifiers<Name>): (text: string) => Name {
  return (text) => {
    const found = table.byName(text);
    // Of two names for a number the first, which is what mkimage writes into a FIT.
    if (found) return table.byId(found.id)?.name ?? found.name;
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
    time: imageTime(),
    xip: flags.xip === true,
    payload,
  });
  if (!image) return problems.map(({ message }) => message);
  const problem = writeContent(file, image);
  if (problem) return [problem.message];

  if (flags.verbose) for (const name of names) say(`Adding Image ${name}\n`, process.stderr);
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

/** Lists the image and says what is wrong with it. */
function list(name: string, flags: Flags): readonly string[] {
  const { file, problem } = openFile(name);
  if (!file) return [problem.message];
  if (identify(file).kind === "fdt") return listFit(name, file, flags);
  const { header, parts, problems } = readUImage(file);
  const isImage = header?.magic === UIMAGE_MAGIC;
  if (isImage && !flags.quiet) process.stdout.write(listing({ header, parts }));
  return problems
    .filter(({ severity }) => severity === "damage")
    .map(({ message }) => `${printable(name)}: ${message}`);
}

/** Lists a FIT, unless it lacks what every FIT must have. */
function listFit(name: string, file: Content, flags: Flags): readonly string[] {
  const fit = readFit(file);
  const damage = fit.problems.filter(({ severity }) => severity === "damage");
  if (fit.tree && !flags.quiet) process.stdout.write(fitListing(fit));
  return damage.map(({ path, message }) => `${printable(name)}: ${printable(path)}: ${message}`);
}
