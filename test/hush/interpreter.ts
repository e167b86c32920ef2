// The rows of the table in our interpreter, with the commands that U-Boot has, too.
import {
  builtins,
  type Commands,
  itestCommand,
  run,
  setexprCommand,
  type WordMemory,
} from "../../src/hush/index.js";
import { bytesOf, contentOf, encodeUImage } from "../../src/image/index.js";
import { Variables } from "../../src/simulator/variables.js";
import type { Result, Row, Target } from "./table.js";

/** Where the scripts of a row are in memory, by their address. */
export type Memory = ReadonlyMap<number, string>;

const limits = { steps: 10_000, output: 200_000, depth: 50 };

/** Runs `row` as a sourced script. `locals` are the shell's variables, kept from row to row. */
export function runHere(
  row: Row,
  target: Target,
  locals?: Map<string, string>,
): Result & { readonly names: readonly string[] } {
  let output = "";
  const { environment, memory } = environmentOf(row, 0x44000000);
  const { status, outcome } = run(row.text, {
    dialect: target.dialect,
    release: target.release,
    bits: target.bits,
    commands: commandsOn(target, memory),
    environment,
    ...(locals && { locals }),
    limits,
    console: { write: (more) => (output += more) },
  });
  const end = outcome.kind === "ended" ? String(status) : outcome.kind;
  return {
    console: shortUsage(output),
    end,
    names: [...environment.entries()].map(([name]) => name),
  };
}

function commandsOn({ release }: Target, scripts: Memory): Commands {
  const memory: WordMemory = {
    read(address, length) {
      const [start, text] = [...scripts].findLast(([place]) => place <= address) ?? [address, ""];
      return scriptImage(text).subarray(address - start, address - start + length);
    },
  };
  return {
    ...builtins,
    // Debian builds without it.
    setexpr: setexprCommand({ memory, format: release > "2023.01" }),
    itest: itestCommand({ memory }),
    source: {
      maxargs: 2,
      summary: "run script from memory",
      run: ([address = ""], shell) => shell.source(scripts.get(Number.parseInt(address, 16)) ?? ""),
    },
  };
}

/** U-Boot's texts on wrong arguments differ from build to build: only which command it is. */
export function shortUsage(output: string): string {
  const usage = /^(\S+) - .*\n\nUsage:\n\1 .*\n(?:(?: {4}|\t|\1[ [.]|For FIT |unit name ).*\n)*/gm;
  return output.replace(usage, "(usage of $1)\n");
}

/** `text` as `source` wants it. */
export function scriptImage(text: string): Uint8Array {
  const payload = contentOf(new TextEncoder().encode(text));
  const { image } = encodeUImage({ type: "script", arch: "arm", payload });
  if (!image) throw new Error("no image");
  return bytesOf(image);
}

/** The environment of `row` with its scripts in memory from `base` on. */
export function environmentOf(row: Row, base: number) {
  const environment = new Variables(row.environment);
  const memory = new Map<number, string>();
  let address = base;
  for (const [name, text] of Object.entries(row.scripts)) {
    environment.change(name, address.toString(16));
    memory.set(address, text);
    address += Math.ceil((text.length * 4 + 128) / 0x100) * 0x100;
  }
  return { environment, memory };
}
