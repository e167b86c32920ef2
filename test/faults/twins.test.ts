// Codes that more than one door says: the check of a flow and the rules for scripts. What is known of each is
// in src/faults, once; a door that asks nothing there has its reason here.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { allCodes } from "../../src/diagnostics/index.js";

const source = join(import.meta.dirname, "../../src");

/** What the doors know by themselves, and why that is not the same. */
const own: Readonly<Record<string, string>> = {
  "expanded-never":
    "a flow has no quotes of the shell: `$name` in its texts is a mistake of another kind",
  "variable-unset":
    "a flow sees all that is set in it; a script is run in an environment of its board, so only addresses are looked at",
  "region-overlap":
    "one geometry (`overlap` in memory/): a flow has a time line, a script what lies there at a boot",
  "legacy-image": "one property of the board; what is an image differs",
  "wrong-boot-command": "one function says the right command (`landingOf` in memory/)",
  "fit-missing": "one property of the board; what is a FIT differs",
};

const textsOf = (folder: string) =>
  readdirSync(join(source, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(source, folder, name), "utf8"));

it("each asks one knowledge", () => {
  const doors = ["check", "lint"].map(textsOf);
  const twins = allCodes.flatMap((code) => {
    const found = doors.map((texts) => texts.filter((text) => text.includes(`"${code}"`)));
    return found.every((texts) => texts.length > 0) ? [{ code, texts: found.flat() }] : [];
  });
  expect(twins.map(({ code }) => code)).toContain("fdt-high");
  const apart = twins.filter(({ texts }) =>
    texts.some((text) => !/from "(?:[./]+faults\/index|\.\/limits)\.js"/.test(text)),
  );
  expect(apart.map(({ code }) => code).sort()).toEqual(Object.keys(own).sort());
});
