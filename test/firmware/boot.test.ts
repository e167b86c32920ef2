// The examples for Raspberry Pis, booted by models of their firmware: over TFTP, from what
// `ubootc serve` serves of the flow, with what is said of it; and what a model misses when a file is
// gone.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { compile } from "../../src/compile.js";
import { render } from "../../src/diagnostics/index.js";
import { diskFiles } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";
import { emptyFolder } from "../cli/cli.js";
import { type Server, serve } from "../serve/serving.js";
import { some } from "../tools/runs.js";
import { boot, type Model, models } from "./models.js";
import { fetching, overUdp, type Wire } from "./wire.js";

const examples = join(import.meta.dirname, "../../examples");

/** A board of an example: the folder it asks for first. */
const boards: readonly [example: string, model: keyof typeof models, folder: string][] = [
  ["pi3-proxy", "pi3", "c0ffee01"],
  ["pi3-proxy", "pi4", "abcdef01"],
  ["pi3-proxy", "pi4old", "abcdef01"],
  ["pi-by-mac", "pi3", "c0ffee01"],
  ["pi4-home", "pi4", "abcdef01"],
  ["pi-wire", "pi4", "abcdef01"],
  ["pi-wire", "pi4old", "abcdef01"],
  ["pi-wire", "pi5", "12345678"],
  ["uboot-network", "pi3", "12345678"],
];

const all = readdirSync(examples).filter((name) =>
  existsSync(join(examples, name, `${name}.boot`)),
);

it.each(all)("%s has no errors", (name) => {
  const files = diskFiles();
  const { diagnostics, artifacts } = compile(join(examples, name, `${name}.boot`), { files });
  files.close();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map((each) => render(each)).join("\n")).toBe("");
  expect(artifacts).toBeDefined();
});

/** The files of `example` for the TFTP server, by name. */
function tree(example: string): Map<string, string> {
  const files = diskFiles();
  const { artifacts = [] } = compile(join(examples, example, `${example}.boot`), { files });
  const served = artifacts.filter(({ root }) => root === "tftp");
  const texts = new Map(
    served.map(({ name, content }) => [name, Buffer.from(bytesOf(content)).toString("latin1")]),
  );
  files.close();
  return texts;
}

describe.each(some(boards))("%s, %s", (example, kind, folder) => {
  const model: Model = models[kind];
  const files = tree(example);
  const from = (without?: string) =>
    fetching(async (name) => (name === without ? undefined : files.get(name)));

  it("comes up with the flow's arguments", async () => {
    const { missed, cmdline } = await boot(model, folder, from());
    expect(missed).toBeUndefined();
    if (example === "uboot-network") return;
    expect(cmdline).toMatch(/^console=\S+ .*root=\/dev\/nfs nfsroot=\S+ ip=dhcp r[ow] rootwait$/);
  });

  it("says what it misses", async () => {
    const { asked } = await boot(model, folder, from());
    const came = [...new Set(asked.filter(([, there]) => there).map(([name]) => name))];
    for (const name of came) {
      const { missed } = await boot(model, folder, from(name));
      if (model.spare.test(name)) continue;
      expect(missed, `without ${name}`).toBeDefined();
      // Without what it looks for a folder by, a board goes on in the root, and what is missing
      // there is the first thing that is not; without config.txt it wants another kernel.
      const leads = model.probes.includes(name.replace(`${folder}/`, ""));
      if (!leads && !name.endsWith("config.txt")) expect(missed).toBe(name);
    }
  });
});

/** What is said, without times and addresses of the run. */
const steady = (text: string) =>
  text
    .replace(/\d+(?:\.\d+)? (?:ms|s)\b/g, "T")
    .replace(/, \d+(?:\.\d+)? (?:bytes?|[KMG]iB)\/s/g, "")
    .replace(/, resent .*/g, "")
    .replace(/"(?:ms|time)":[^,}]+/g, (pair) => `${pair.split(":")[0]}:0`)
    .replace(/(127\.0\.0\.1):\d+/g, "$1:PORT");

/** The server, one request after the other has been told of: what is printed has one order. */
function told({ program, tftp }: Server, json = false): Wire {
  const wire = overUdp(tftp);
  const count = (text: string) => program.output.split(text).length;
  const until = async (isSo: () => boolean, what: string) => {
    for (let tries = 0; !isSo(); tries++) {
      if (tries > 500) throw new Error(`never told of ${what}:\n${program.output}`);
      await pause(10);
    }
  };
  return {
    async get(name, asks) {
      const text = json ? `"event":"fetched"` : `fetched ${name}`;
      const before = count(text);
      const file = await wire.get(name, asks);
      await until(() => file === undefined || count(text) > before, name);
      await until(() => count(name) > 1, name);
      return file;
    },
    async probe(name, asks) {
      const isThere = await wire.probe(name, asks);
      await until(() => count(json ? name : isThere ? `size of ${name}` : name) > 1, name);
      return isThere;
    },
  };
}

describe("over TFTP from ubootc serve", () => {
  it.each(some(boards))("%s: %s boots, and what is said of it", async (example, kind, folder) => {
    const server = await serve(join(examples, `${example}/${example}.boot`));
    const { missed } = await boot(models[kind], folder, told(server));
    expect(missed).toBeUndefined();
    await server.program.waitFor("has all it needs", 5000);
    const said = steady(server.program.output);
    // Nothing of it alarms: what is not there is not needed, or there by another name.
    expect(said).not.toMatch(/asked for|stopped at/);
    const golden = `golden/${example}-${kind}.txt`;
    await expect(said).toMatchFileSnapshot(join(import.meta.dirname, golden));
  });

  it("says so in JSON", async () => {
    const server = await serve("--json", join(examples, "pi3-proxy/pi3-proxy.boot"));
    await boot(models.pi4, "abcdef01", told(server, true));
    await server.program.waitFor('"event":"complete"', 5000);
    const lines = steady(server.program.output.trim()).split("\n");
    // A size that is asked for is told of when the transfer was broken off, beside the next request.
    const isSize = (line: string) => line.includes('"measured"');
    const sorted = [...lines.filter((each) => !isSize(each)), ...lines.filter(isSize).sort()];
    const golden = join(import.meta.dirname, "golden/pi3-proxy-pi4.jsonl");
    await expect(`${sorted.join("\n")}\n`).toMatchFileSnapshot(golden);
  });

  it("takes a board's next boot for another", async () => {
    const server = await serve(join(examples, "pi3-proxy/pi3-proxy.boot"));
    for (const _ of [1, 2]) {
      await boot(models.pi4, "abcdef01", told(server));
      await server.program.waitFor("begins with abcdef01/start4.elf", 5000);
      await server.program.waitFor("has all it needs", 5000);
    }
  });

  it("gives the next boot what was built meanwhile, though nothing of it is a script", async () => {
    const folder = emptyFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(examples, folder, { recursive: true });
    const flow = join(folder, "pi3-proxy/pi3-proxy.boot");
    const server = await serve(flow);
    const before = await boot(models.pi4, "abcdef01", told(server));
    const text = readFileSync(flow, "utf8");
    writeFileSync(flow, text.replace('"rootwait"', '"rootwait second"'));
    await server.program.waitFor("build 2:", 10_000);
    const after = await boot(models.pi4, "abcdef01", told(server));
    expect([before.cmdline, after.cmdline].map((each) => each?.endsWith(" second"))).toEqual([
      false,
      true,
    ]);
  });
});
