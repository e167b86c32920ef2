// `ubootc boards`: the catalogue as a table, or all that is known about one board.
// Exits with 1 when there is no board of that name.

import { Command, Option } from "commander";
import {
  type Board,
  boards,
  disabledCommands,
  findBoard,
  freeMemory,
  nearestBoards,
  type Region,
  uBootVersion,
} from "../boards/index.js";
import { hex } from "../ground/index.js";
import { finish } from "./finish.js";

interface Flags {
  readonly json?: true;
  readonly arch?: string;
}

const architectures = [...new Set(boards.map(({ arch }) => arch))].sort();

/** The command. */
export function boardsCommand(): Command {
  return new Command("boards")
    .description("list the boards of the catalogue, or show what is known about one")
    .argument("[name]", "the board, as its defconfig is called")
    .option("--json", "print JSON")
    .addOption(new Option("--arch <arch>", "only boards of this kind").choices(architectures))
    .action((name: string | undefined, flags: Flags) =>
      finish("boards", name === undefined ? list(flags) : show(name, flags)),
    );
}

function list({ arch, json }: Flags): readonly string[] {
  const chosen = boards.filter((board) => arch === undefined || board.arch === arch);
  process.stdout.write(json ? asJson(chosen.map(plain)) : table(chosen));
  return [];
}

function show(name: string, { json, arch }: Flags): readonly string[] {
  const board = findBoard(name);
  if (board && (arch === undefined || board.arch === arch)) {
    process.stdout.write(json ? asJson(plain(board)) : card(board));
    return [];
  }
  if (board) return [`${name} is ${board.arch}, not ${arch}`];
  return [unknownBoard(name)];
}

/** Says that no board is called `name`, and which may have been meant. */
export function unknownBoard(name: string): string {
  const nearest = nearestBoards(name);
  const hint = nearest.length > 0 ? `; did you mean ${nearest.join(", ")}?` : "";
  return `there is no board ${JSON.stringify(name)}${hint}`;
}

const asJson = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** A board as JSON can hold it. */
const plain = (board: Board) => ({
  ...board,
  commands: [...board.commands],
  commandsDisabled: disabledCommands(board),
  ...(board.serial ? { serial: { ...board.serial, pattern: board.serial.pattern.source } } : {}),
});

const columns: readonly (readonly [title: string, cell: (board: Board) => string])[] = [
  ["BOARD", ({ id }) => id],
  ["ARCH", ({ arch }) => arch],
  ["BOOT", ({ boot }) => boot.command],
  ["DRAM", ({ memory }) => amount(memory.size)],
  ["IMAGES", ({ images }) => containers(images)],
  ["TITLE", ({ title }) => title],
];

function table(chosen: readonly Board[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...chosen.map((board) => columns.map(([, cell]) => cell(board))),
  ];
  return aligned(rows, "");
}

/** Rows as lines, each column as wide as its widest cell, the last one as long as it likes. */
function aligned(rows: readonly (readonly string[])[], indent: string): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return rows.map((row) => `${(indent + line(row)).trimEnd()}\n`).join("");
}

type Row = readonly [name: string, value: string];

/** The card, section by section; a section without rows is left out. */
const sections: readonly (readonly [title: string, rows: (board: Board) => readonly Row[]])[] = [
  ["memory (of the smallest variant)", memoryRows],
  ["addresses", addressRows],
  ["limits", limitRows],
  ["boot", bootRows],
  ["images", imageRows],
  ["network", networkRows],
  ["environment", ({ environment }) => Object.entries(environment)],
  ["serial#", serialRows],
  [
    "commands",
    (board) => [
      ["built in", words(board.commands)],
      ["not built in", words(disabledCommands(board))],
    ],
  ],
  ["notes", ({ notes }) => notes.map((note) => ["-", note] as const)],
  ["sources (U-Boot's tree)", ({ sources }) => Object.entries(sources)],
];

function card(board: Board): string {
  const title = `${board.id}: ${board.title}\n${board.arch}, ${board.bits} bit, stock configuration of U-Boot ${uBootVersion}\n`;
  const text = sections.map(([name, rows]) => {
    const lines = rows(board);
    return lines.length > 0 ? `\n${name}\n${aligned(lines, "  ")}` : "";
  });
  return title + text.join("");
}

