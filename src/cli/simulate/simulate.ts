// `ubootc simulate`: a boot on a virtual board, with something wrong or nothing, and how it ends; or
// every fault that there can be. Takes a flow, or a script that was made elsewhere.
import { Command, InvalidArgumentError, Option } from "commander";
import { type DiskFiles, diskFiles } from "../../files/index.js";
import type { Fault } from "../../program/index.js";
import {
  allFaults,
  type Boot,
  bootDesk,
  type Desk,
  isBad,
  surveyText,
  traceText,
  transcriptText,
  verdictOf,
} from "../../trial/index.js";
import { finish } from "../finish.js";
import { commandOption, defineOption } from "../flow-options.js";
import { signCommandOption, signInputOption } from "../keys/key-means.js";
import { wantsColor } from "../report.js";
import { severityOption } from "../severity.js";
import { desksOf, type Subject } from "./desk.js";
import type { SimulateFlags } from "./flags.js";
import { endText, plainBoot, plainSurvey } from "./text.js";

/** The command. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description("boot a flow, or a script, on a virtual board, with whatever can go wrong")
    .argument("<file>", "a flow (.boot), or a script: boot.scr, boot.cmd, a FIT")
    .option("--client <name>", "whose board; without it that of the first client")
    .option("--start <script>", "the script of the flow to begin with")
    .addOption(
      new Option("--fault <what>", "what goes wrong, as `fault` in a test says it")
        .default([], "nothing")
        .argParser((text: string, before: readonly string[]) => [...before, text]),
    )
    .option("--all-faults", "try everything that can go wrong, and show where the board ends")
    .addOption(
      new Option("--depth <number>", "how many faults at once, with --all-faults")
        .default(1)
        .argParser(depth),
    )
    .addOption(pairs("--env <name=value>", "a variable of the board's environment"))
    .option("--board <name>", "the board, for a script without a flow")
    .option("--root <dir>", "what servers serve, for a script without a flow")
    .addOption(
      pairs('--device <"mmc 0:1=dir">', "what is on a device, besides what a flow puts there"),
    )
    .addOption(commandOption())
    .option("--release <version>", "the release of U-Boot, such as 2023.01", release)
    .option("--trace", "show each command with its effect instead of the console")
    .option("--json", "print how it went as JSON")
    .addOption(defineOption())
    .addOption(severityOption())
    .addOption(signCommandOption())
    .addOption(signInputOption())
    .addHelpText("after", examples)
    .action((file: string, flags: SimulateFlags) => {
      const files = diskFiles();
      try {
        simulateFile(file, flags, files);
      } finally {
        files.close();
      }
    });
}

const examples = `
Exits with 0 when the board boots what is whole, or the scripts end as they are written to, and with
1 otherwise; with --all-faults when nothing hangs and no memory is booted that was not meant.

  ubootc simulate lab.boot --client bench-1 --fault "tftp linux timeout"
  ubootc simulate lab.boot --all-faults
  ubootc simulate boot.cmd --board rpi_3 --root /srv/tftp --device "mmc 0:1=card"`;

/** \`name=value\`, as often as wanted. */
function pairs(flags: string, description: string): Option {
  return new Option(flags, description)
    .default({}, "none")
    .argParser((text: string, before: Readonly<Record<string, string>>) => {
      const at = text.indexOf("=");
      if (at < 1) throw new InvalidArgumentError("write it as name=value");
      return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
    });
}

function depth(text: string): number {
  if (text === "1" || text === "2") return Number(text);
  throw new InvalidArgumentError("write 1 or 2");
}

function release(text: string): string {
  if (/^v?20\d\d\.\d\d$/.test(text)) return text.replace(/^v/, "");
  throw new InvalidArgumentError("write it as 2023.01");
}

function simulateFile(file: string, flags: SimulateFlags, files: DiskFiles): void {
  const subjects = desksOf(file, flags, files);
  if (!subjects) return;
  if (flags.allFaults) survey(subjects, flags);
  else for (const { desk, faults } of subjects.slice(0, 1)) one(desk, faults, flags);
}

function one(desk: Desk, faults: readonly Fault[], flags: SimulateFlags): void {
  const boot: Boot = bootDesk(desk, { faults, ...bootOptions(flags) });
  const verdict = verdictOf(boot);
  if (flags.json) print(plainBoot(boot, verdict));
  else {
    const color = wantsColor(process.stdout);
    const show = flags.trace ? traceText : transcriptText;
    process.stdout.write(`${show(boot, { color })}${endText(boot, verdict)}`);
  }
  if (!verdict.intended) process.exitCode = 1;
}

function survey(subjects: readonly Subject[], flags: SimulateFlags): void {
  const surveys = subjects.map(({ name, desk }) => {
    const found = allFaults(desk, flags.depth, bootOptions(flags));
    return { name, ...found };
  });
  if (flags.json) print(surveys.map(plainSurvey));
  else process.stdout.write(surveys.map((each) => surveyText(each.name, each)).join("\n"));
  const bad = surveys.flatMap(({ rows }) => rows.filter(isBad)).length;
  if (bad > 0) {
    finish("simulate", [
      `${bad} ${bad === 1 ? "fault ends" : "faults end"} in a board that hangs or boots what was not meant`,
    ]);
  }
}

const bootOptions = ({ env, command, release }: SimulateFlags) => ({
  environment: env,
  assumed: command,
  ...(release !== undefined && { release }),
});

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
