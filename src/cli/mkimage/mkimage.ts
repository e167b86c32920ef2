// `ubootc mkimage`: legacy images with the flags of U-Boot's mkimage, and the same bytes; FITs (-f, -F)
// are made in mkimage-fit.ts.
// Unlike there, a file appears only when it is complete, addresses that do not fit are refused and
// -q is quiet when writing too, as mkimage's manual has it.
import { type Command, Option } from "commander";
import { openFile, writeContent } from "../../files/index.js";
import {
  architectures,
  bodyOf,
  type Content,
  compressions,
  encodeUImage,
  fitListing,
  identify,
  isUImageType,
  listing,
  operatingSystems,
  opteeAddresses,
  opteeNumbers,
  partsOf,
  printable,
  readFit,
  readUImage,
  slice,
  types,
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
import { type AutoFlags, type FitFlags, makeFit } from "./fit.js";
import { collect, hexadecimal, LongOptions, nameIn, rawText, typeName } from "./options.js";

interface Flags extends FitFlags, AutoFlags {
  readonly list?: true;
  readonly verbose?: true;
  /** False with -s. */
  readonly copy: boolean;
  readonly xip?: true;
}

/** The command. */
export function mkimageCommand(): Command {
  const command = new LongOptions("mkimage");
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
    .option("-n, --config <name>", "image name, 32 bytes", rawText, "")
    .option("-R, --secondary-config <name>", "taken and not used: images of no type here have it")
    .option("-d, --image <files>", "data; multi and script take several, separated by colons")
    .option("-s, --no-copy", "write the header alone")
    .option("-x, --xip", "execute in place: the data leaves 64 bytes of 0xff for the header")
    .option("-q, --quiet", "do not print the header")
    .option("-v, --verbose", "print file names as they are added")
    .option(
      "-f, --fit <source>",
      "make a FIT from this image tree source (- is the standard input), or from -d with auto",
    )
    .option(
      "-D, --dtcopts <options>",
      "options of dtc for -f: -i says where files are, the others change nothing",
    )
    .option("-F, --update", "make the hashes and signatures of a FIT anew")
    .option("-t, --touch", "with -F, set the time too")
    .option("-b, --device-tree <file>", "with -f auto, a device tree; may be repeated", collect)
    .option("-i, --initramfs <file>", "with -f auto, a ramdisk")
    .option("-E, --external", "put the data after the tree")
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
      else if (isUImageType(flags.type) && flags.type !== "flat_dt") {
        finish("mkimage", make(file, flags, flags.type));
      } else command.error(`error: ${notLegacy(flags.type)}`);
    });
}

function notLegacy(type: string): string {
  if (type === "firmware_ivt") {
    return "-T firmware_ivt makes what NXP's signing tool goes on with, not an image that boots: use U-Boot's mkimage";
  }
  if (type !== "flat_dt") {
    return `-T ${type} is not a type of legacy image; those are ${uimageTypes.join(", ")}`;
  }
  return "-T flat_dt makes a FIT, from -f; a device tree in a legacy image is of type fdt_legacy";
}

/** Writes the image and says what was in the way. */
function make(file: string, flags: Flags, type: UImageType): readonly string[] {
  const names = flags.copy ? filesOf(flags.image ?? "", type) : [];
  const opened = names.map(openFile);
  const missing = opened.flatMap(({ problem }) => problem?.message ?? []);
  if (missing.length > 0) return missing;
  if (flags.os === "tee" && type === "multi") {
    return ["-O tee takes the addresses from an OP-TEE binary; -T multi has lengths in that place"];
  }
  const payload = opened.flatMap((one) => one.file ?? []);
  const addresses = addressesOf(flags, type, payload);
  if (!addresses) return [`${names[0]}: is not the OP-TEE binary that -O tee needs`];

  const { image, header, problems } = encodeUImage({
    ...addresses,
    type,
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

function addressesOf(flags: Flags, type: UImageType, payload: readonly Content[]) {
  const [data] = payload;
  // Where mkimage looks, a script has the lengths of its files: nothing reads its addresses.
  if (flags.os === "tee" && data && type === "script") {
    return opteeNumbers(bodyOf(types.idOf(type), payload));
  }
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
