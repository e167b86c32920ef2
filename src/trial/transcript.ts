// The console of a boot beside the lines of the flow, or of the script, that made it say so.

import { positionOf } from "../diagnostics/index.js";
import { fileName } from "../ground/index.js";
import type { Running } from "../hush/index.js";
import type { CommandRun } from "../simulator/index.js";
import type { Boot } from "./boot.js";
import type { Desk } from "./desk.js";

/** A line of the console, and the line of the source that it comes from. */
export interface TranscriptLine {
  /** `zero-client.boot:23`; undefined: U-Boot's own. */
  readonly source?: string;
  readonly text: string;
  /** Whether a script of a flow says there that it failed. */
  readonly failed: boolean;
}

/** The console of `boot`, line by line, as it looks in the end. */
export function transcriptOf({ said, desk }: Said): readonly TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  let text = "";
  let source: string | undefined;
  let failed = false;
  const end = () => {
    lines.push({ text: shown(text), failed, ...(source !== undefined && { source }) });
    text = "";
    source = undefined;
    failed = false;
  };
  for (const piece of said) {
    for (const part of piece.text.split(/(?<=\n)/)) {
      source ??= sourceOf(piece.running, desk);
      failed ||= reports(piece.running, desk);
      text += part.replace(/\r?\n$/, "");
      if (part.endsWith("\n")) end();
    }
  }
  if (text !== "") end();
  return lines;
}

/** `text` with what backspaces and carriage returns do; nothing in it controls a terminal. */
function shown(text: string): string {
  const out: string[] = [];
  for (const character of text) {
    if (character === "\b") out.pop();
    else if (character === "\t" || !/\p{Cc}/u.test(character) || character === "\r") {
      out.push(character);
    }
  }
  return out.join("").split("\r").at(-1) ?? "";
}

type Said = Pick<Boot, "said"> & Placed;
type Placed = { readonly desk?: Pick<Desk, "lineOf"> };

/**
 * The line that runs: of the flow where the script was made from one. What is on the desk says that of its
 * scripts; a build that was only found says it in comments.
 */
export function sourceOf(
  running: readonly Running[],
  desk?: Pick<Desk, "lineOf">,
): string | undefined {
  const script = scriptOf(running);
  if (!script) return undefined;
  const { name, text, start } = script;
  const { line: at } = positionOf({ name, text }, start);
  const place = desk?.lineOf?.(text, at - 1)?.place;
  if (place) {
    const { line } = positionOf(place.source, place.start);
    return `${fileName(place.source.name)}:${line}`;
  }
  const flow = /^# \S+: made by ubootc from (.+?)(?:, for \S+)?$/m.exec(text)?.[1];
  if (flow === undefined) {
    return `${name}:${at}`;
  }
  // Before each statement stands a comment with its line in the flow.
  const lines = [...text.slice(0, start).matchAll(/^ *# (\d+): /gm)];
  const line = lines.at(-1)?.[1];
  return line === undefined ? flow : `${flow}:${line}`;
}

/** The innermost script: what `run` is given may be one, too, if it is long enough. */
const scriptOf = (running: readonly Running[]) =>
  running.findLast(({ text }) => text.trimEnd().includes("\n")) ?? running.at(-1);

/** Whether what runs is what says that a script of a flow failed. */
function reports(running: readonly Running[], desk?: Pick<Desk, "lineOf">): boolean {
  const script = scriptOf(running);
  if (!script) return false;
  const { name, text, start } = script;
  const { line: at } = positionOf({ name, text }, start);
  const known = desk?.lineOf?.(text, at - 1);
  return known ? known.reports : REPORT.test(text.slice(start));
}

/** How it is written, for scripts that were only found. */
const REPORT = /^echo "[\w-]+(?: failed: \$\{ubootc_failed\}|: on to the U-Boot prompt)"/;

interface Look {
  readonly color?: boolean;
}

/** Two columns: where it comes from, said once where several lines do, and the console. */
export function transcriptText(boot: Said, { color = false }: Look = {}): string {
  const lines = transcriptOf(boot);
  const width = Math.max(0, ...lines.map(({ source = "" }) => source.length));
  let before: string | undefined;
  return lines
    .map(({ source, text }) => {
      const label = (source === before ? "" : (source ?? "")).padEnd(width);
      before = source;
      return `${`${faint(label, color)}  ${text}`.trimEnd()}\n`;
    })
    .join("");
}

const faint = (text: string, color: boolean) =>
  color && text.trim() !== "" ? `\x1b[2m${text}\x1b[22m` : text;

/** Every command with what it did: its status, variables, memory, and what it printed. */
export function traceText(
  boot: Pick<Boot, "commands"> & Placed,
  { color = false }: Look = {},
): string {
  const commands = [...boot.commands].sort((a, b) => a.index - b.index);
  const labels = commands.map(({ running }) => sourceOf(running, boot.desk) ?? "");
  const width = Math.max(0, ...labels.map((label) => label.length));
  let before: string | undefined;
  return commands
    .map((command, index) => {
      const label = labels[index] ?? "";
      const shownLabel = (label === before ? "" : label).padEnd(width);
      before = label;
      const rows = [`${time(command)}  ${command.words.join(" ")}`, ...effects(command)];
      return rows
        .map((row, number) => {
          const column = number === 0 ? shownLabel : " ".repeat(width);
          return `${`${faint(column, color)}  ${row}`.trimEnd()}\n`;
        })
        .join("");
    })
    .join("");
}

const time = ({ time }: CommandRun) => `${(time / 1000).toFixed(3)}s`.padStart(9);

function effects({ status, variables, writes, console }: CommandRun): readonly string[] {
  const set = [...variables].map(([name, value]) =>
    value === undefined ? `${name} is gone` : `${name}=${value}`,
  );
  const memory = writes.map(
    ({ address, size, name }) => `${size} bytes at 0x${address.toString(16)}: ${name}`,
  );
  const said = shownLines(console);
  return [
    ...(status === 0 ? [] : [`status ${status}`]),
    ...set,
    ...memory,
    ...said.map((line) => `| ${line}`),
  ].map((row) => `${" ".repeat(9)}    ${row}`);
}

const shownLines = (console: string) =>
  console
    .split(/\r?\n/)
    .map(shown)
    .filter((line) => line.trim() !== "");
