// Where a result goes: standard output, or a file that is named. What names and files of others may hold
// moves no cursor: what is for people to read goes through `say`, or through `render` with its colours.
import { visible } from "../diagnostics/index.js";
import { inputProblem, writeContent } from "../files/index.js";
import { contentOf } from "../image/index.js";
import { finish } from "./finish.js";

/** Says `text`, of whole lines, on standard output or on standard error. */
export function say(text: string, output: NodeJS.WritableStream = process.stdout): void {
  output.write(text.split("\n").map(visible).join("\n"));
}

/**
 * Writes `text` to the file `to`, or to standard output if it is `true`; `command` says if it cannot.
 * None of `inputs` is written over.
 */
export function writeText(
  command: string,
  to: string | true,
  text: string,
  inputs: Iterable<string> = [],
): void {
  if (to === true) {
    process.stdout.write(text);
    return;
  }
  const problem =
    inputProblem(to, inputs) ??
    writeContent(to, contentOf(new TextEncoder().encode(text)))?.message;
  finish(command, problem === undefined ? [] : [problem]);
}
