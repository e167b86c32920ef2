// Generated scripts on the virtual board and on Debian's U-Boot in QEMU: few of each family, the same each
// time. Many, and newer releases: generated.soak.ts.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { have } from "../../tools/tools.js";
import { boardTools } from "../e2e/board.js";
import { qemu } from "./generated/boards.js";
import { compare, families, placeOf, report } from "./generated/compare.js";

const { FAMILIES = "", CASES = "25", SEED = "1", SHOWN = "3" } = process.env;
const chosen = families.filter(({ name }) => FAMILIES === "" || FAMILIES.split(",").includes(name));

describe.runIf(have(...boardTools))("generated scripts", { timeout: 600_000 }, () => {
  it.each(chosen)("of $name end alike", async (family) => {
    const root = mkdtempSync(join(tmpdir(), "ubootc-generated-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const place = placeOf(root, qemu, family);
    const count = await compare(family, qemu, { seed: Number(SEED), count: Number(CASES), place });
    expect(count.different.length, report(count, Number(SHOWN))).toBe(0);
  });
});
