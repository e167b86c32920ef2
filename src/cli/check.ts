// `ubootc check`: everything that a build would object to, and nothing written. Leaves out scripts
// and images that were made elsewhere.
import { Command } from "commander";
import { compile } from "../compile.js";
import { diskFiles } from "../files/index.js";
import { defineOption } from "./build.js";
import { plainDiagnostics, reportAll } from "./report.js";

interface Flags {
  readonly define: Readonly<Record<string, string>>;
  readonly json?: true;
}

/** The command. */
export function checkCommand(): Command {
  return new Command("check")
    .description("say what is wrong with a flow, without building it")
    .argument("<flow>", "the flow, a .boot file")
    .addOption(defineOption())
    .option("--json", "print the findings as JSON")
    .action((flow: string, flags: Flags) => {
      const files = diskFiles();
      try {
        const { artifacts, diagnostics } = compile(flow, { files, parameters: flags.define });
        if (flags.json) {
          const found = { diagnostics: plainDiagnostics(diagnostics) };
          process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
        } else reportAll(diagnostics);
        if (!artifacts) process.exitCode = 1;
      } finally {
        files.close();
      }
    });
}
