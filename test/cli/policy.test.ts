// What findings count for, through the command: -W, `allow` in the source, JSON and SARIF.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import draft4 from "ajv-draft-04";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { allCodes, entryOf } from "../../src/diagnostics/index.js";
import { flowIn, ubootc } from "./flow.js";

/** Loads the device tree over the kernel; `LOAD`, `SCRIPT` and `DTB` are where an `allow` can go. */
const overlapping = `board rpi_3
kernel linux from "Image.gz" as uimage "linux.uImage"
DTB
dtb pi3 from "pi3.dtb"

SCRIPT
script boot on sdcard "boot.scr" {
  load linux to 0x02000000 from sdcard
  LOAD
  load pi3 to 0x02000100 from sdcard
  boot linux with pi3
}
`;

const allow = 'allow region-overlap "known: fixed in \\"v2\\""';

/** The flow with `lines` in their places. */
function flow(lines: Partial<Record<"LOAD" | "SCRIPT" | "DTB", string>> = {}): string {
  return flowIn(
    overlapping.replace(/^[ \t]*(LOAD|SCRIPT|DTB)$/gm, (_, place) => {
      return lines[place as keyof typeof lines] ?? "";
    }),
  );
}

/** The codes on standard error, in order. */
const codesIn = (stderr: string) =>
  [...stderr.matchAll(/^(\w+\[[\w-]+\])/gm)].map(([code]) => code);

const overlap = "error[region-overlap]";

describe("-W", () => {
  it.each([
    [[], 1, ["error[region-overlap]"]],
    [["-W", "region-overlap=warn"], 0, ["warning[region-overlap]"]],
    [["-W", "region-overlap=off"], 0, []],
    [["-W", "region-overlap=off", "-W", "region-overlap=error"], 1, ["error[region-overlap]"]],
    [["-W", "kernel-overlap=off"], 1, ["error[region-overlap]"]],
    [["-W", "region-overlapp=off"], 1, ["error[code-unknown]", "error[region-overlap]"]],
    [["-W", "constructor=off"], 1, ["error[code-unknown]", "error[region-overlap]"]],
    [["-W", "syntax=warn"], 1, ["error[code-fixed]", "error[region-overlap]"]],
    [["-W", "no-room=off"], 1, ["error[code-fixed]", "error[region-overlap]"]],
    [["-W", "syntax=error"], 1, ["error[region-overlap]"]],
  ])("%j ends with %i and %j", async (args, status, codes) => {
    const result = await ubootc(flow(), "build", ...args);
    expect(codesIn(result.stderr)).toEqual(codes);
    expect(result.status).toBe(status);
  });

  it.each(["region-overlap", "region-overlap=no", "=off", "a=b=off"])(
    "%s is not understood",
    async (text) => {
      expect((await ubootc(flow(), "build", "-W", text)).status).toBe(2);
    },
  );

  it("names the code that was meant", async () => {
    const { stderr } = await ubootc(flow(), "build", "-W", "region-overlpa=off");
    expect(stderr).toContain("did you mean `region-overlap`?");
  });
});

describe("allow", () => {
  it.each(["LOAD", "SCRIPT", "DTB"] as const)("before %s covers what follows", async (place) => {
    const result = await ubootc(flow({ [place]: allow }), "build");
    const covered = place !== "DTB";
    expect(codesIn(result.stderr)).toEqual(covered ? [] : ["error[region-overlap]"]);
    expect(result.status).toBe(covered ? 0 : 1);
  });

  it("does not change what is built", async () => {
    const one = await ubootc(flow({ LOAD: allow }), "build", "--json");
    const other = await ubootc(flow(), "build", "--json", "-W", "region-overlap=off");
    const files = ({ stdout }: typeof one) =>
      JSON.parse(stdout).files.map(({ path, sha256 }: Record<string, string>) => [path, sha256]);
    // Comments in a script name the lines of the flow, and the flow has the same.
    expect(files(one)).toEqual(files(other));
  });

  it.each([
    ["several stand before one thing", `${allow}\n\n  ${allow} # twice`, []],
    ["another code does not count", 'allow kernel-overlap "no"', ["error[region-overlap]"]],
    ["an unknown code is an error", 'allow region-overlapp "no"', ["error[code-unknown]", overlap]],
    ["a mistake cannot be allowed", 'allow name-unknown "no"', ["error[code-fixed]", overlap]],
    ["a reason is needed", 'allow region-overlap ""', ["error[syntax]"]],
    ["a reason is plain text", 'allow region-overlap "{why}"', ["error[syntax]"]],
  ])("%s", async (_, line, codes) => {
    expect(codesIn((await ubootc(flow({ LOAD: line }), "build")).stderr)).toEqual(codes);
  });

  it("is a warning where nothing is found, and that counts for what is asked", async () => {
    const unused = flow({ LOAD: allow, DTB: 'allow little-headroom "none"' });
    expect(codesIn((await ubootc(unused, "build")).stderr)).toEqual(["warning[allow-unused]"]);
    expect((await ubootc(unused, "build", "-W", "allow-unused=error")).status).toBe(1);
    expect((await ubootc(unused, "build", "-W", "allow-unused=off")).stderr).toBe("");
  });

  it("is not said to be unused as long as not everything was checked", async () => {
    const broken = flow({ LOAD: `${allow}\n  load nothing` });
    expect(codesIn((await ubootc(broken, "build")).stderr)).toEqual([
      "error[name-unknown]",
      overlap,
    ]);
  });
});

