// What a `uboot` line does, as far as the checks look at it: its commands, each as its words. Not a
// parser of the shell: compound commands are taken apart at their keywords.
import type { Statement, Text } from "../language/index.js";
import type { Wording } from "../program/index.js";
import type { UbootStep } from "../steps/index.js";

/** The words of one command, without quotes; variables stay `${name}`. */
export type RawCommand = readonly string[];

/** The text of a `uboot` line; what only a client knows stays `{…}`. */
export function rawText({ parts }: Text): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      return part.type === "variable" ? `\${${part.name}}` : `{${part.path.join(".")}}`;
    })
    .join("");
}

/** The same of a line that was read. */
export function lineText({ line: { parts } }: Pick<UbootStep, "line">): string {
  return parts.map(partText).join("");
}

function partText(part: Wording["parts"][number]): string {
  if (typeof part === "string") return part;
  if (part.type === "given") return part.given.text;
  return part.type === "variable" ? `\${${part.name}}` : `{client.${part.key}}`;
}

/** The commands of a `uboot` line that was read. */
export const commandsOfLine = (step: UbootStep): readonly RawCommand[] =>
  commandsIn(lineText(step));

const keywords = /^(?:if|then|else|elif|fi|while|until|do|done)$/;
const token = /"([^"]*)"|'([^']*)'|[;&|\n]+|(?:\$\{[^}]*\}|[^\s;&|"'])+|\s+/g;

/** The commands in `text`, in the order they are written. */
export function commandsIn(text: string): readonly RawCommand[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let open = false;
  const end = () => {
    if (words.length > 0) commands.push(words);
    words = [];
    open = false;
  };
  for (const [whole, double, single] of text.matchAll(token)) {
    if (/^\s+$/.test(whole)) open = false;
    else if (/^[;&|\n]/.test(whole)) end();
    else if (words.length === 0 && keywords.test(whole)) end();
    else {
      const piece = double ?? single ?? whole;
      if (open) words.push(`${words.pop() ?? ""}${piece}`);
      else words.push(piece);
      open = true;
    }
  }
  end();
  return commands;
}

/** The commands of a statement: of a `uboot` line; none of any other. */
export function rawCommands(statement: Statement): readonly RawCommand[] {
  return statement.type === "uboot" ? commandsIn(rawText(statement.text)) : [];
}

const NETWORK = /^(?:tftp|tftpboot|wget|nfs|bootp|dhcp)$/;

/** Whether `command` brings something from the network. */
export function fetches([name = "", ...rest]: RawCommand): boolean {
  return NETWORK.test(name) && (name !== "dhcp" || rest.length > 0);
}
