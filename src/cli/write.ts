// Where a result goes: standard output, or a file that is named.
import { inputProblem, writeContent } from "../files/index.js";
import { contentOf } from "../image/index.js";
import { finish } from "./finish.js";

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
