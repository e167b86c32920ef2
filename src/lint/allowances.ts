// `# ubootc: allow CODE why` of a script: it covers its own line, or the next one with a command when
// it stands on a line by itself.
import { type Allowance, positionOf, type Span } from "../diagnostics/index.js";
import type { Script } from "./script.js";

const pattern = /^\s*ubootc:\s*allow\s+([a-z][a-z0-9-]*)\s*[:-]?\s*(.*)$/;

/** The allowances in `script`, in the order they are written. */
export function allowancesIn({ source, parsed }: Script): readonly Allowance[] {
  const [first] = parsed.values();
  return (first?.tree.comments ?? []).flatMap(({ start, end, text }) => {
    const [, code, why = ""] = pattern.exec(text) ?? [];
    if (code === undefined) return [];
    const at = start + 1 + text.indexOf(code, text.indexOf("allow") + "allow".length);
    return {
      code,
      why: why.trim(),
      at: { source, start: at, end: at + code.length },
      span: { source, start, end },
      covers: coveredBy({ source, start, end }),
    };
  });
}

function coveredBy({ source, start }: Span): Span {
  const { text } = source;
  const { column } = positionOf(source, start);
  const before = text.slice(start - column + 1, start);
  let from = start - column + 1;
  if (before.trim() === "") {
    // Comments and empty lines between it and the command do not matter.
    const rest = /^(?:[^\n]*\n)(?:[ \t]*(?:#[^\n]*)?\n)*/.exec(text.slice(from));
    from += rest?.[0].length ?? 0;
  }
  const end = text.indexOf("\n", from);
  return { source, start: from, end: end < 0 ? text.length : end };
}
