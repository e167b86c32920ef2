// `ubootc explain`: what a code means, as a short page; without one, all codes with a line each.
// Exits with 1 when there is no such code.
import { Command } from "commander";
import { allCodes, entryOf, nearest } from "../diagnostics/index.js";
import { examples } from "./explain-examples.js";
import { finish } from "./finish.js";

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 80;

/** The command. */
export function explainCommand(): Command {
  return new Command("explain")
    .description("explain a code that a message began with, or list them all")
    .argument("[code]", "the code, such as kernel-overlap")
    .action((asked: string | undefined) => {
      finish("explain", asked === undefined ? list() : show(asked));
    });
}

function list(): readonly string[] {
  const width = Math.max(...allCodes.map((code) => code.length));
  for (const code of allCodes) {
    const [sentence = ""] = entryOf(code).explain.split(/(?<=\.)\s/);
    process.stdout.write(`${code.padEnd(width)}  ${shortened(sentence, width + 2)}\n`);
  }
  return [];
}

/** `text` cut to what is left of the line on a terminal. */
function shortened(text: string, taken: number): string {
  const { isTTY, columns } = process.stdout;
  const room = Math.max(20, columns - taken);
  return isTTY && text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function show(asked: string): readonly string[] {
  // As it stands in a message, too.
  const name = asked.replace(/^(?:error|warning)\[(.*)\]:?$/, "$1");
  const code = allCodes.find((each) => each === name);
  if (!code) {
    const meant = nearest(name, allCodes);
    const hint = meant ? `did you mean ${meant}?` : "`ubootc explain` lists them";
    return [`there is no code ${JSON.stringify(name)}; ${hint}`];
  }
  const { severity, explain } = entryOf(code);
  const paragraphs = [...explain.split("\n\n").map(wrapped), ...exampleOf(code)];
  process.stdout.write(`${[`${severity}[${code}]`, ...paragraphs].join("\n\n")}\n`);
  return [];
}

/** Lines that are wrong, and the same put right. */
function exampleOf(code: string): readonly string[] {
  const example = new Map(Object.entries(examples)).get(code);
  if (!example) return [];
  const part = (title: string, text: string) => `${title}:\n${text.replace(/^/gm, "    ")}`;
  const right = example.right === "" ? "Right: without it." : part("Right", example.right);
  return [part("Wrong", example.wrong), right];
}

function wrapped(paragraph: string): string {
  const width = Math.min(WIDEST, process.stdout.isTTY ? process.stdout.columns : WIDEST);
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
