// `ubootc check`: everything that a build would object to, and nothing written. Leaves out scripts
// and images that were made elsewhere.
import { Command } from "commander";
import { compile } from "../compile.js";
import { diskFiles } from "../files/index.js";
import { defineOption } from "./flow-options.js";
import { plainFindings, reportAll } from "./report.js";
import { sarifOption, writeSarif } from "./sarif.js";
import { type Severities, severityOption } from "./severity.js";

interface Flags {
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly json?: true;
  readonly sarif?: string | true;
}

/** The command. */
export function checkCommand(): Command {
  return new Command("check")
    .description("say what is wrong with a flow, without building it")
    .argument("<flow>", "the flow, a .boot file")
    .addOption(defineOption())
    .addOption(severityOption())
    .option("--json", "print the findings as JSON")
    .addOption(sarifOption().conflicts("json"))
    .action((flow: string, { define: parameters, severity: severities, ...flags }: Flags) => {
      const files = diskFiles();
      try {
        const compilation = compile(flow, { files, parameters, severities });
        if (flags.json) {
          const found = plainFindings(compilation);
          process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
        } else reportAll(compilation.diagnostics);
        if (flags.sarif !== undefined) writeSarif("check", flags.sarif, compilation, flow);
        if (!compilation.artifacts) process.exitCode = 1;
      } finally {
        files.close();
      }
    });
}
