// `--sarif`: the findings as a SARIF log, on standard output or in a file.
import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Option } from "commander";
import { type Judged, sarifOf } from "../diagnostics/index.js";
import { writeContent } from "../files/index.js";
import { contentOf } from "../image/index.js";
import { version } from "./version.js";

/** The option. */
export function sarifOption(): Option {
  return new Option("--sarif [file]", "write what was found as SARIF, for tools of code review");
}

/** Writes what was found in `flow` to the file `to`, or to standard output if it is `true`. */
export function writeSarif(to: string | true, findings: Judged, flow: string): void {
  const log = sarifOf(findings, { version: version(), flow, uriOf });
  const text = `${JSON.stringify(log, undefined, 2)}\n`;
  if (to === true) {
    process.stdout.write(text);
    return;
  }
  const problem = writeContent(to, contentOf(new TextEncoder().encode(text)));
  if (problem) throw new Error(problem.message);
}

/** Relative where the file is below the working directory, as reviews know it from there. */
function uriOf(name: string): string {
  const path = relative(process.cwd(), name);
  const parts = path.split(sep);
  const outside = isAbsolute(path) || parts[0] === "..";
  return outside ? pathToFileURL(name).href : parts.map(encodeURIComponent).join("/");
}
