// An example of wrong and right for each code: where the flow (or script) in test/errors and its neighbour
// differ, and the line that the finding is about.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lineText, positionOf } from "../../src/diagnostics/index.js";
import { looked } from "../errors/looked.js";

/** Lines of a flow or script. */
export interface Example {
  readonly wrong: string;
  /** Empty where the wrong lines are simply not there. */
  readonly right: string;
}

/** More lines than these say less. */
const MOST = 6;
/** Nor do longer ones. */
const WIDEST = 100;

function linesOf(code: string, name: "flow" | "neighbour"): readonly string[] {
  const folder = join(import.meta.dirname, "../errors", code);
  const script = join(folder, `${name === "flow" ? "boot" : name}.cmd`);
  const path = existsSync(script) ? script : join(folder, `${name}.boot`);
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8").split(/\r?\n/);
}

/** The lines of `text` that are not in `other`, each as often as it is more. */
function lessOf(text: readonly string[], other: readonly string[]): readonly string[] {
  const rest = [...other];
  return text.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0 && line.trim() !== "" && !/^\s*#(?! ubootc)/.test(line);
  });
}

/** The lines that the findings of the flow point at. */
function pointedAt(code: string): readonly string[] {
  const spans = looked(code, "flow").diagnostics.flatMap(({ labels }) =>
    labels.map(({ span }) => span),
  );
  return spans
    .filter(({ source }) => /\.(?:boot|cmd)$/.test(source.name))
    .map(({ source, start }) => lineText(source, positionOf(source, start).line));
}

const shortened = (line: string) => (line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line);

/** `lines` without what all of them are indented by, and without control characters. */
function shown(lines: readonly string[]): string {
  const depth = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  const cut = lines.slice(0, MOST).map((line) => shortened(line.slice(depth).trimEnd()));
  return cut.join("\n").replace(/[^\n\x20-\x7e\u00a0-\uffff]/g, "\ufffd");
}

/** The example of `code`; undefined where the files beside the flow make the difference. */
export function exampleOf(code: string): Example | undefined {
  const [flow, neighbour] = [linesOf(code, "flow"), linesOf(code, "neighbour")];
  const [wrong, right] = [lessOf(flow, neighbour), lessOf(neighbour, flow)];
  const pointed = pointedAt(code).filter((line) => line.trim() !== "");
  const bad = wrong.length > 0 ? wrong : pointed.slice(0, 1);
  if (bad.length === 0 || (wrong.length === 0 && right.length === 0)) return undefined;
  return { wrong: shown(bad), right: right.length === 0 ? "" : shown(right) };
}
