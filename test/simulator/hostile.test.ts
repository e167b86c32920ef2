// No script makes the virtual board throw or hang: parts of commands in any order, and images with
// bits turned. A thousand of each; `--mode soak` tries more.
import { expect, it } from "vitest";
import { bytesOf, contentOf } from "../../src/image/index.js";
import { simulate } from "../../src/simulator/index.js";
import { runs } from "../tools/runs.js";
import { debian, files, scriptImage, world } from "./worlds.js";

const count = process.env.MODE === "soak" ? 300_000 : runs(1_000);
let state = 1;

/** The next number below `limit`, from a linear congruential generator: the same every time. */
function random(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

const any = <T>(values: readonly T[]): T => values[random(values.length)] as T;

const commands = [
  ...["setenv", "printenv", "env", "env export", "env import", "env default", "run", "source"],
  ...["tftpboot", "dhcp", "ping", "nfs", "wget", "load", "fatload", "size", "ls", "fstype", "part"],
  ...[
    "mmc",
    "usb",
    "virtio",
    "md.b",
    "md",
    "mw.q",
    "cp.b",
    "cmp",
    "crc32",
    "unzip",
    "base",
    "test",
  ],
  ...["save", "fatwrite", "fatmkdir", "fatrm", "nvme", "scsi", "unlz4", "boot", "bootflow", "help"],
  ...["fdt move", "fdt addr", "fdt header", "virtio read", "virtio write", "part number"],
  ...["sysboot virtio 0:1 any 40300000", "pxe boot", "pxe get"],
  ...["bootm", "booti", "fdt", "iminfo", "imxtract", "echo", "sleep", "exit", "saveenv", "setexpr"],
];
const words = [
  ...["40300000", "0x40400000", "0", "1", "-1", "ffffffffffffffff", "10", "-", "*40300000", "$a"],
  ...["${filesize}", "${a}", "'x y'", '""', "a", "b", "-t", "-b", "-e", "-f", "=", "-a", "virtio"],
  ...[
    "0:1",
    "0:auto",
    "9:9",
    "192.168.0.250:one.scr",
    "one.scr",
    "script.itb",
    "kernel.img",
    "big.gz",
    "/syslinux/many.conf",
  ],
  ...[
    "40300000:one",
    "40300000#c",
    "addr",
    "list",
    "dev",
    "start",
    "uuid",
    "scan",
    "192.168.0.250",
  ],
];
const joints = ["\n", "\n", ";", " && ", " || ", "\nif true; then ", "\nfi\n", " done; ", "\n#"];

function text(): string {
  let result = "load virtio 0:1 40300000 script.itb\nsetenv a 'echo a; true'\n";
  for (let left = 1 + random(12); left > 0; left--) {
    const args = Array.from({ length: random(6) }, () => any(words));
    result += `${[any(commands), ...args].join(" ")}${any(joints)}`;
  }
  return result;
}

/** A file of the tests with some bits turned. */
function damaged(name: string) {
  const whole = files[name];
  if (typeof whole !== "object") throw new Error(`no ${name}`);
  const bytes = bytesOf(whole).slice();
  for (let left = random(4); left >= 0; left--) {
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
  }
  return contentOf(bytes.subarray(0, random(8) === 0 ? random(bytes.length) : bytes.length));
}

const limits = { steps: 300, output: 20_000, depth: 20, time: 600_000 };
const images = ["one.scr", "multi.scr", "script.itb", "kernel.img"];

it("comes to an end with any script and any image", { timeout: 1_800_000 }, () => {
  for (let done = 0; done < count; done++) {
    const spoilt = Object.fromEntries(images.map((name) => [name, damaged(name)]));
    const all = { ...files, ...spoilt };
    const script = text();
    const start = random(2) === 0 ? { text: script } : { image: scriptImage(script) };
    const dialect = any(["old", "modern"] as const);
    const release = any(["2023.01", "2026.10"]);
    const surroundings = world({ tftp: all, card: all });
    const options = { ...debian, dialect, release, limits, world: surroundings };
    const { ending } = simulate(start, options);
    expect(ending.kind, script).toMatch(/^[a-z-]+$/);
  }
});
