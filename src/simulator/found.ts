// A script as U-Boot finds it by itself: where it puts it, and what it tells it. Left out: looking
// for it. Governed by include/config_distro_bootcmd.h and boot/bootmeth_script.c.
import type { Content } from "../image/index.js";
import { runScript } from "./commands/source.js";
import type { Machine } from "./machine.js";
import { hex } from "./numbers.js";

/** An image with a script. */
export interface Found {
  readonly image: Content;
  /** Of the file. */
  readonly name?: string;
  /** Where U-Boot found it; without that it only runs it. */
  readonly on?: FoundOn;
}

/** A file on a device. */
export interface FoundOn {
  /** `mmc`, `usb`, `virtio` … */
  readonly kind: string;
  readonly number: number;
  readonly partition: number;
  /** `/` unless given. */
  readonly prefix?: string;
}

/** Loads and runs the script; what it returns is why U-Boot goes on with the next device. */
export function runFound(machine: Machine, { image, name = "boot.scr", on }: Found): number {
  const distro = machine.board.boot.flow !== "bootstd";
  const { scriptaddr, loadaddr = 0 } = machine.board.addresses;
  const address = distro ? (scriptaddr ?? loadaddr) : heapOf(machine);
  if (on) tell(machine, on, distro);
  machine.place(address, image, name);
  if (!on || !distro) return runScript(machine, address);
  const { environment, print } = machine;
  print(`Found U-Boot script ${on.prefix ?? "/"}${name}\n`);
  const time = Math.ceil(image.size / SPEED);
  machine.wait(time);
  print(`${image.size} bytes read in ${time} ms\n## Executing script at ${hex(address, 8)}\n`);
  environment.set("fileaddr", hex(address));
  environment.set("filesize", hex(image.size));
  const status = runScript(machine, address);
  print("SCRIPT FAILED: continuing...\n");
  return status;
}

/** Bytes in a millisecond. */
const SPEED = 20_000;

/** Standard boot reads a script into U-Boot's own memory. */
function heapOf({ board: { memory } }: Machine): number {
  return memory.base + memory.size - Math.floor(memory.reservedTop.size / 2);
}

/** Variables about the device: in the environment, or the older scripts' own in their shell. */
function tell({ environment, shell, buses }: Machine, on: FoundOn, distro: boolean): void {
  const { kind, number, partition, prefix = "/" } = on;
  const variables = {
    devtype: kind,
    devnum: hex(number),
    distro_bootpart: hex(partition),
    prefix,
  };
  buses.add(kind);
  for (const [name, value] of Object.entries(variables)) {
    if (distro) shell.locals.set(name, value);
    else environment.set(name, value);
  }
}
