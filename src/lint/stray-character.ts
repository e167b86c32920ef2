// Characters that look like a blank or a quote, outside of comments and quotes; a NUL byte anywhere.
import { diagnoseScript } from "../diagnostics/index.js";
import { parse } from "../hush/index.js";
import type { Rule } from "./rule.js";
import { lookalikes, spanIn } from "./script.js";

export const strayCharacter: Rule = ({ source, dialects: [dialect = "old"] }, report) => {
  const nul = source.text.indexOf("\0");
  if (nul >= 0) {
    const instead = "remove it: what comes after it is never read";
    report(diagnoseScript("stray-character", { found: "\0", instead }, spanIn(source, nul, 1)));
  }
  for (const token of parse(source.text, dialect).tokens) {
    if (token.type !== "word") continue;
    for (const part of token.parts) {
      if (part.type !== "text" || part.quote !== "none") continue;
      const written = source.text.slice(part.start, part.end);
      for (const [index, found] of [...written].entries()) {
        const meant = lookalikes.get(found);
        if (meant === undefined) continue;
        const instead = meant === " " ? "type a space" : `type ${meant}`;
        const span = spanIn(source, part.start + index, 1);
        report(diagnoseScript("stray-character", { found, instead }, span));
        break;
      }
    }
  }
};
