// The folder of a build as it is served, interrupted in its middle, with what is to come beside it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildFolder } from "../../src/serve/build-folder.js";

/** A build folder, `files` by path below it. */
function folder(files: Readonly<Record<string, string>>): string {
  const out = mkdtempSync(join(tmpdir(), "ubootc-folder-"));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  return out;
}

const stage = ".ubootc-4711-0123456789ab";
const journal = JSON.stringify({
  stage,
  moves: ["tftp/done", "tftp/kernel", "tftp/new"],
  removals: [{ path: "tftp/gone", sha256: "00" }],
});
const halfway = {
  "tftp/done": "new done",
  "tftp/kernel": "old kernel",
  "tftp/gone": "old",
  "tftp/other": "of somebody else",
  [`${stage}/tftp/kernel`]: "new kernel",
  [`${stage}/tftp/new/deep`]: "new deep",
  ".ubootc.journal": journal,
};

/** What is served below tftp/, once files count as settled. */
async function served(out: string, name: string): Promise<string> {
  await new Promise((done) => setTimeout(done, 30));
  const file = buildFolder(join(out, "tftp")).open(name, "192.0.2.1");
  if (typeof file === "string") return file;
  const text = Buffer.from(file.content.read(0, file.content.size)).toString();
  file.close();
  return text;
}

it.each([
  ["done", "new done"],
  ["kernel", "new kernel"],
  ["/new/deep", "new deep"],
  ["gone", "not found"],
  ["other", "of somebody else"],
  ["../.ubootc.journal", "access violation"],
])("%s: %s", async (name, expected) => {
  expect(await served(folder(halfway), name)).toBe(expected);
});

it("is asked again while a build is at it", async () => {
  const holder = { pid: process.pid, host: `${hostname()} elsewhere`, start: "", token: "00" };
  const out = folder({ ...halfway, ".ubootc.lock": JSON.stringify(holder) });
  expect(await served(out, "kernel")).toBe("unsettled");
});

it.each(["{", JSON.stringify({ stage: "../..", moves: [], removals: [] })])(
  "with a journal that is none, %s, is served as it is",
  async (text) => {
    expect(await served(folder({ ...halfway, ".ubootc.journal": text }), "kernel")).toBe(
      "old kernel",
    );
  },
);
