// TAP and JUnit's XML read by programs that are not ours. Needs prove (Perl) and xmllint.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { junitOf, tapOf } from "../../../src/trial/index.js";
import { have, run } from "../../tools/tools.js";
import { results } from "../../trial/results.js";

it.runIf(have("prove"))("TAP is read so by Perl's harness, too", () => {
  const text = tapOf(fc.sample(results, { numRuns: 50, seed: 1 }).flat());
  const file = join(mkdtempSync(join(tmpdir(), "ubootc-tap-")), "all.tap");
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  writeFileSync(file, text);
  const { stdout } = run("prove", ["--exec", "cat", file]);
  const [points, failed] = [/^(?:not )?ok /gm, /^not ok /gm].map(
    (each) => text.match(each)?.length ?? 0,
  );
  expect(stdout).toContain(`Tests: ${points} Failed: ${failed})`);
  expect(stdout).not.toContain("Parse errors");
});

it.runIf(have("xmllint"))("JUnit's XML is what its readers' schemas allow", () => {
  const folder = mkdtempSync(join(tmpdir(), "ubootc-junit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = fc.sample(results, { numRuns: 50, seed: 1 }).map((all, index) => {
    const file = join(folder, `${index}.xml`);
    writeFileSync(file, junitOf("a.boot", all));
    return file;
  });
  const schema = join(import.meta.dirname, "junit.xsd");
  const { status, stderr } = run("xmllint", ["--noout", "--schema", schema, ...files]);
  expect([status, stderr.replaceAll(/^.* validates\n/gm, "")]).toEqual([0, ""]);
});