function memoryRows(board: Board): readonly Row[] {
  const { memory } = board;
  return [
    ["DRAM", `${span({ start: memory.base, ...memory })}  ${memory.variant} (${memory.source})`],
    ...memory.reserved.map(
      (region): Row => ["reserved", `${span(region)}  ${region.why} (${region.source})`],
    ),
    ...memory.reservedTop.parts.map(
      ({ size, why, source }): Row => ["at the end", `${amount(size)}  ${why} (${source})`],
    ),
    ...freeMemory(board).map((region): Row => ["free", span(region)]),
  ];
}

function addressRows({ addresses, kernelCompSize }: Board): readonly Row[] {
  const rows = Object.entries(addresses)
    .sort(([, a], [, b]) => a - b)
    .map(([name, address]): Row => [name, hex(address)]);
  return kernelCompSize === undefined ? rows : [...rows, ["kernel_comp_size", hex(kernelCompSize)]];
}

function limitRows({ limits }: Board): readonly Row[] {
  return known([
    ["bootm unpacks", amount(limits.bootmLen)],
    ["command line", `${limits.cbsize} characters, ${limits.maxargs} words`],
    ["environment", amount(limits.envSize)],
    ["bootm_size", limits.bootmSize && amount(limits.bootmSize)],
    ["mapped at start", limits.bootMapSize && amount(limits.bootMapSize)],
    ["ramdisk", limits.initrdStays && "stays where it was loaded (initrd_high is all ones)"],
  ]);
}

function bootRows({ boot, shell, firmwareDtb, compatible, console }: Board): readonly Row[] {
  return known([
    ["command", boot.command],
    ["bootcmd", `${boot.bootcmd} (${boot.flow}, after ${boot.delay} s)`],
    ["boot_targets", boot.targets?.join(" ")],
    ["preboot", boot.preboot],
    ["shell", `hush, ${shell} parser`],
    ["firmware's DTB", firmwareDtb && `at \${${firmwareDtb}}`],
    ["DTB compatible", compatible.join(" or ")],
    ["console=", console.join(" ")],
  ]);
}

function imageRows({ images }: Board): readonly Row[] {
  return known([
    ["containers", containers(images)],
    ["FIT timestamp", images.fit && images.timestampRequired && "required"],
    ["FIT best match", images.fitBestMatch && "yes"],
    ["compressions", images.compressions.join(" ") || "none"],
    ["raw initrd", images.rawInitrd ? "addr:size" : "not supported"],
  ]);
}

function networkRows({ net }: Board): readonly Row[] {
  const { tftp, dhcp } = net;
  return known([
    ["stack", net.stack === "lwip" ? "lwIP" : "U-Boot's own"],
    ["TFTP blksize", String(tftp.blksize)],
    ["TFTP windowsize", tftp.windowsize === undefined ? "not supported" : String(tftp.windowsize)],
    ["TFTP asks for", words([tftp.tsize && "tsize", tftp.timeout && "timeout"].filter(isText))],
    ["TFTP variables", words(tftp.variables)],
    ["tftp", tftp.prefixAmbiguous && "is ambiguous here: write tftpboot"],
    ["DHCP vendor class", dhcp.vendorClass],
    ["DHCP client arch", dhcp.clientArch !== undefined && hex(dhcp.clientArch, 4)],
    ["https", net.https && "yes"],
  ]);
}

function serialRows({ serial }: Board): readonly Row[] {
  if (!serial) return [["-", "nothing sets it"]];
  return [
    ["form", serial.format],
    ["pattern", serial.pattern.source],
    ["example", serial.example],
    ["note", serial.note],
    ["source", serial.source],
  ];
}

/** The rows that say something. */
const known = (rows: readonly (readonly [string, string | number | false | undefined])[]) =>
  rows.flatMap(([name, value]): Row[] => (isText(value) && value !== "" ? [[name, value]] : []));

const isText = (value: unknown): value is string => typeof value === "string";
const words = (list: Iterable<string>) => [...list].join(", ");

const containers = ({ legacy, fit, fitSignature }: Board["images"]) =>
  [legacy && "legacy", fit && (fitSignature ? "fit+sig" : "fit")].filter(isText).join(" ");

const span = ({ start, size }: Region) =>
  `${hex(start)}..${hex(start + size)}  ${amount(size).padStart(8)}`;

/** Bytes in the largest unit that leaves a number short. */
function amount(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(bytes) / 10)));
  const value = bytes / 1024 ** unit;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}
