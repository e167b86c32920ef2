// `ubootc build`: all files of a flow into a folder. With errors nothing is written.
import * as fs from "node:fs";
import { join } from "node:path";
import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { type Build, MANIFEST, writeBuild } from "../build.js";
import { compile } from "../compile.js";
import {
  type DiskFiles,
  diskFiles,
  failureOf,
  type Inputs,
  inputProblem,
  ReadError,
  type TreeChange,
  writeContent,
} from "../files/index.js";
import { type Artifact, type ManifestEntry, serverFiles } from "../generate/index.js";
import { makeName, makeTarget, mishapOf } from "../ground/index.js";
import { contentOf } from "../image/index.js";
import { finish } from "./finish.js";
import { defineOption, sourceDateEpoch } from "./flow-options.js";
import { keyMeans, type SignFlags, signCommandOption, signInputOption } from "./keys/key-means.js";
import { plainFindings, reportAll } from "./report.js";
import { sarifOption, writeSarif } from "./sarif.js";
import { type Severities, severityOption } from "./severity.js";
import { say } from "./write.js";

interface Flags extends SignFlags {
  readonly out: string;
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly strip?: true;
  readonly depfile?: string;
  readonly watch?: true;
  readonly json?: true;
  readonly sarif?: string | true;
}

/** The command. */
export function buildCommand(): Command {
  return new Command("build")
    .description("compile a flow: the files for the SD card and for the TFTP server")
    .argument("<flow>", "the flow, a .boot file")
    .option("-o, --out <dir>", "folder to write to", "out")
    .addOption(defineOption())
    .addOption(severityOption())
    .addOption(signCommandOption())
    .addOption(signInputOption())
    .option("--strip", "remove comments and indentation from scripts")
    .option("--depfile <file>", "write what the build depends on, as make reads it")
    .option("--watch", "build again whenever an input changes")
    .option("--json", "print what was made, or the diagnostics, as JSON")
    .addOption(sarifOption().conflicts("json"))
    .action(async (flow: string, flags: Flags, command: Command) => {
      const link = command.getOptionValueSource("out") === "default" && linkAt(flags.out);
      if (link) {
        finish("build", [
          `${flags.out}: is a symbolic link to ${link}: to build there, say -o ${link}`,
        ]);
        return;
      }
      const inputs = build(flow, flags);
      if (!flags.watch) return;
      const { watch } = await import("./watch.js");
      const caught = (problem: unknown) => {
        say(`ubootc build: ${mishapOf("watcher", problem).message}\n`, process.stderr);
      };
      await watch(inputs, () => build(flow, flags), caught);
    });
}

/** Where the symbolic link `path` leads; nobody has named it, so that it may be a stranger's. */
function linkAt(path: string): string | undefined {
  const there = fs.lstatSync(path, { throwIfNoEntry: false });
  return there?.isSymbolicLink() ? fs.readlinkSync(path) : undefined;
}

/** Builds once and says what came of it; returns the inputs that were asked for. */
function build(flow: string, flags: Flags): Inputs {
  process.exitCode = 0;
  const files = diskFiles();
  try {
    buildFrom(files, flow, flags);
  } catch (error) {
    // A full disk or an input that changes meanwhile is no bug of ours; a TypeError is.
    const known =
      error instanceof ReadError || (error instanceof Error && error.constructor === Error);
    if (!known) throw error;
    finish("build", [failureOf(error)]);
  } finally {
    files.close();
  }
  return files.asked;
}

function buildFrom(files: DiskFiles, flow: string, flags: Flags): void {
  const { define: parameters, severity: severities, strip = false, out } = flags;
  const time = sourceDateEpoch();
  const compilation = compile(flow, {
    files,
    parameters,
    severities,
    strip,
    time,
    keys: keyMeans(flags),
  });
  const { artifacts: compiled, program, diagnostics } = compilation;
  if (!flags.json) reportAll(diagnostics);
  if (flags.sarif !== undefined) {
    writeSarif("build", flags.sarif, compilation, flow, files.asked.keys());
  }
  if (!compiled || !program) {
    if (flags.json) printJson(plainFindings(compilation));
    process.exitCode = 1;
    return;
  }
  const artifacts = [...compiled, ...serverFiles(program, compiled)];
  const { manifest, ...change } = write(out, artifacts, files.asked);
  if (flags.depfile !== undefined) writeDepfile(flags.depfile, out, files.asked);
  if (flags.json) {
    printJson({ out, files: manifest, ...change, ...plainFindings(compilation) });
  } else if (flags.sarif !== true) say(summary(out, manifest, change));
}

