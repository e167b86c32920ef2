// The HTTP client of U-Boot's own network stack, which knows no URLs, seen from the console.
// Governed by net/wget.c.
import type { Machine } from "../machine.js";
import { type Attempt, addressOf, noArp } from "./round.js";

/** Bytes of one packet, and in a millisecond. */
const SEGMENT = 1460;
const SPEED = 16 << 10;
/** Until a connection is given up, milliseconds. */
const PATIENCE = 15_000;

/**
 * Asks for `name`, which is `[ip:]path`, and puts it at the load address. What stands before a colon is
 * the server, whatever it is: `http` is 0.0.0.0. The path is asked for as it is written, and one
 * without a slash is no request for a server (RFC 9112, 3.2.1).
 */
export function wget(machine: Machine, name: string): Attempt {
  const { print, loadAddress, world, environment } = machine;
  const colon = name.indexOf(":");
  const server = addressOf(colon < 0 ? environment.get("serverip") : name) ?? "0.0.0.0";
  const file = name.slice(colon + 1);
  machine.memory.miss(loadAddress, file);
  if (!world.lan?.reaches(server)) return noArp(machine);
  const asked = world.lan.fetch("http", server, file);
  const refused = { kind: "refused", code: 400, message: "Bad Request" } as const;
  const answer = asked.kind === "file" && !file.startsWith("/") ? refused : asked;
  if (answer.kind === "file") {
    const { content, flaw } = answer;
    if (machine.refuses(loadAddress, content.size)) {
      print("\nwget error: trying to overwrite reserved memory\n");
      return "over";
    }
    const count = Math.ceil(content.size / SEGMENT) + 3;
    machine.packets += 2 * count;
    machine.wait(Math.ceil(content.size / SPEED));
    machine.place(loadAddress, content, file, flaw);
    print(
      `${"#".repeat(content.size > 0 ? 50 : 0)}\nPackets received ${count}, Transfer Successful\n`,
    );
    return { size: content.size };
  }
  if (answer.kind === "silence") {
    if (answer.after) machine.place(loadAddress, answer.after, file, "the transfer broke off");
    machine.wait(PATIENCE);
  }
  print("\nwget: Transfer Fail, TCP status - 0\n");
  return "over";
}
