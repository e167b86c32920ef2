// The TFTP client of U-Boot's own network stack, seen from the console. Servers are taken to know
// the options. Governed by net/tftp.c.
import type { Board } from "../../boards/index.js";
import { type Content, contentOf } from "../../image/index.js";
import type { Machine, TftpSettings } from "../machine.js";
import { decimal, hex, sizeText } from "../numbers.js";
import type { Answer } from "../world.js";
import { type Attempt, device, noArp, serverAndFile, throughGateway } from "./round.js";

/** What a build asks for. */
export function tftpDefaults({ net: { tftp } }: Board): TftpSettings {
  return { blockSize: tftp.blksize, window: tftp.windowsize ?? 1, timeout: 5000, tries: 10 };
}

/** The largest block that needs no fragments, bytes. */
const CAP = 1468;
/** Bytes in a millisecond with one block to a window; more of them are faster. */
const SPEED = 16 << 10;

/** Asks for `name`, which is `[ip:]file`, and puts it at the load address. */
export function tftp(machine: Machine, name: string): Attempt {
  const { print, environment, loadAddress, board } = machine;
  const settings = readSettings(machine);
  let { server, file } = serverAndFile(machine, name);
  if (file === "") {
    file = defaultName(environment.get("ipaddr") ?? "0.0.0.0");
    print(`*** Warning: no boot file name; using '${file}'\n`);
  }
  print(`Using ${device(machine)} device\n`);
  print(`TFTP from server ${server}; our IP address is ${environment.get("ipaddr")}`);
  print(`${throughGateway(machine, server)}\nFilename '${file}'.\n`);
  const refused = machine.refuses(loadAddress, 1);
  if (refused && !machine.shell.since("2025.01")) {
    print("\nTFTP error: trying to overwrite reserved memory...\n");
    return "over";
  }
  print(`Load address: 0x${hex(loadAddress)}\nLoading: *\b`);
  machine.memory.miss(loadAddress, file);
  if (!machine.world.lan?.reaches(server)) return noArp(machine);
  const answer = machine.world.lan.fetch("tftp", server, file);
  return receive(machine, answer, { file, settings, hasSize: board.net.tftp.tsize });
}

/** Reads the variables into the machine's settings, and returns what a request then has. */
function readSettings({ environment, print, board, tftp }: Machine): TftpSettings {
  const number = (name: string, otherwise: number) => {
    const value = environment.get(name);
    const reads = board.net.tftp.variables.includes(name);
    return value !== undefined && reads ? decimal(value) : otherwise;
  };
  tftp.blockSize = number("tftpblocksize", tftp.blockSize);
  tftp.window = number("tftpwindowsize", tftp.window);
  tftp.timeout = number("tftptimeout", tftp.timeout);
  tftp.tries = number("tftptimeoutcountmax", tftp.tries);
  if (tftp.timeout < 1000) {
    print(`TFTP timeout (${tftp.timeout} ms) too low, set min = 1000 ms\n`);
    tftp.timeout = 1000;
  }
  if (tftp.blockSize > CAP) {
    print(`Capping tftp block size option to ${CAP} (was ${tftp.blockSize})\n`);
  }
  return {
    ...tftp,
    blockSize: Math.min(CAP, Math.max(1, tftp.blockSize)),
    window: Math.max(1, tftp.window),
  };
}

/** The board's address in hexadecimal. */
const defaultName = (address: string) =>
  `${address
    .split(".")
    .map((part) => hex(Number(part), 2).toUpperCase())
    .join("")}.img`;

interface Transfer {
  readonly file: string;
  readonly settings: TftpSettings;
  /** The request asked for the size, so that there is a progress bar. */
  readonly hasSize: boolean;
}

function receive(machine: Machine, answer: Answer, transfer: Transfer): Attempt {
  const { print } = machine;
  if (answer.kind === "refused") {
    machine.packets += 2;
    machine.wait(1);
    print(`\nTFTP error: '${answer.message}' (${answer.code})\n`);
    const final = answer.code === 1 || answer.code === 2;
    print(final ? "Not retrying...\n" : "Starting again\n\n");
    return final ? "over" : "again";
  }
  const whole = answer.kind === "file";
  const content = whole ? answer.content : (answer.after ?? contentOf(new Uint8Array(0)));
  const flaw = whole ? answer.flaw : "the transfer broke off";
  if (!store(machine, content, transfer, flaw)) return "over";
  if (!whole) return noAnswer(machine, transfer.settings);
  if (transfer.hasSize) print(`  ${sizeText(content.size)}`);
  return finish(machine, content.size, transfer);
}

/** Writes what arrived and shows the progress. False: into memory that is not free. */
function store(
  machine: Machine,
  content: Content,
  transfer: Transfer,
  flaw: string | undefined,
): boolean {
  const { loadAddress, print } = machine;
  const { blockSize, window } = transfer.settings;
  const blocks = Math.floor(content.size / blockSize) + (flaw === broken ? 0 : 1);
  machine.packets += 2 + blocks + Math.ceil(blocks / window);
  if (machine.refuses(loadAddress, content.size)) {
    print("\nTFTP error: trying to overwrite reserved memory...\n");
    return false;
  }
  print(transfer.hasSize && flaw !== broken ? "#".repeat(50) : hashes(blocks));
  machine.place(loadAddress, content, transfer.file, flaw);
  return true;
}

const broken = "the transfer broke off";

/** A mark for every tenth block, 65 on a line. */
function hashes(blocks: number): string {
  const marks = Math.ceil(blocks / 10);
  const full = Math.floor(blocks / 650);
  return Array.from({ length: full + 1 }, (_, line) =>
    "#".repeat(Math.min(65, marks - 65 * line)),
  ).join("\n\t ");
}

function finish(machine: Machine, size: number, { settings }: Transfer): Attempt {
  const speed = SPEED * (settings.window > 1 ? 4 : 1);
  const taken = Math.ceil(size / speed);
  machine.wait(taken);
  // A transfer within one tick of the clock has no rate.
  if (taken > 0) machine.print(`\n\t ${sizeText(Math.floor(size / taken) * 1000)}/s`);
  machine.print("\ndone\n");
  return { size };
}

/** The last packet again and again, until there were enough. */
function noAnswer(machine: Machine, { timeout, tries }: TftpSettings): Attempt {
  for (let count = 0; count < tries; count++) {
    if (!machine.wait(timeout)) return "over";
    machine.packets += 1;
    machine.print("T ");
  }
  machine.wait(timeout);
  machine.print("\nRetry count exceeded; starting again\n");
  return "again";
}
