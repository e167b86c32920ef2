// `ubootc build`: all files of a flow into a folder. With errors nothing is written. A file that
// did not change is not touched, and what a former build made and this one does not is removed.
import * as fs from "node:fs";
import { join } from "node:path";
import { SingleBar } from "cli-progress";
import { Command, InvalidArgumentError, Option } from "commander";
import { compile } from "../compile.js";
import {
  type DiskFiles,
  diskFiles,
  type TreeChange,
  writeContent,
  writeTree,
} from "../files/index.js";
import { type Artifact, type ManifestEntry, manifestOf } from "../generate/index.js";
import { contentOf } from "../image/index.js";
import { finish } from "./finish.js";
import { plainFindings, reportAll } from "./report.js";
import { sarifOption, writeSarif } from "./sarif.js";
import { type Severities, severityOption } from "./severity.js";
import { watch } from "./watch.js";

interface Flags {
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
    .option("--strip", "leave comments and indentation out of scripts")
    .option("--depfile <file>", "write what the build depends on, as make reads it")
    .option("--watch", "build again whenever an input changes")
    .option("--json", "print what was made, or the diagnostics, as JSON")
    .addOption(sarifOption().conflicts("json"))
    .action(async (flow: string, flags: Flags) => {
      const asked = build(flow, flags);
      if (flags.watch) await watch(asked, () => build(flow, flags));
    });
}

/** `-D name=value`, as often as wanted. */
export function defineOption(): Option {
  return new Option("-D, --define <name=value>", "give a parameter of the flow its value")
    .default({})
    .argParser((text: string, before: Readonly<Record<string, string>>) => {
      const at = text.indexOf("=");
      if (at < 1) throw new InvalidArgumentError("write it as name=value");
      return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
    });
}

/** Builds once and says what came of it; returns the inputs that were asked for. */
function build(flow: string, flags: Flags): ReadonlySet<string> {
  const files = diskFiles();
  try {
    buildFrom(files, flow, flags);
  } catch (error) {
    // A disk that is full or an input that changes meanwhile is no bug of ours.
    finish("build", [error instanceof Error ? error.message : String(error)]);
  } finally {
    files.close();
  }
  return files.asked;
}

function buildFrom(files: DiskFiles, flow: string, flags: Flags): void {
  const { define: parameters, severity: severities, strip = false, out } = flags;
  const time = sourceDateEpoch();
  const compilation = compile(flow, { files, parameters, severities, strip, time });
  const { artifacts, diagnostics } = compilation;
  if (!flags.json) reportAll(diagnostics);
  if (flags.sarif !== undefined) writeSarif("build", flags.sarif, compilation, flow);
  if (!artifacts) {
    if (flags.json) printJson(plainFindings(compilation));
    process.exitCode = 1;
    return;
  }
  const manifest = manifestOf(artifacts);
  const change = write(out, artifacts, manifest);
  if (flags.depfile !== undefined) writeDepfile(flags.depfile, out, files.asked);
  if (flags.json) {
    printJson({ out, files: manifest, ...change, ...plainFindings(compilation) });
  } else if (flags.sarif !== true) process.stdout.write(summary(out, manifest, change));
}

/** The time in image headers (https://reproducible-builds.org/specs/source-date-epoch/). */
function sourceDateEpoch(): number {
  const text = process.env.SOURCE_DATE_EPOCH;
  if (text === undefined || text === "") return 0;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffffffff) {
    throw new Error(`SOURCE_DATE_EPOCH is not a number of seconds: ${text}`);
  }
  return Number(text);
}

function write(
  out: string,
  artifacts: readonly Artifact[],
  manifest: readonly ManifestEntry[],
): TreeChange {
  const contents = new Map(artifacts.map((each) => [`${each.root}/${each.name}`, each.content]));
  const text = `${JSON.stringify({ files: manifest }, undefined, 1)}\n`;
  const files = manifest.map(({ path, sha256 }) => ({
    path,
    sha256,
    content: contents.get(path) ?? contentOf(new Uint8Array()),
  }));
  const bar = progressBar(files.length);
  try {
    const former = formerFiles(join(out, MANIFEST));
    const change = writeTree(out, files, former.paths, (done) => bar?.update(done));
    if (former.text !== text) {
      const problem = writeContent(join(out, MANIFEST), contentOf(new TextEncoder().encode(text)));
      if (problem) throw new Error(problem.message);
    }
    return change;
  } finally {
    bar?.stop();
  }
}

const MANIFEST = "manifest.json";

/** What a former build wrote; nothing when there was none or its manifest is not ours. */
function formerFiles(path: string): { text: string; paths: readonly string[] } {
  let text = "";
  try {
    text = fs.readFileSync(path, "utf8");
    const { files }: { files: { path: string }[] } = JSON.parse(text);
    return { text, paths: files.map((each) => String(each.path)) };
  } catch {
    return { text, paths: [] };
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
function writeDepfile(path: string, out: string, asked: ReadonlySet<string>): void {
  const escaped = (name: string) => name.replaceAll("$", "$$$$").replace(/([ #])/g, "\\$1");
  const inputs = [...asked].map(escaped);
  const text = `${escaped(join(out, MANIFEST))}: ${inputs.join(" \\\n  ")}\n${inputs.map((each) => `\n${each}:\n`).join("")}`;
  const problem = writeContent(path, contentOf(new TextEncoder().encode(text)));
  if (problem) throw new Error(problem.message);
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** What was made, a line a file; where there are many, the first of each folder. */
function summary(out: string, manifest: readonly ManifestEntry[], change: TreeChange): string {
  const SHOWN = 12;
  const lines: string[] = [];
  const written = new Set(change.written);
  const folders = new Set(manifest.map(({ path }) => path.slice(0, path.lastIndexOf("/"))));
  for (const folder of folders) {
    const files = manifest.filter(
      ({ path }) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes("/"),
    );
    const width = Math.max(...files.slice(0, SHOWN).map(({ path }) => path.length));
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
  ];
  const size =
    total < 1 << 20 ? `${(total / 1024).toFixed(1)} KiB` : `${(total / (1 << 20)).toFixed(1)} MiB`;
  return `${[...lines, `${manifest.length} files in ${out}, ${size}: ${counts.join(", ")}`].join("\n")}\n`;
}
