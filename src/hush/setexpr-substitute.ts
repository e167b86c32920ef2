// `setexpr name sub|gsub expression replacement [text]`. What is replaced is not the place that
// matched but the first one from there on with the same text; \0 … \9 in the replacement are replaced
// one after the other, also where one of them came in by another.
import type { Shell } from "./shell.js";
import { compileSlre, type Groups, matchSlre } from "./slre.js";

/** How long the text and the replacement can be, bytes with the NUL. */
const textRoom = 16384;
const replacementRoom = 4096;

/** Sets `name` to the result. @returns the command's status. */
export function substituteVariable(
  shell: Shell,
  name: string,
  all: boolean,
  [expression = "", replacement = "", given]: readonly string[],
  set: (shell: Shell, name: string, value: string) => number,
): number {
  const slre = compileSlre(expression, shell.since("2025.10"));
  if (slre === "endless") return endless(shell);
  if (slre.error !== undefined) return fail(shell, `Error compiling regex: ${slre.error}`);
  const text = given ?? shell.environment.get(name);
  if (text === undefined) return fail(shell, `## Error: variable "${name}" not defined`);
  if (text.length + 1 > textRoom) {
    return fail(
      shell,
      `## error: subst buffer overflow: have ${textRoom}, need ${text.length + 1}`,
    );
  }
  const isSilent = shell.since("2024.01");
  let done = "";
  let rest = text;
  for (let count = 0; ; count++) {
    if (!shell.step()) return 1;
    const groups = matchSlre(slre, rest);
    if (groups === "endless") return endless(shell);
    if (!groups) {
      if (count > 0 || shell.since("2024.07")) break;
      if (!isSilent) shell.write(`${text}: No match\n`);
      return 1;
    }
    const next = replaceOnce(shell, done, rest, groups, replacement);
    if (!next) return 1;
    [done, rest] = next;
    if (!all) break;
  }
  const result = done + rest;
  if (!isSilent) shell.write(`${name}=${result}\n`);
  return set(shell, name, result);
}

/** What is done now and what is left, or nothing after an error that it has told. */
function replaceOnce(
  shell: Shell,
  done: string,
  rest: string,
  groups: Groups,
  replacement: string,
): [string, string] | undefined {
  if (replacement.length + 1 >= replacementRoom) {
    const need = replacement.length + 1;
    fail(shell, `## error: pattern buffer overflow: have ${replacementRoom}, need ${need}`);
    return undefined;
  }
  const [matched = ""] = groups;
  const filled = fill(replacement, groups);
  const at = rest.indexOf(matched);
  const length = done.length + rest.length + filled.length - matched.length;
  if (filled.length > replacementRoom || length > textRoom - done.length) {
    fail(shell, "## error: substitution buffer overflow");
    return undefined;
  }
  return [done + rest.slice(0, at) + filled, rest.slice(at + matched.length)];
}

/** The replacement with the groups in it, up to the first that is empty. */
function fill(replacement: string, groups: Groups): string {
  let filled = replacement;
  for (const [index, group] of groups.slice(0, 10).entries()) {
    if (group === "") break;
    filled = filled.replaceAll(`\\${index}`, () => group);
  }
  return filled;
}

function endless(shell: Shell): number {
  shell.end({ kind: "limit", limit: "steps" });
  return 1;
}

function fail(shell: Shell, message: string): number {
  shell.write(`${message}\n`);
  return 1;
}
