// `--client NAME`: whose boot a command is about.
import { nearest } from "../diagnostics/index.js";
import type { Client, Program } from "../program/index.js";
import { finish } from "./finish.js";
import { say } from "./write.js";

/** The client of that name, or the first; an unknown one is said, with those that there are. */
export function chosenClient(
  command: string,
  { clients }: Program,
  name?: string,
): Client | "unknown" | undefined {
  const found = name === undefined ? clients[0] : clients.find((each) => each.name === name);
  const names = clients.map((each) => each.name);
  if (name === undefined && names.length > 1) {
    say(
      `for ${listed(names.slice(0, 1))}; --client takes another: ${listed(names.slice(1))}\n`,
      process.stderr,
    );
  }
  if (found || name === undefined) return found;
  const close = nearest(name, names);
  const known = close ? `did you mean ${close}?` : `the flow has ${listed(names)}`;
  finish(command, [`no client is called ${name}; ${known}`]);
  return "unknown";
}

/** So many names that a person still reads them. */
function listed(names: readonly string[]): string {
  const SHOWN = 8;
  const rest = names.length - SHOWN;
  const all = names.slice(0, SHOWN).join(", ");
  return names.length === 0 ? "none" : rest > 0 ? `${all} and ${rest} more` : all;
}