describe("as JSON and SARIF", () => {
  const schema = createRequire(import.meta.url)(
    "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
  );
  const ajv = new draft4.default({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);

  /** The log, which is valid by the published schema. */
  function logOf(text: string) {
    const log = JSON.parse(text);
    expect(validate(log), JSON.stringify(validate.errors, undefined, 1)).toBe(true);
    return log;
  }

  it("gives what is found with the rule that explains it", async () => {
    const folder = flow();
    const { stdout, status } = await ubootc(folder, "build", "--sarif");
    expect(status).toBe(1);
    const { tool, results } = logOf(stdout).runs[0];
    expect(tool.driver.rules).toMatchObject([
      { id: "region-overlap", help: { text: entryOf("region-overlap").explain } },
    ]);
    const location = { artifactLocation: { uri: "flow.boot", uriBaseId: "%SRCROOT%" } };
    expect(results).toMatchObject([
      {
        ruleId: "region-overlap",
        ruleIndex: 0,
        level: "error",
        suppressions: [],
        locations: [
          {
            physicalLocation: {
              ...location,
              region: { startLine: 10, startColumn: 3, endLine: 10, endColumn: 37 },
            },
          },
        ],
        relatedLocations: [{ physicalLocation: { ...location, region: { startLine: 8 } } }],
      },
    ]);
  });

  it("gives what is allowed as suppressed, with the reason", async () => {
    const folder = flow({ LOAD: allow });
    const { stdout, status } = await ubootc(folder, "build", "--sarif", "log.sarif");
    expect(stdout).toMatch(/^\d+ files in out/m);
    expect(status).toBe(0);
    const [result] = logOf(readFileSync(join(folder, "log.sarif"), "utf8")).runs[0].results;
    expect(result.suppressions).toMatchObject([
      { kind: "inSource", justification: 'known: fixed in "v2"' },
    ]);
    const json = JSON.parse((await ubootc(folder, "build", "--json")).stdout);
    expect(json.diagnostics).toEqual([]);
    expect(json.allowed).toMatchObject([
      { code: "region-overlap", allowed: { why: 'known: fixed in "v2"', start: { line: 9 } } },
    ]);
  });

  it.each(["board rpi_3\n}", "board rpi_3_9", 'board rpi_3\ninclude "none.boot"'])(
    "is valid for what stops earlier: %j",
    async (text) => {
      const { results } = logOf((await ubootc(flowIn(text), "build", "--sarif")).stdout).runs[0];
      expect(results).toHaveLength(1);
    },
  );

  it("is what `check` gives, too", async () => {
    const folder = flow({ LOAD: allow });
    const built = (await ubootc(folder, "build", "--sarif")).stdout;
    expect((await ubootc(folder, "check", "--sarif")).stdout).toBe(built);
    const { allowed } = JSON.parse((await ubootc(folder, "check", "--json")).stdout);
    expect(allowed).toHaveLength(1);
    expect((await ubootc(flow(), "check", "-W", "region-overlap=warn")).status).toBe(0);
  });

  it("is valid for nothing found", async () => {
    const { stdout } = await ubootc(flow(), "build", "--sarif", "-W", "region-overlap=off");
    expect(logOf(stdout).runs[0].results).toEqual([]);
  });

  it("takes the flow for the place of what has none", async () => {
    const { stdout } = await ubootc(flow(), "build", "--sarif", "-W", "nonsense=off");
    const [result] = logOf(stdout).runs[0].results;
    expect(result.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: "flow.boot", uriBaseId: "%SRCROOT%" } } },
    ]);
  });

  it("names files outside of the working directory in full", async () => {
    const folder = flow();
    const from = flowIn("");
    const { stdout } = await ubootc(from, "build", "--sarif", "--", join(folder, "flow.boot"));
    const [result] = logOf(stdout).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(
      /^file:\/\/\/.*\/flow\.boot$/,
    );
  });
});

describe("the table", () => {
  it("says of every check that it is one", () => {
    const source = resolve(import.meta.dirname, "../../src");
    // Of a flow these two are found when it is compiled, and there is nothing to write then.
    const made = ["too-many-arguments", "script-too-large"];
    const files = ["check", "faults", "lint"].flatMap((folder) =>
      readdirSync(join(source, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        basename(name),
      ),
    );
    const checks = allCodes
      .filter((code) => !made.includes(code))
      .filter((code) => files.includes(`${code}.ts`));
    expect(allCodes.filter((code) => entryOf(code).check)).toEqual(checks);
  });
});
