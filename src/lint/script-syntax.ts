// What the parser of U-Boot refuses. With two dialects in question: what both do; what only one of
// them refuses is shell-dialect's, but for an open quote: to the old parser it ends where the script
// does, with all the rest inside of it, which nobody means.
import { diagnoseScript } from "../diagnostics/index.js";
import { parse, type SyntaxFault } from "../hush/index.js";
import type { Rule } from "./rule.js";
import { plainText, type Script } from "./script.js";

export const scriptSyntax: Rule = (script, report) => {
  const { source } = script;
  for (const fault of faultsIn(script)) {
    const { kind, start } = fault;
    const end = Math.max(fault.end, start + 1);
    const shown = kind === "broken" ? Math.min(end, lineEnd(source.text, start)) : end;
    const span = { source, start, end: shown };
    report(diagnoseScript("script-syntax", { kind, word: wordOf(fault) }, span));
  }
};

function faultsIn({ source, parsed, dialects: [dialect = "old"] }: Script): readonly SyntaxFault[] {
  const own = parsed.get(dialect)?.errors ?? [];
  if (own.length > 0 || dialect === "modern") return own;
  const modern = parsed.get("modern") ?? parse(plainText(source.text), "modern");
  return modern.errors.filter(isOpenQuote);
}

const isOpenQuote = (fault: SyntaxFault) =>
  fault.kind === "broken" && (fault.what === "single" || fault.what === "double");

function wordOf(fault: SyntaxFault): string | undefined {
  if ("word" in fault) return fault.word;
  if (fault.kind === "operator") return fault.operator;
  return fault.kind === "broken" ? fault.what : undefined;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
