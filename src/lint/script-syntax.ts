// What the parser of U-Boot refuses. With two dialects in question: what both do; what only one of
// them refuses is `not-portable`.
import { diagnoseScript } from "../diagnostics/index.js";
import type { SyntaxFault } from "../hush/index.js";
import type { Rule } from "./rule.js";

export const scriptSyntax: Rule = ({ source, parsed, dialects: [dialect = "old"] }, report) => {
  for (const fault of parsed.get(dialect)?.errors ?? []) {
    const { kind, start } = fault;
    const end = Math.max(fault.end, start + 1);
    const shown = kind === "broken" ? Math.min(end, lineEnd(source.text, start)) : end;
    const span = { source, start, end: shown };
    report(diagnoseScript("script-syntax", { kind, word: wordOf(fault) }, span));
  }
};

function wordOf(fault: SyntaxFault): string | undefined {
  if ("word" in fault) return fault.word;
  if (fault.kind === "operator") return fault.operator;
  return fault.kind === "broken" ? fault.what : undefined;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
