// The boards that cases run on: the virtual one, U-Boot's sandbox where UBOOT_SANDBOX names one, and
// Debian's U-Boot in QEMU. Each case is a script of its own, so that a mistake in one ends only that.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, type Content } from "../../../../src/image/index.js";
import { entriesIn, simulate, type World } from "../../../../src/simulator/index.js";
import { alike } from "../../../simulator/alike.js";
import { debian, scriptImage } from "../../../simulator/worlds.js";
import { find } from "../../../tools/tools.js";
import { makeDisk, startOffline } from "../../e2e/board.js";
import type { Ground } from "./family.js";
import { pool } from "./pool.js";

/** What a case printed, and what status it left. */
export interface Seen {
  readonly console: string;
  readonly status: number;
}

/** A real U-Boot, and what is known of it. */
export interface RealBoard {
  readonly name: string;
  readonly ground: Ground;
  readonly settings: typeof debian;
  readonly environment: Readonly<Record<string, string>>;
  /** What its build does not have: scripts with that are left out. */
  readonly lacks?: RegExp;
  /** Runs scripts; undefined for one that the board did not survive. */
  run(scripts: readonly string[], place: string): Promise<(Seen | undefined)[]>;
}

/** The world of the cases. */
function world({ device }: Ground, environment: RealBoard["environment"]): World {
  const partition = {
    ...{
      type: "fat",
      bootable: true,
      start: 0x800,
      blocks: 0x1f800,
      uuid: "f46c6a0a-01",
      label: "",
    },
    read: (name: string) => pool[name.replace(/^\/+/, "")],
    list: (folder: string) => entriesIn(folder, Object.keys(pool), (name) => pool[name]?.size ?? 0),
  };
  return { devices: new Map([[device, { partitions: new Map([[1, partition]]) }]]), environment };
}

/** What the virtual board makes of a script; a text: it ended otherwise than at the prompt. */
export function virtual(board: RealBoard, script: string): Seen | string {
  if (board.lacks?.test(script)) return "left out";
  const around = world(board.ground, board.environment);
  const { console, ending } = simulate({ text: script }, { ...board.settings, world: around });
  if (ending.kind === "prompt") return { console: alike(console), status: ending.status };
  return ending.kind === "unknown-command" ? `not simulated: ${ending.name}` : ending.kind;
}

/** The lines that run case number `index`, which lies where `load` puts it. */
const driver = (index: number, load: string, address: string) =>
  `echo "== ${index}"; ${load}; source ${address}; echo "== status $?"\n`;

/** What each case printed, from what all of them did. */
function split(console: string): Map<number, Seen> {
  const seen = new Map<number, Seen>();
  for (const part of console.replaceAll("\r", "").split(/^(?=== \d+$)/m)) {
    const [, index, text, status] =
      /^== (\d+)\n[^\n]*\n## Executing script at .*\n([\s\S]*?)== status (-?\d+)\n/.exec(part) ??
      [];
    if (index === undefined || text === undefined) continue;
    seen.set(Number(index), { console: alike(text), status: Number(status) });
  }
  return seen;
}

function write(folder: string, files: Readonly<Record<string, Content>>): void {
  for (const [name, whole] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), bytesOf(whole));
  }
}

/** Debian's board. */
export const qemu: RealBoard = {
  name: "U-Boot 2023.01 in QEMU",
  ground: { device: "virtio 0", base: 0x42000000 },
  settings: debian,
  environment: { bootdelay: "-1" },
  lacks: / fmt |fdt apply|^(?:.*; )?hash /m,
  async run(scripts, place) {
    const card = join(place, "card");
    const address = "46000000";
    const lines = scripts.map((_, index) =>
      driver(index, `load virtio 0:1 ${address} c/${index}.scr`, address),
    );
    write(card, {
      ...pool,
      "rows.scr": scriptImage(lines.join("")),
      ...Object.fromEntries(scripts.map((text, at) => [`c/${at}.scr`, scriptImage(text)])),
    });
    const program = await startOffline(place, { sdcard: card, environment: this.environment });
    try {
      await program.waitFor("=> ", 30_000);
      program.type("load virtio 0:1 48000000 rows.scr; source 48000000; echo THE END\r");
      await program.waitFor("echo THE END\n", 5000);
      await program
        .waitFor(/^THE END$|^resetting \.\.\.|^"Synchronous Abort"/m, 60_000)
        .catch(() => {});
    } finally {
      await program.stop();
    }
    const seen = split(program.output);
    return scripts.map((_, index) => seen.get(index));
  },
};

