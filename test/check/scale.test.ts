// What does not depend on the client is checked once: a flow with ten thousand clients costs the
// checks no more than one with ten.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkPlan } from "../../src/check/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { type Plan, planOf } from "../../src/memory/index.js";
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

/** `plan`, and how often something of one of its clients was looked at. */
function counted(plan: Plan) {
  let looks = 0;
  const { program } = plan;
  const clients = program.clients.map(
    (client) =>
      new Proxy(client, {
        get(target, key) {
          looks++;
          return Reflect.get(target, key);
        },
      }),
  );
  return { plan: { ...plan, program: { ...program, clients } }, looks: () => looks };
}

it("checks ten thousand clients with as many looks at clients as ten", () => {
  const [few, many] = [planWith(10), planWith(10_000)];
  expect(many.runs.length).toBe(10_001);
  expect(many.analyses.length).toBe(few.analyses.length);
  const [short, long] = [few, many].map((plan) => {
    const { plan: watched, looks } = counted(plan);
    checkPlan(watched, () => {});
    return looks();
  });
  expect(long).toBe(short);
});
