// What does not depend on the client is checked once: a flow with ten thousand clients costs the
// checks no more than one with ten.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkPlan } from "../../src/check/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { planOf } from "../../src/memory/index.js";
import { resolve } from "../../src/program/index.js";
import { readScripts } from "../../src/steps/index.js";

const example = join(import.meta.dirname, "../../examples/zero-client");

/** The plan of the example with so many clients, from a table. */
function planWith(clients: number) {
  // Without the tests of the example, which name its clients.
  const flow = readFileSync(join(example, "zero-client.boot"), "utf8")
    .replace(/client bench-1[\s\S]*?\nclient \*/, 'clients from "lab.csv"\nclient *')
    .replace(/^test "[\s\S]*/m, "");
  const rows = Array.from({ length: clients }, (_, index) => `c${index},${index}\n`);
  const files = memoryFiles({
    "lab.boot": flow,
    "lab.csv": `name,serial\n${rows.join("")}`,
    "Image.gz": readFileSync(join(example, "Image.gz")),
    "bcm2837-rpi-3-b.dtb": readFileSync(join(example, "bcm2837-rpi-3-b.dtb")),
  });
  const { program } = resolve("lab.boot", { files });
  if (!program) throw new Error("the flow has errors");
  return planOf(
    readScripts(program, () => {}),
    () => {},
  );
}

/** The best of five, in ms. */
function timeOf(work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

it("checks ten thousand clients as fast as ten", () => {
  const [few, many] = [planWith(10), planWith(10_000)];
  expect(many.runs.length).toBe(10_001);
  expect(many.analyses.length).toBe(few.analyses.length);
  const [short, long] = [few, many].map((plan) => timeOf(() => checkPlan(plan, () => {})));
  // Both are well under a millisecond: room for the clock.
  expect(long).toBeLessThan(2 * (short as number) + 2);
});
