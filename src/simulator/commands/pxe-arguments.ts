// Variables, quotes and backslashes in a command line that a menu gives. Not the shell's rules, but those
// of the simple parser: governed by cli_simple_process_macros in common/cli_simple.c.
import type { Environment } from "../../hush/index.js";

/** `text` with the values of its variables, cut to less than `limit` characters. */
export function fillIn(text: string, environment: Environment, limit: number): string {
  let made = "";
  let state: "plain" | "dollar" | "name" | "quoted" = "plain";
  let start = 0;
  for (let at = 0, last = ""; at < text.length && made.length < limit; at++) {
    if (state !== "quoted" && text[at] === "\\" && last !== "\\") {
      last = "\\";
      at += 1;
    }
    const next = text.charAt(at);
    const bare = last !== "\\";
    if (state === "plain") {
      if (next === "'" && bare) state = "quoted";
      else if (next === "$" && bare) state = "dollar";
      else made += next;
    } else if (state === "dollar") {
      const opens = next === "(" || next === "{";
      state = opens ? "name" : "plain";
      if (opens) start = at + 1;
      else made += `$${next}`;
    } else if (state === "name") {
      if (next === ")" || next === "}") {
        made += environment.get(text.slice(start, at)) ?? "";
        state = "plain";
      }
    } else if (next === "'" && bare) state = "plain";
    else made += next;
    last = next;
  }
  return made.slice(0, limit - 1);
}
