// `ubootc import-image`: the files of a boot partition out of an image of a disk, without root and
// without loop devices. The folder is made whole or not at all. Compressed images are read to their
// end, where their checksums are: what is damaged after the partition is damaged.
import { Command, InvalidArgumentError } from "commander";
import { type FatVolume, type Partition, type PartitionTable, readVolume } from "../fat/index.js";
import {
  failureOf,
  freshFolderProblem,
  ReadError,
  UnpackError,
  writeFolder,
} from "../files/index.js";
import { amount, printable } from "../image/index.js";
import { openDisk } from "./disk-image.js";
import { finish } from "./finish.js";
import { say } from "./write.js";

interface Flags {
  readonly out: string;
  readonly partition?: number;
  readonly list?: true;
  readonly json?: true;
}

/** The command. */
export function importImageCommand(): Command {
  return new Command("import-image")
    .description("take the files of the boot partition out of a disk image")
    .argument("<image>", "the image: as it is, or as .gz, .xz or .zst; - for standard input")
    .option("-o, --out <dir>", "folder to make", "boot")
    .option("--partition <n>", "the partition; default: the first that is FAT", partitionNumber)
    .option("--list", "print what is there, and write nothing")
    .option("--json", "print what was found as JSON")
    .action(async (image: string, flags: Flags) => {
      finish("import-image", await importImage(image, flags));
    });
}

function partitionNumber(text: string): number {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a number such as 1 was expected");
}

/** Imports, or lists, and returns what is wrong. */
async function importImage(name: string, flags: Flags): Promise<readonly string[]> {
  const { out, list = false } = flags;
  const taken = list ? undefined : freshFolderProblem(out);
  if (taken !== undefined) return [taken];
  const image = name === "-" ? "standard input" : printable(name);
  try {
    await using disk = await openDisk(name, list ? undefined : out);
    if ("problem" in disk.table) return [`${image}: ${disk.table.problem}`];
    const partition = chosen(disk.table.partitions, flags.partition);
    const volume = partition && readVolume(await disk.open(partition));
    if (volume && volume.problems.length === 0 && !list) writeFolder(out, volume.files);
    const found: Found = { image, table: disk.table, partition, volume };
    if (flags.json) process.stdout.write(asJson(found, flags));
    else if (list) say(listing(found));
    const problems = problemsOf(found, flags.partition);
    if (problems.length === 0 && !list && !flags.json) say(summary(found, out));
    return problems;
  } catch (error) {
    // An image that is damaged, a disk that is full; a TypeError is a bug of ours.
    if (error instanceof UnpackError) return [`${image}: ${error.message}`];
    if (error instanceof ReadError) return [error.message];
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    return [failureOf(error)];
  }
}

/** What an image holds; no volume without a partition that may be one. */
interface Found {
  readonly image: string;
  readonly table: Exclude<PartitionTable, { problem: string }>;
  readonly partition: Partition | undefined;
  readonly volume: FatVolume | undefined;
}

function chosen(partitions: readonly Partition[], number: number | undefined) {
  return partitions.find((each) => (number === undefined ? each.fat : each.number === number));
}

function problemsOf({ image, table, partition, volume }: Found, asked?: number): string[] {
  if (partition && volume) {
    return volume.problems.map((each) => `${image}, ${nameOf(partition)}: ${printable(each)}`);
  }
  if (asked === undefined) return [`${image}: has no FAT partition`];
  const numbers = table.partitions.map((each) => each.number).join(", ");
  return [`${image}: has no partition ${asked}${numbers && `; there is ${numbers}`}`];
}

const nameOf = ({ number }: Partition) => (number === 0 ? "the whole disk" : `partition ${number}`);

function listing({ table, partition, volume }: Found): string {
  const partitions = table.partitions.map((each) => {
    const what = each === partition && volume?.bits ? `  FAT${volume.bits}` : "";
    const place = `at ${each.start}, ${amount(each.size)}`;
    return `${nameOf(each)}  ${each.type}  ${place}${what}`;
  });
  const files = (volume?.files ?? []).map(
    ({ path, content }) => `${`${content.size}`.padStart(12)}  ${printable(path)}`,
  );
  return [...partitions, ...files].map((line) => `${line}\n`).join("");
}

function asJson(found: Found, { out, list }: Flags): string {
  const { image, table, partition, volume } = found;
  const files = volume?.files.map(({ path, content }) => ({ path, size: content.size })) ?? [];
  const whole = volume !== undefined && volume.problems.length === 0;
  const result = {
    image,
    table: table.kind,
    partitions: table.partitions,
    partition: partition?.number,
    bits: volume?.bits,
    files,
    problems: problemsOf(found, partition?.number),
    ...(whole && !list ? { out } : {}),
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

function summary({ image, partition, volume }: Found, out: string): string {
  const files = volume?.files ?? [];
  const size = files.reduce((sum, { content }) => sum + content.size, 0);
  const where = partition ? nameOf(partition) : "";
  return `${files.length} files from ${where} of ${image} in ${out}, ${amount(size)}\n`;
}
