// Test results as TAP 13 (https://testanything.org/tap-version-13-specification.html): nothing of TAP 14
// is needed, and Perl's `prove` objects to what calls itself that.
import { oneLine } from "../ground/index.js";
import type { Failure, TestResult } from "./run-tests.js";

/** The results as a TAP stream. */
export function tapOf(results: readonly TestResult[]): string {
  const points = results.flatMap((result, index) => pointOf(result, index + 1));
  return `${["TAP version 13", `1..${results.length}`, ...points].join("\n")}\n`;
}

function pointOf({ title, at, failures }: TestResult, number: number): readonly string[] {
  const good = failures.length === 0;
  const description = oneLine(title).replace(/[\\#]/g, "\\$&");
  const point = `${good ? "ok" : "not ok"} ${number} - ${description}`;
  if (good) return [point];
  const rows = [`at: ${yaml(at)}`, "failures:", ...failures.flatMap(failureRows)];
  return [point, ...["---", ...rows, "..."].map((row) => `  ${row}`)];
}

const failureRows = ({ clients, misses, tail }: Failure): readonly string[] => [
  `  - client: ${yaml(clients)}`,
  "    misses:",
  ...misses.flatMap(({ at, expected, found }) => [
    `      - at: ${yaml(at)}`,
    `        expected: ${yaml(expected)}`,
    `        found: ${yaml(found)}`,
  ]),
  `    console:${tail.length === 0 ? " []" : ""}`,
  ...tail.map((line) => `      - ${yaml(line)}`),
];

/** `text` in YAML's double quotes (https://yaml.org/spec/1.2.2, 5.7), whatever it holds. */
function yaml(text: string): string {
  return JSON.stringify(text).replace(/(?! )[\p{C}\p{Z}]/gu, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16);
    return number.length > 4 ? `\\U${number.padStart(8, "0")}` : `\\u${number.padStart(4, "0")}`;
  });
}
