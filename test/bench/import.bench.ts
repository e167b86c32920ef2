// How much of published scripts `ubootc import` keeps: of the folder that UBOOTC_SCRIPTS names, every script
// is imported, built, and run beside its import in the same worlds. One table; with UBOOTC_SHOW, a text in
// the name of a script, also what differs. Scripts of other people are not kept here.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Measured, measure } from "../import/measure.js";

const { UBOOTC_SCRIPTS: folder, UBOOTC_SHOW: shown, UBOOTC_FLOWS: flows } = process.env;

const percent = (part: number, whole: number) =>
  `${part} of ${whole} (${whole === 0 ? "-" : ((100 * part) / whole).toFixed(1)} %)`;

it.skipIf(folder === undefined)("keeps what published scripts do", { timeout: 3_600_000 }, () => {
  const measured: (Measured & { readonly name: string })[] = [];
  const others: string[] = [];
  for (const name of readdirSync(folder ?? "").sort()) {
    if (shown && !name.includes(shown)) continue;
    const found = measure(name, readFileSync(join(folder ?? "", name), "latin1"));
    if (typeof found === "string") others.push(`${name}: ${found}`);
    else measured.push({ name, ...found });
    if (flows && typeof found !== "string") {
      writeFileSync(join(flows, `${name}.boot`), found.flow);
    }
  }
  const builds = measured.filter(({ errors }) => errors.length === 0);
  const alike = builds.filter(({ differences }) => differences.length === 0);
  const sum = (of: (each: Measured) => number) => measured.reduce((all, each) => all + of(each), 0);
  const rows = measured.map(({ name, errors, worlds, differences, commands, recognised }) =>
    [
      errors.length > 0 ? "no build" : differences.length > 0 ? "differs" : "alike",
      `${worlds - differences.length}/${worlds}`.padStart(7),
      `${recognised}/${commands}`.padStart(9),
      name,
    ].join("  "),
  );
  const details = measured.flatMap(({ name, errors, differences }) => [
    ...errors.slice(0, 3).map((each) => `${name}: ${each}`),
    ...differences
      .slice(0, shown ? 40 : 2)
      .map((each) => `${name}: ${each.world}\n    was ${each.original}\n    is  ${each.imported}`),
  ]);
  console.log(
    [
      ...rows,
      ...details,
      ...others,
      "",
      `imports that build           ${percent(builds.length, measured.length)}`,
      `end like the original        ${percent(alike.length, builds.length)}`,
      `boots that end alike         ${percent(
        sum(({ worlds, differences }) => worlds - differences.length),
        sum(({ worlds }) => worlds),
      )}`,
      `commands with a statement    ${percent(
        sum(({ recognised }) => recognised),
        sum(({ commands }) => commands),
      )}`,
    ].join("\n"),
  );
  expect(measured.length + others.length).toBeGreaterThan(0);
});
