// `ubootc graph`: the scripts of a flow with where each statement goes on, as Mermaid or as SVG.
import { Command } from "commander";
import { plans } from "../compile.js";
import { flowGraph, flowSvg, mermaid } from "../draw/index.js";
import { diskFiles } from "../files/index.js";
import { defineOption } from "./flow-options.js";
import { onlyLooking } from "./keys/key-means.js";
import { reportErrors } from "./report.js";
import { type Severities, severityOption } from "./severity.js";
import { writeText } from "./write.js";

interface Flags {
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly svg?: string | true;
}

/** The command. */
export function graphCommand(): Command {
  return new Command("graph")
    .description("draw the flow: what follows what, and where failures go")
    .argument("<flow>", "the flow, a .boot file")
    .option("--svg [file]", "draw it as SVG; without it as Mermaid text")
    .addOption(defineOption())
    .addOption(severityOption())
    .action((flow: string, { define: parameters, severity: severities, svg }: Flags) => {
      const files = diskFiles();
      try {
        const { plan, program, diagnostics } = plans(flow, {
          files,
          parameters,
          severities,
          keys: onlyLooking,
        });
        reportErrors(diagnostics);
        if (!plan || !program) return;
        const graph = flowGraph(plan);
        if (svg === undefined) process.stdout.write(mermaid(graph));
        else {
          const text = flowSvg(graph, `${program.name}: flow`);
          writeText("graph", svg, text, files.asked.keys());
        }
      } finally {
        files.close();
      }
    });
}
