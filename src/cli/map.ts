// `ubootc map`: memory at the end of each step, as text or as SVG. Drawn also where something does
// not fit or overwrites something else: that is when one wants to see it.
import { Command } from "commander";
import { plans } from "../compile.js";
import { memoryMaps, memorySvg, memoryText } from "../draw/index.js";
import { diskFiles } from "../files/index.js";
import { stepsIn } from "../steps/index.js";
import { chosenClient } from "./choose-client.js";
import { defineOption } from "./flow-options.js";
import { onlyLooking } from "./keys/key-means.js";
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
  const { plan, program, diagnostics } = plans(flow, {
    files,
    parameters,
    severities,
    keys: onlyLooking,
  });
  reportErrors(diagnostics);
  if (!plan || !program) return;
  // What is loaded where is only known of a script that means something throughout.
  const steps = plan.analyses.flatMap((analysis) => stepsIn(analysis.steps));
  if (steps.some(({ type }) => type === "broken")) return;
  const client = chosenClient("map", program, flags.client);
  if (client === "unknown") return;
  const maps = memoryMaps(plan, client);
  if (svg === undefined) {
    process.stdout.write(memoryText(maps, { color: wantsColor(process.stdout) }));
    return;
  }
  writeText("map", svg, memorySvg(maps, `${program.name}: memory`), files.asked.keys());
}
