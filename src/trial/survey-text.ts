// A survey as a table: where the board ends, the worst first, and what has to go wrong for that.
import { faultText } from "../program/index.js";
import type { Row, Survey } from "./all-faults.js";
import { grouped } from "./grouped.js";
import type { Severity } from "./verdict.js";

const headings: Readonly<Record<Severity, string>> = {
  wrong: "starts something that was not meant",
  hang: "hangs",
  unknown: "cannot be told",
  damaged: "starts with something that is not whole",
  reset: "resets",
  prompt: "ends at the prompt",
  trying: "goes on trying",
  searching: "looks for something to boot by itself",
  off: "is switched off",
  fallback: "boots something else",
  booted: "boots the same in the end",
};

/** The table of one board, called `name`. */
export function surveyText(name: string, { sound, rows, tried }: Survey): string {
  const lines = [`${name}: ${sound.text} when nothing is wrong; ${tried} ways it can go wrong`];
  if (rows.length < tried)
    lines.push(`  ${tried - rows.length} pairs that end as one of the two alone are not shown`);
  const bySeverity = grouped(rows, ({ severity }) => severity);
  for (const [severity, some] of bySeverity) {
    lines.push("", `  ${headings[severity]}: ${some.length} of ${tried}`);
    const ends = grouped(some, ({ text, problems }) => [text, ...problems].join("; "));
    for (const [end, causes] of ends) {
      lines.push(`    ${end}`, ...causesOf(causes).map((cause) => `      ${cause}`));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The faults, those about one thing on one line: `tftp linux timeout, short`. */
function causesOf(rows: readonly Row[]): readonly string[] {
  const words = rows.map(({ faults }) => {
    const texts = faults.map(faultText);
    const last = texts.at(-1)?.split(" ") ?? [];
    const failure = last.pop() ?? "";
    return { thing: [...texts.slice(0, -1), last.join(" ")].join(" and "), failure };
  });
  return [...grouped(words, ({ thing }) => thing)].map(
    ([thing, some]) => `${thing} ${some.map(({ failure }) => failure).join(", ")}`,
  );
}
