// `ubootc test`: the tests of a flow on virtual boards, for a person, for TAP and for JUnit's readers.
import { Command } from "commander";
import { compile } from "../compile.js";
import { nearest, visible } from "../diagnostics/index.js";
import { type DiskFiles, diskFiles } from "../files/index.js";
import { Bench, junitOf, runTest, type TestResult, tapOf } from "../trial/index.js";
import { finish } from "./finish.js";
import { commandOption, defineOption } from "./flow-options.js";
import { keyMeans, type SignFlags, signCommandOption, signInputOption } from "./keys/key-means.js";
import { reportErrors, wantsColor } from "./report.js";
import { type Severities, severityOption } from "./severity.js";
import { writeText } from "./write.js";

/** Exit code of a command line that was not understood. */
const USAGE = 2;

interface Flags extends SignFlags {
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly command: ReadonlyMap<string, number>;
  readonly filter?: string;
  readonly tap?: true;
  readonly junit?: string;
}

/** The command. */
export function testCommand(): Command {
  return new Command("test")
    .description("run the tests of a flow on virtual boards")
    .argument("<flow>", "the flow, a .boot file")
    .option("--filter <text>", "only tests with this in their title")
    .addOption(commandOption())
    .option("--tap", "print the results as TAP 13")
    .option("--junit <file>", "write the results as JUnit XML, too")
    .addOption(defineOption())
    .addOption(severityOption())
    .addOption(signCommandOption())
    .addOption(signInputOption())
    .action((flow: string, flags: Flags) => {
      if (!flow.endsWith(".boot")) {
        finish("test", [
          `${flow} is not a flow: those end in .boot; \`ubootc simulate\` runs scripts, \`ubootc import\` makes flows of them`,
        ]);
        process.exitCode = USAGE;
        return;
      }
      const files = diskFiles();
      try {
        test(flow, flags, files);
      } finally {
        files.close();
      }
    });
}

function test(flow: string, flags: Flags, files: DiskFiles): void {
  const { define: parameters, severity: severities, filter = "" } = flags;
  const { artifacts, plan, diagnostics } = compile(flow, {
    files,
    parameters,
    severities,
    keys: keyMeans(flags),
  });
  reportErrors(diagnostics);
  if (!artifacts || !plan) return;
  const { tests } = plan.program;
  const wanted = tests.filter(({ title }) => title.includes(filter));
  if (wanted.length === 0) {
    const close = nearest(
      filter,
      tests.map(({ title }) => title),
    );
    const hint = close === undefined ? "" : `; did you mean "${close}"?`;
    const none = tests.length === 0 ? "the flow has no tests" : `no test has this title${hint}`;
    finish("test", [none]);
    return;
  }
  const bench = new Bench(plan, artifacts);
  const results: TestResult[] = [];
  const color = wantsColor(process.stdout);
  for (const each of wanted) {
    const result = runTest(bench, each, { assumed: flags.command });
    results.push(result);
    if (!flags.tap) process.stdout.write(resultText(result, color));
  }
  if (flags.tap) process.stdout.write(tapOf(results));
  if (flags.junit !== undefined)
    writeText("test", flags.junit, junitOf(plan.program.name, results), files.asked.keys());
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  if (!flags.tap) {
    process.stdout.write(`\n${results.length - failed} passed, ${failed} failed\n`);
  }
  if (failed > 0) process.exitCode = 1;
}

function resultText({ title, at, failures, boards, time }: TestResult, color: boolean): string {
  const good = failures.length === 0;
  const paint = (code: number, text: string) => (color ? `\x1b[${code}m${text}\x1b[39m` : text);
  const mark = good ? paint(32, "✓") : paint(31, "✗");
  const many = boards > 1 ? `, ${boards} kinds of boards` : "";
  const lines = [`${mark} ${visible(title)} (${(time / 1000).toFixed(1)} s on the board${many})`];
  for (const { clients, misses, tail } of failures) {
    lines.push(`  ${at}: ${clients}`);
    for (const miss of misses) {
      lines.push(`    ${miss.at}: expected ${visible(miss.expected)}`);
      lines.push(`    ${" ".repeat(miss.at.length)}  found    ${visible(miss.found)}`);
    }
    lines.push(...tail.map((line) => `    | ${visible(line)}`));
  }
  return `${lines.join("\n")}\n`;
}