/** Writes the build, with a bar that shows how far it is. */
function write(out: string, artifacts: readonly Artifact[], asked: Inputs): Build {
  const bar = progressBar(artifacts.length);
  try {
    return writeBuild(out, artifacts, {
      inputs: asked.keys(),
      progress: (done) => bar?.update(done),
      waiting: (holder) => say(`ubootc build: ${out}: waiting: ${holder}\n`, process.stderr),
    });
  } finally {
    bar?.stop();
  }
}

/** A bar on a terminal, when there is enough to do that somebody would wait. */
function progressBar(total: number): SingleBar | undefined {
  const FEW = 100;
  if (process.stderr.isTTY !== true || total < FEW) return undefined;
  const bar = new SingleBar({ format: "{bar} {value}/{total} files", clearOnComplete: true });
  bar.start(total, 0);
  return bar;
}

/** One rule: the manifest depends on every input; and each input is a target, so that it may go. */
function writeDepfile(path: string, out: string, asked: Inputs): void {
  const manifest = join(out, MANIFEST);
  const inputs = [...asked.keys()];
  const unfit = [manifest, ...inputs].find((each) => makeName(each) === undefined);
  if (unfit !== undefined) throw new Error(`--depfile: make cannot have ${JSON.stringify(unfit)}`);
  const rules = [
    `${makeTarget(manifest)}: ${inputs.map(makeName).join(" \\\n  ")}`,
    ...inputs.map((each) => `${makeTarget(each)}:`),
  ];
  const over = inputProblem(path, inputs);
  if (over !== undefined) throw new Error(over);
  const text = new TextEncoder().encode(rules.map((each) => `${each}\n`).join("\n"));
  const problem = writeContent(path, contentOf(text));
  if (problem) throw new Error(problem.message);
  // Otherwise make would come back for ever after an input was touched without a difference.
  const now = new Date();
  fs.utimesSync(manifest, now, now);
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** What was made, a line a file; where there are many, the first of each folder. */
function summary(out: string, manifest: readonly ManifestEntry[], change: TreeChange): string {
  const SHOWN = 12;
  const lines: string[] = [];
  const written = new Set(change.written);
  const folders = new Map<string, ManifestEntry[]>();
  for (const entry of manifest) {
    const folder = entry.path.slice(0, entry.path.lastIndexOf("/"));
    const before = folders.get(folder);
    if (before) before.push(entry);
    else folders.set(folder, [entry]);
  }
  const shown = [...folders.values()].flatMap((files) => files.slice(0, SHOWN));
  const width = Math.max(...shown.map(({ path }) => path.length));
  for (const [folder, files] of folders) {
    for (const { path, size, load, client } of files.slice(0, SHOWN)) {
      const notes = [
        ...(load === undefined ? [] : [`loads at ${load}`]),
        ...(client === undefined ? [] : [`for ${client}`]),
        ...(written.has(path) ? [] : ["unchanged"]),
      ];
      lines.push(
        `  ${path.padEnd(width)}  ${`${size}`.padStart(9)} bytes  ${notes.join(", ")}`.trimEnd(),
      );
    }
    if (files.length > SHOWN) lines.push(`  … and ${files.length - SHOWN} more in ${folder}`);
  }
  const total = manifest.reduce((sum, { size }) => sum + size, 0);
  const counts = [
    `${change.written.length} written`,
    `${change.unchanged.length} unchanged`,
    ...(change.removed.length > 0 ? [`${change.removed.length} removed`] : []),
    ...(change.kept.length > 0
      ? [`${change.kept.length} no longer the build's, and left: ${change.kept.join(", ")}`]
      : []),
  ];
  const size =
    total < 1 << 20 ? `${(total / 1024).toFixed(1)} KiB` : `${(total / (1 << 20)).toFixed(1)} MiB`;
  return `${[...lines, `${manifest.length} files in ${out}, ${size}: ${counts.join(", ")}`].join("\n")}\n`;
}
