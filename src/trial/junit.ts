// Test results as JUnit's XML, in the form that Jenkins, GitLab and GitHub's actions read: suites, a
// suite for the flow, a case for each test. Left out: properties, and output of tests that hold.
import type { Failure, TestResult } from "./run-tests.js";

/** The results of the flow called `flow` as a document. */
export function junitOf(flow: string, results: readonly TestResult[]): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const time = results.reduce((sum, each) => sum + each.time, 0) / 1000;
  const counts = `tests="${results.length}" failures="${failed}" errors="0" time="${time.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(flow)}" ${counts} skipped="0">`,
    ...results.flatMap((result) => caseOf(flow, result)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function caseOf(flow: string, { title, time, failures }: TestResult): readonly string[] {
  const head = `    <testcase name="${escaped(title)}" classname="${escaped(flow)}" time="${(time / 1000).toFixed(3)}"`;
  if (failures.length === 0) return [`${head}/>`];
  return [`${head}>`, failureElement(failures), "    </testcase>"];
}

/** One for a case, of however many boards: Jenkins shows no more than that. */
function failureElement(failures: readonly Failure[]): string {
  const messages = failures.map(({ clients, misses: [first] }) => {
    return `${clients}: expected ${first?.expected}, found ${first?.found}`;
  });
  const texts = failures.map(({ clients, misses, tail }) => {
    const rows = misses.map(
      ({ at, expected, found }) => `${at}: expected ${expected}, found ${found}`,
    );
    const title = failures.length > 1 ? [`${clients}:`] : [];
    return [...title, ...rows, "", ...tail].join("\n");
  });
  const message = escaped(messages.join("; "));
  const text = escaped(texts.join("\n\n"));
  return `      <failure type="expectation" message="${message}">${text}</failure>`;
}

/** `text` as XML 1.0 can hold it: what has no form there becomes a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "?")
    .replace(/[&<>"\n\t]/g, (sign) => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};
