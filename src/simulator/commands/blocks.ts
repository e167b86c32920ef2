// Blocks of devices: read into memory and written from it. Governed by cmd/blk_common.c and cmd/mmc.c.
import type { Run } from "../../hush/index.js";
import { BLOCK } from "../changes.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { deviceAt } from "./partitions.js";

/** What U-Boot's drivers return: EIO, ENODEV. */
const [EIO, ENODEV] = [-5, -19];

/** `read addr block count` and `write` of the device of `kind` that was chosen last. */
export function transferBlocks(
  machine: Machine,
  kind: string,
  verb: "read" | "write",
  args: readonly string[],
): ReturnType<Run> {
  const [to, first, number = "0"] = args;
  if (to === undefined || first === undefined || (kind === "mmc" && args.length !== 3)) {
    return "usage";
  }
  const [address, block, count] = [hexadecimal(to), hexadecimal(first), hexadecimal(number)];
  const chosen = machine.chosen.get(kind) ?? 0;
  const device = deviceAt(machine, kind, chosen);
  const bytes = device && machine.changes.bytesOf(device);
  if (device && !bytes) return unknown(machine, kind, verb);
  const end = (device?.bytes?.size ?? 0) / BLOCK;
  const moved = !bytes ? ENODEV : count > 0 && block + count > end ? EIO : count;
  if (bytes && moved > 0) {
    const origin = `${kind} ${chosen} from block ${hex(block)}`;
    const [source, target] = verb === "read" ? [bytes, machine.memory] : [machine.memory, bytes];
    const [from, where] = verb === "read" ? [block * BLOCK, address] : [address, block * BLOCK];
    const { content } = source.read(from, count * BLOCK);
    target.write(where, content, target.origin(origin));
    machine.wait(Math.ceil(content.size / SPEED));
  }
  const name =
    kind === "mmc" ? `MMC ${verb}: dev # ${chosen},` : `${kind} ${verb}: device ${chosen}`;
  const done = `${moved} blocks ${verb === "read" ? "read" : "written"}`;
  const state = moved === count ? "OK" : "ERROR";
  machine.print(`\n${name} block # ${block}, count ${count} ... ${done}: ${state}\n`);
  return moved === count ? 0 : 1;
}

/** Bytes in a millisecond. */
const SPEED = 20_000;
