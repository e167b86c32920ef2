// The rows of the table in our interpreter, with the commands that U-Boot has, too.
import { builtins, type Commands, run } from "../../src/hush/index.js";
import type { Result, Row, Target } from "./table.js";

/** Where the scripts of a row are in memory, by their address. */
export type Memory = ReadonlyMap<number, string>;

const limits = { steps: 10_000, output: 200_000, depth: 50 };

/** Runs `row` as a sourced script. `locals` are the shell's variables, kept from row to row. */
export function runHere(
  row: Row,
  target: Target,
  locals?: Map<string, string>,
): Result & { readonly environment: ReadonlyMap<string, string> } {
  let output = "";
  const { environment, memory } = environmentOf(row, 0x44000000);
  const { status, outcome } = run(row.text, {
    dialect: target.dialect,
    release: target.release,
    commands: { ...builtins, ...commandsWith(memory) },
    environment,
    ...(locals && { locals }),
    limits,
    console: { write: (more) => (output += more) },
  });
  const end = outcome.kind === "ended" ? String(status) : outcome.kind;
  return { console: output, end, environment };
}

function commandsWith(memory: Memory): Commands {
  return {
    source: {
      maxargs: 2,
      run: ([address = ""], shell) => shell.source(memory.get(Number.parseInt(address, 16)) ?? ""),
    },
  };
}

/** The environment of `row` with its scripts in memory from `base` on. */
export function environmentOf(row: Row, base: number) {
  const environment = new Map(Object.entries(row.environment));
  const memory = new Map<number, string>();
  let address = base;
  for (const [name, text] of Object.entries(row.scripts)) {
    environment.set(name, address.toString(16));
    memory.set(address, text);
    address += Math.ceil((text.length * 4 + 128) / 0x100) * 0x100;
  }
  return { environment, memory };
}
