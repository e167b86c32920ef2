// Every script that the compiler's own tests and the examples emit, run by the virtual board and by
// real U-Boot: when nothing is there that they ask for, and when all is there and none of use. What
// they print is the same. That they boot, and how, is compared in ../e2e/simulated.test.ts.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../../src/compile.js";
import { diskFiles } from "../../../src/files/index.js";
import { type Content, readUImage } from "../../../src/image/index.js";
import { type Lan, refusals, type Simulation, simulate } from "../../../src/simulator/index.js";
import { alike } from "../../simulator/alike.js";
import { content, debian, lease, scriptImage, world } from "../../simulator/worlds.js";
import { haveLab, Lab } from "../e2e/lab.js";

const tests = join(import.meta.dirname, "../../compile");
const examples = join(import.meta.dirname, "../../../examples");
const server = "192.168.0.250";
const nobody = "192.168.0.251";

const golden = readdirSync(tests, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".scr.txt"))
  .map((name) => ({ name, text: readFileSync(join(tests, name), "utf8") }));

const emitted = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".boot"))
  .flatMap((name) => {
    const files = diskFiles();
    const { artifacts = [] } = compile(join(examples, name), { files });
    const scripts = artifacts.flatMap((artifact) => {
      const { header, parts } = readUImage(artifact.content);
      const text = parts[0]?.content;
      if (header?.type !== 6 || !text) return [];
      return { name: `${name} ${artifact.name}`, text: textOf(text.read(0, text.size)) };
    });
    files.close();
    return scripts;
  });

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Every script; its servers are the one of the laboratory, and an NFS server that nobody is. */
const scripts = [...golden, ...emitted]
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ name, text }) => ({
    name,
    text: text
      .replace(/\d+\.\d+\.\d+\.\d+(?=:)/g, server)
      // Debian's board asks an NFS server for minutes, and one that is not there for half of one.
      .replace(/(\bnfs 0x\w+) [\d.]+:/g, `$1 ${nobody}:`)
      .replace(/(setenv serverip) \S+/g, `$1 ${server}`)
      .replace(/\bsleep \d+/g, "sleep 0")
      // Debian's U-Boot cannot write the flash that QEMU gives it.
      .replace(/\bsaveenv\b/g, "true"),
  }));

const environment = {
  ...{ bootdelay: "-1", ethaddr: "52:54:00:00:00:01", "serial#": "00000000aabbccdd" },
  ...{ tftptimeout: "1000", tftptimeoutcountmax: "1" },
};
/** U-Boot sets these itself when it starts. */
const boot = { ...environment, ethact: "virtio-net#32", fdtcontroladdr: "7edb6db0" };

const useless = content("of no use\n");
/** So many lines are compared of a script that goes on for ever. */
const most = 60;

type Images = Readonly<Record<string, Content>>;

/** What is on the card for some scripts: each an image, and a driver that runs one after the other. */
function cardOf(some: readonly { readonly text: string }[]): Images {
  const driver = some
    .map(
      (_, index) => `echo "== ${index}"\nload virtio 0:1 44000000 ${index}.scr && source 44000000`,
    )
    .join("\n");
  return {
    "driver.scr": scriptImage(driver),
    ...Object.fromEntries(some.map(({ text }, index) => [`${index}.scr`, scriptImage(text)])),
  };
}

/** Runs the driver on the virtual board; with `asked`, its server has all that is asked for. */
function simulated(card: Images, asked?: Set<string>): Simulation {
  const usual = world({ card, environment: boot });
  const lan = usual.lan && {
    ...usual.lan,
    fetch: ((protocol, _, name) => {
      if (!asked || protocol !== "tftp") return refusals[protocol];
      asked.add(name);
      return { kind: "file", content: useless };
    }) satisfies Lan["fetch"],
  };
  const limits = { steps: 100 * most * Object.keys(card).length };
  const given = { ...debian, world: { ...usual, ...(lan && { lan }) }, limits };
  return simulate({ image: card["driver.scr"] ?? useless }, given);
}

/** Runs the driver on a board of the laboratory, until the end or `lines` are printed. */
async function real(card: Images, asked: ReadonlySet<string>, enough: RegExp): Promise<string> {
  const lab = await Lab.open();
  const [sdcard, tftp] = [lab.directory("sdcard"), lab.directory("tftp")];
  for (const [name, image] of Object.entries(card)) {
    writeFileSync(join(sdcard, name), image.read(0, image.size));
  }
  for (const name of asked) {
    mkdirSync(dirname(join(tftp, name)), { recursive: true });
    writeFileSync(join(tftp, name), useless.read(0, useless.size));
  }
  await lab.dhcp({ hosts: { [environment.ethaddr]: lease.address } });
  await lab.tftp(tftp);
  const board = await lab.board({ sdcard, environment });
  await board.waitFor("=> ", 30_000);
  board.type("load virtio 0:1 43000000 driver.scr; source 43000000; echo THE END\r");
  await board.waitFor("echo THE END\n", 5000);
  await board.waitFor(enough, 100_000).catch(() => {});
  return (
    (board.output.split("echo THE END\n")[1] ?? "").split(/^(?:THE END$|qemu-system-)/m)[0] ?? ""
  );
}

/** What each script printed. */
const parts = (console: string) =>
  alike(console)
    .split(/^== \d+\n/m)
    .slice(1);

/** The worlds that a script is run in: with nothing that it asks for, and with nothing of use. */
const worlds = ["nothing is there", "nothing is of use"] as const;
const askedIn = (name: (typeof worlds)[number]) =>
  name === worlds[1] ? new Set<string>() : undefined;

/** Whether it resets the board, goes on for ever, or waits so long that it should not wait for others. */
function isAlone(script: { readonly text: string }): boolean {
  return worlds.some((name) => {
    const { ending, time } = simulated(cardOf([script]), askedIn(name));
    return ending.kind !== "prompt" || time > 20_000;
  });
}

describe.runIf(haveLab())("every emitted script on both boards", { timeout: 900_000 }, () => {
  const alone = scripts.filter(isAlone);
  const together = scripts.filter((script) => !alone.includes(script));

  it.each(worlds)("%s", async (name) => {
    const asked = askedIn(name);
    const card = cardOf(together);
    const expected = parts(simulated(card, asked).console);
    const seen = parts(await real(card, asked ?? new Set(), /^THE END$/m));
    const different = together
      .map(({ name }, index) => ({ name, real: seen[index], simulated: expected[index] }))
      .filter(({ real, simulated }) => real !== simulated);
    expect(different).toEqual([]);
  });

  const cases = alone.flatMap((script) => worlds.map((name) => ({ ...script, world: name })));
  it.each(cases)("$name, $world", async (script) => {
    const asked = askedIn(script.world);
    const card = cardOf([script]);
    const { console, ending } = simulated(card, asked);
    const enough = new RegExp(`^THE END$|(?:.*\\n){${most + 20}}`, "m");
    const seen = parts(await real(card, asked ?? new Set(), enough))[0]?.split("\n");
    const expected = parts(console)[0]?.split("\n");
    const compared = ending.kind === "limit" ? most : Number.POSITIVE_INFINITY;
    expect(seen?.slice(0, compared)).toEqual(expected?.slice(0, compared));
  });
});
