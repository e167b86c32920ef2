// `--sarif`: the findings as a SARIF log, on standard output or in a file.
import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Option } from "commander";
import { type Judged, sarifOf } from "../diagnostics/index.js";
import { version } from "./version.js";
import { writeText } from "./write.js";

/** The option. */
export function sarifOption(): Option {
  return new Option("--sarif [file]", "write what was found as SARIF, for tools of code review");
}

/**
 * Writes what `command` found in `flow` to the file `to`, or to standard output if it is `true`; neither
 * over the flow nor over one of `inputs`.
 */
export function writeSarif(
  command: string,
  to: string | true,
  findings: Judged,
  flow: string,
  inputs: Iterable<string> = [],
): void {
  const log = sarifOf(findings, { version: version(), flow, uriOf });
  writeText(command, to, `${JSON.stringify(log, undefined, 2)}\n`, [flow, ...inputs]);
}

/** Relative where the file is below the working directory, as reviews know it from there. */
function uriOf(name: string): string {
  const path = relative(process.cwd(), name);
  const parts = path.split(sep);
  const outside = isAbsolute(path) || parts[0] === "..";
  return outside ? pathToFileURL(name).href : parts.map(encodeURIComponent).join("/");
}
