// The NFS client, seen from the console: the same in both network stacks. Governed by net/nfs.c and
// net/nfs-common.c.
import { contentOf } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex } from "../numbers.js";
import { type Attempt, device, noArp, serverAndFile, throughGateway } from "./round.js";

/** How long an answer is waited for, milliseconds, and how often it is asked for. */
const TIMEOUT = 2000;
const TRIES = 30;
/** Bytes of one read, and in a millisecond. */
const BLOCK = 1024;
const SPEED = 4 << 10;

/** Asks for `name`, which is `[ip:]path`, and puts it at the load address. */
export function nfs(machine: Machine, name: string): Attempt {
  const { print, environment, loadAddress, world } = machine;
  let { server, file } = serverAndFile(machine, name);
  const own = environment.get("ipaddr") ?? "0.0.0.0";
  if (file === "") {
    const digits = own.split(".").map((part) => hex(Number(part), 2).toUpperCase());
    file = `/nfsroot/${digits.join("")}.img`;
    print(`*** Warning: no boot file name; using '${file}'\n`);
  }
  const slash = file.lastIndexOf("/");
  const [folder, base] = [file.slice(0, Math.max(0, slash)), file.slice(slash + 1)];
  print(`Using ${device(machine)} device\n`);
  print(`File transfer via NFS from server ${server}; our IP address is ${own}`);
  print(`${throughGateway(machine, server)}\nFilename '${folder}/${base}'.\n`);
  print(`Load address: 0x${hex(loadAddress)}\nLoading: *\b`);
  machine.memory.miss(loadAddress, file);
  if (!world.lan?.reaches(server)) return noArp(machine);
  const answer = world.lan.fetch("nfs", server, file);
  if (answer.kind === "refused") {
    machine.wait(5);
    print(answer.code === 2 ? "*** ERROR: File lookup fail\n" : "*** ERROR: Cannot mount\n");
    return "over";
  }
  const whole = answer.kind === "file";
  const content = whole ? answer.content : (answer.after ?? contentOf(new Uint8Array(0)));
  const blocks = Math.ceil(content.size / BLOCK);
  machine.packets += 2 * (blocks + 4);
  print(hashes(content.size));
  machine.place(loadAddress, content, file, whole ? answer.flaw : "the transfer broke off");
  machine.wait(Math.ceil(content.size / SPEED));
  if (!whole) return noAnswer(machine);
  print("\ndone\n");
  return { size: content.size };
}

/** A mark for every ten reads of half a block, 65 on a line. */
function hashes(size: number): string {
  const marks = Math.ceil(size / (BLOCK * 5));
  const lines = Math.max(1, Math.ceil(marks / 65));
  return Array.from({ length: lines }, (_, line) =>
    "#".repeat(Math.min(65, marks - 65 * line)),
  ).join("\n\t ");
}

function noAnswer(machine: Machine): Attempt {
  for (let count = 0; count < TRIES; count++) {
    if (!machine.wait(TIMEOUT)) return "over";
    machine.packets += 1;
    machine.print("T ");
  }
  machine.wait(TIMEOUT);
  machine.print("\nRetry count exceeded; starting again\n");
  return "again";
}