/** Cases in one run of a sandbox, and milliseconds until one of them hangs. */
const [AT_ONCE, PATIENCE] = [200, 20_000];

/** A tree with what a sandbox cannot start without. */
const sandboxTree = `/dts-v1/;
/ { model = "sandbox"; #address-cells = <1>; #size-cells = <1>; chosen { stdout-path = "/serial"; };
  serial { compatible = "sandbox,serial"; }; binman { }; };`;

/** U-Boot's sandbox, built by hand: a program. */
export function sandbox(program: string, dialect: "old" | "modern"): RealBoard {
  const version = execFileSync("strings", [program], { encoding: "utf8", maxBuffer: 1 << 28 });
  const release = /U-Boot (20\d\d\.\d\d)/.exec(version)?.[1] ?? "";
  const { board } = debian;
  return {
    name: `sandbox ${release}, ${dialect} parser`,
    ground: { device: "host 0", base: 0x2000000 },
    settings: {
      board: {
        ...board,
        memory: { ...board.memory, base: 0, size: 256 << 20, reserved: [] },
        limits: { ...board.limits, maxargs: release < "2024.04" ? 16 : 64, envSize: 0x1fff },
        commands: new Set([
          ...board.commands,
          "hash",
          "cat",
          "md5sum",
          "hash -v",
          "crc32 -v",
          "env grep",
        ]),
      },
      release,
      dialect,
    },
    environment: {},
    // Its environment has a byte more before it than most boards' have; its addresses have 32 bits.
    lacks: /env (?:export|import) .*-\w*[bc]|itest\.q/,
    async run(scripts, place) {
      const [folder, disk] = [join(place, "scripts"), join(place, "disk.img")];
      mkdirSync(folder, { recursive: true });
      write(join(place, "card"), pool);
      makeDisk(disk, join(place, "card"));
      writeFileSync(join(place, "board.dts"), sandboxTree);
      execFileSync("dtc", ["-q", "-o", join(place, "board.dtb"), join(place, "board.dts")]);
      write(
        folder,
        Object.fromEntries(scripts.map((text, at) => [`${at}.scr`, scriptImage(text)])),
      );
      const found: (Seen | undefined)[] = [];
      while (found.length < scripts.length) {
        const first = found.length;
        const lines = scripts
          .slice(first, first + AT_ONCE)
          .map((_, at) =>
            driver(first + at, `load hostfs - 4000000 ${folder}/${first + at}.scr`, "4000000"),
          );
        write(folder, { "rows.scr": scriptImage(`host bind 0 ${disk}\n${lines.join("")}`) });
        const choose = release < "2024.04" ? "" : `cli set ${dialect}; `;
        const start = `load hostfs - 5000000 ${folder}/rows.scr; source 5000000`;
        const given = ["-d", join(place, "board.dtb"), "-c", choose || start];
        const { stdout } = spawnSync(find(program) ?? program, given, {
          input: `${start}; reset\n`,
          encoding: "utf8",
          timeout: PATIENCE,
          maxBuffer: 1 << 28,
        });
        // What is no memory of the board gets numbers of its own, such as copies of a FIT's parts.
        const seen = split(
          stdout
            .replaceAll(/(?<=\b|0x)124(?=[0-9a-f]{5}\b)/g, "020")
            .replaceAll(/No RNG device\r?\n/g, ""),
        );
        const last = Math.max(first - 1, ...seen.keys());
        for (let at = first; at <= last; at++) found.push(seen.get(at));
        // The one after the last one that came to an end is the one that the board did not survive.
        if (found.length < Math.min(scripts.length, first + AT_ONCE)) found.push(undefined);
      }
      return found;
    },
  };
}
