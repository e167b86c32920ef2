// `ubootc map`: memory at the end of each step, as text or as SVG. Drawn also where something does
// not fit or overwrites something else: that is when one wants to see it.
import { Command } from "commander";
import { plans } from "../compile.js";
import { nearest } from "../diagnostics/index.js";
import { memoryMaps, memorySvg, memoryText } from "../draw/index.js";
import { diskFiles } from "../files/index.js";
import type { Client, Program } from "../program/index.js";
import { finish } from "./finish.js";
import { defineOption } from "./flow-options.js";
import { reportErrors, wantsColor } from "./report.js";
import { type Severities, severityOption } from "./severity.js";
import { writeText } from "./write.js";

interface Flags {
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly client?: string;
  readonly svg?: string | true;
}

/** The command. */
export function mapCommand(): Command {
  return new Command("map")
    .description("draw what is where in memory at the end of each step")
    .argument("<flow>", "the flow, a .boot file")
    .option("--client <name>", "whose boot to draw; without it that of the first client")
    .option("--svg [file]", "draw it as SVG")
    .addOption(defineOption())
    .addOption(severityOption())
    .action((flow: string, flags: Flags) => {
      const files = diskFiles();
      try {
        map(flow, flags, files);
      } finally {
        files.close();
      }
    });
}

function map(flow: string, flags: Flags, files: ReturnType<typeof diskFiles>): void {
  const { define: parameters, severity: severities, svg } = flags;
  const { plan, program, diagnostics } = plans(flow, { files, parameters, severities });
  reportErrors(diagnostics);
  if (!plan || !program) return;
  const client = clientOf(program, flags.client);
  if (client === "unknown") return;
  const maps = memoryMaps(plan, client);
  if (svg === undefined) {
    process.stdout.write(memoryText(maps, { color: wantsColor(process.stdout) }));
    return;
  }
  writeText("map", svg, memorySvg(maps, `${program.name}: memory`));
}

/** The client of that name, or the first; an unknown one is said, with those that there are. */
function clientOf({ clients }: Program, name?: string): Client | "unknown" | undefined {
  const found = name === undefined ? clients[0] : clients.find((each) => each.name === name);
  const names = clients.map((each) => each.name);
  if (name === undefined && names.length > 1) {
    process.stderr.write(
      `for ${listed(names.slice(0, 1))}; --client draws another: ${listed(names.slice(1))}\n`,
    );
  }
  if (found || name === undefined) return found;
  const close = nearest(name, names);
  const known = close ? `did you mean ${close}?` : `the flow has ${listed(names)}`;
  finish("map", [`no client is called ${name}; ${known}`]);
  return "unknown";
}

/** So many names that a person still reads them. */
function listed(names: readonly string[]): string {
  const SHOWN = 8;
  const rest = names.length - SHOWN;
  const all = names.slice(0, SHOWN).join(", ");
  return names.length === 0 ? "none" : rest > 0 ? `${all} and ${rest} more` : all;
}
