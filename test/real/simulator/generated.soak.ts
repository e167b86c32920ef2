// Generated scripts on the virtual board and on a real U-Boot, counted. With variables: UBOOT_SANDBOX, the
// programs of sandboxes, with a colon between; DIALECT of the shell; FAMILIES; CASES of each; SEED of the first; SHOWN differences.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { sandbox } from "./generated/boards.js";
import { compare, families, placeOf, report } from "./generated/compare.js";

const {
  UBOOT_SANDBOX = "",
  DIALECT,
  FAMILIES = "",
  CASES = "20000",
  SEED = "1",
  SHOWN = "5",
} = process.env;
const chosen = families.filter(({ name }) => FAMILIES === "" || FAMILIES.split(",").includes(name));
const boards = UBOOT_SANDBOX.split(":")
  .filter((program) => program !== "")
  .flatMap((program) => [sandbox(program, "old"), sandbox(program, "modern")])
  .filter(({ settings }) => DIALECT === undefined || settings.dialect === DIALECT)
  .filter(({ settings }) => settings.dialect === "old" || (settings.release ?? "") >= "2024.04");
/** How many go into one run of a board. */
const BATCH = 1000;

it.skipIf(boards.length === 0)("generated scripts end alike", async () => {
  const root = mkdtempSync(join(tmpdir(), "ubootc-generated-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  let different = 0;
  for (const board of boards) {
    for (const family of chosen) {
      const counts = [];
      for (let done = 0; done < Number(CASES); done += BATCH) {
        const count = Math.min(BATCH, Number(CASES) - done);
        const place = placeOf(root, board, family);
        counts.push(await compare(family, board, { seed: Number(SEED) + done, count, place }));
      }
      const otherwise = new Map<string, number>();
      for (const [how, count] of counts.flatMap((each) => [...each.otherwise])) {
        otherwise.set(how, (otherwise.get(how) ?? 0) + count);
      }
      const all = {
        ...{ family: family.name, board: board.name, otherwise },
        equal: counts.reduce((sum, each) => sum + each.equal, 0),
        different: counts.flatMap((each) => each.different),
      };
      different += all.different.length;
      console.log(report(all, Number(SHOWN)));
    }
  }
  expect(different).toBe(0);
});
