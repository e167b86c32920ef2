// Every script that the compiler's own tests and the examples emit, run by the virtual board and by
// real U-Boot: when nothing is there that they ask for, and when all is there and none of use. What
// they print is the same. That they boot, and how, is compared in ../e2e/simulated.test.ts.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { diskFiles } from "../../src/files/index.js";
import { readUImage } from "../../src/image/index.js";
import { simulate, type World } from "../../src/simulator/index.js";
import { haveLab, Lab } from "../e2e/lab.js";
import { alike } from "./alike.js";
import { content, debian, lease, scriptImage, world } from "./worlds.js";

const tests = join(import.meta.dirname, "../compile");
const examples = join(import.meta.dirname, "../../examples");
const server = "192.168.0.250";

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

/** What would end the run for all, leaves the laboratory, or tries for ever. */
const unfit =
  /\b(?:nfs|reset|poweroff|saveenv|setenv ipaddr|bootefi|pxe)\b|usb|nvme|mmc|pci|while test "\$\{ubootc_failed_\d+\}" != no; do/;

const scripts = [...golden, ...emitted]
  .sort((a, b) => (a.name < b.name ? -1 : 1))
  .map(({ name, text }) => ({
    name,
    text: text
      .replace(/\d+\.\d+\.\d+\.\d+(?=:)/g, server)
      .replace(/(setenv serverip) \S+/g, `$1 ${server}`)
      .replace(/\bsleep \d+/g, "sleep 0"),
  }))
  .filter(({ text }) => !unfit.test(text));

const environment = {
  ...{ bootdelay: "-1", ethaddr: "52:54:00:00:00:01", "serial#": "00000000aabbccdd" },
  ...{ tftptimeout: "1000", tftptimeoutcountmax: "1" },
};

/** One script after the other; each is an image of its own on the card. */
const driver = scripts
  .map((_, index) => `echo "== ${index}"\nload virtio 0:1 44000000 ${index}.scr && source 44000000`)
  .join("\n");

const card = {
  "driver.scr": scriptImage(driver),
  ...Object.fromEntries(scripts.map(({ text }, index) => [`${index}.scr`, scriptImage(text)])),
};
const useless = content("of no use\n");

/** U-Boot sets these itself when it starts. */
const boot = { ...environment, ethact: "virtio-net#32", fdtcontroladdr: "7edb6db0" };

/** What the virtual board prints; `asked` gets every name that is asked for. */
function simulated(there: boolean, asked = new Set<string>()): string {
  const usual = world({ card, environment: boot });
  const given: World = {
    ...usual,
    ...(usual.lan && {
      lan: {
        ...usual.lan,
        fetch(protocol, address, name) {
          asked.add(name);
          if (there && protocol === "tftp") return { kind: "file", content: useless };
          return usual.lan?.fetch(protocol, address, name) ?? { kind: "silence" };
        },
      },
    }),
  };
  return simulate({ image: scriptImage(driver) }, { ...debian, world: given }).console;
}

const parts = (console: string) =>
  alike(console)
    .split(/^== \d+\n/m)
    .slice(1);

describe.runIf(haveLab())("every emitted script on both boards", { timeout: 300_000 }, () => {
  it.each([
    ["nothing is there", false],
    ["nothing is of use", true],
  ])("%s", async (_, there) => {
    const lab = await Lab.open();
    const [sdcard, tftp] = [lab.directory("sdcard"), lab.directory("tftp")];
    const asked = new Set<string>();
    const expected = parts(simulated(there, asked));
    for (const [name, image] of Object.entries(card)) {
      writeFileSync(join(sdcard, name), image.read(0, image.size));
    }
    for (const name of there ? asked : []) {
      mkdirSync(dirname(join(tftp, name)), { recursive: true });
      writeFileSync(join(tftp, name), useless.read(0, useless.size));
    }
    await lab.dhcp({ hosts: { [environment.ethaddr]: lease.address } });
    await lab.tftp(tftp);
    const board = await lab.board({ sdcard, environment });
    await board.waitFor("=> ", 30_000);
    board.type("load virtio 0:1 43000000 driver.scr; source 43000000; echo THE END\r");
    await board.waitFor("echo THE END\n", 5000);
    const seen = parts(await board.waitFor(/[\s\S]*^THE END$/m, 100_000).catch(() => board.output));
    const different = scripts
      .map(({ name }, index) => ({ name, real: seen[index], simulated: expected[index] }))
      .filter(({ real, simulated: virtual }) => real?.replace(/^THE END\s*$/m, "") !== virtual);
    expect(different).toEqual([]);
  });
});
