// Test results as JUnit's XML, in the form that Jenkins, GitLab and GitHub's actions read: suites, a
// suite for the flow, a case for each test. Left out: properties, and output of tests that hold.
import { xmlText } from "../ground/index.js";
import type { Failure, TestResult } from "./run-tests.js";

/** The results of the flow called `flow` as a document. */
export function junitOf(flow: string, results: readonly TestResult[]): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const time = results.reduce((sum, each) => sum + each.time, 0) / 1000;
  const counts = `tests="${results.length}" failures="${failed}" errors="0" time="${time.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${xmlText(flow)}" ${counts} skipped="0">`,
    ...results.flatMap((result) => caseOf(flow, result)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function caseOf(flow: string, { title, time, failures }: TestResult): readonly string[] {
  const head = `    <testcase name="${xmlText(title)}" classname="${xmlText(flow)}" time="${(time / 1000).toFixed(3)}"`;
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
  const message = xmlText(messages.join("; "));
  const text = xmlText(texts.join("\n\n"));
  return `      <failure type="expectation" message="${message}">${text}</failure>`;
}
