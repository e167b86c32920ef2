// Models of what boots a Raspberry Pi from the network: which files it asks for, in which order and
// how, what it does without, and what it looks for in its own folder before it takes the root. They
// decide nothing that depends on what is in a file, but for config.txt. Sources: Raspberry Pi's
// documentation ("boot flow", "network booting", "config.txt"); what servers were asked for by a Pi 3B+
// (raspberrypi/firmware#1605, PlexMo/raspi-netboot) and a Pi 4 (rpi-eeprom#74). The order of a Pi 5 is
// that of its documented boot flow: no record of a whole boot was found.
import type { Asks, Wire } from "./wire.js";

/** What came of a boot. */
export interface Outcome {
  /** What was asked for, in order, and whether it came. */
  readonly asked: readonly (readonly [name: string, came: boolean])[];
  /** What the boot cannot do without; undefined when it came up. */
  readonly missed: string | undefined;
  /** What the kernel is started with. */
  readonly cmdline: string | undefined;
}

/** A file that it asks for; what it does not come without is `get`. */
type Step = readonly [how: "get" | "try", name: string];

/** A board on the network. */
export interface Model {
  /** The filters of config.txt that it matches. */
  readonly filters: readonly string[];
  /** What its ROM fetches before it knows of a folder, without options. */
  readonly rom: readonly Step[];
  /** What its requests carry then. */
  readonly asks: Asks;
  /** Files that say whether there is a folder of its own; any of them. */
  readonly probes: readonly string[];
  /** Before config.txt is read for good. */
  readonly before: readonly Step[];
  /** Between config.txt and the device tree. */
  readonly between: readonly Step[];
  readonly dtb: string;
  /** Before the kernel. */
  readonly stubs: readonly string[];
  /** Kernels by preference, where config.txt names none. */
  readonly kernels: (config: ReadonlyMap<string, string>) => readonly string[];
  /** What it does without and comes up with the flow's settings all the same. */
  readonly spare: RegExp;
}

const tries = (names: string): readonly Step[] =>
  names.split(" ").map((name): Step => ["try", name]);
const gets = (names: string): readonly Step[] =>
  names.split(" ").map((name): Step => ["get", name]);

const pi3 = {
  filters: ["all", "pi3"],
  rom: [...gets("bootcode.bin"), ...tries("bootsig.bin")],
  asks: "tsize 0",
  probes: ["start.elf"],
  // bootcode.bin, and then start.elf, which reads config.txt once more.
  before: [
    ...tries("autoboot.txt config.txt recovery.elf"),
    ...gets("start.elf fixup.dat"),
    ...tries("recovery.elf config.txt"),
  ],
  between: [...tries("dt-blob.bin recovery.elf config.txt bootcfg.txt")],
  dtb: "bcm2710-rpi-3-b.dtb",
  stubs: ["armstub8-32.bin"],
  kernels: (config: ReadonlyMap<string, string>) =>
    config.get("arm_64bit") === "1" ? ["kernel8.img"] : ["kernel7.img"],
  spare: /cmdline\.txt$/,
} satisfies Model;

const pi4 = {
  filters: ["all", "pi4"],
  rom: [],
  asks: "tsize 0, blksize 1468",
  probes: ["start4.elf", "start.elf"],
  before: [
    ...tries("config.txt pieeprom.sig recover4.elf recovery.elf"),
    ...gets("start4.elf fixup4.dat"),
    ...tries("vl805.sig"),
  ],
  between: [...tries("dt-blob.bin config.txt bootcfg.txt")],
  dtb: "bcm2711-rpi-4-b.dtb",
  stubs: ["armstub8-gic.bin"],
  // 64 bits unless it is told otherwise, since firmware of 2023.
  kernels: (config: ReadonlyMap<string, string>) =>
    config.get("arm_64bit") === "0" ? ["kernel7l.img"] : ["kernel8.img"],
  spare: /(?:cmdline|config)\.txt$/,
} satisfies Model;

export const models = {
  pi3,
  pi4,
  /** Before 2022-10. */
  pi4old: { ...pi4, asks: "tsize 0, blksize 1024" },
  pi5: {
    filters: ["all", "pi5"],
    rom: [],
    asks: "tsize 0, blksize 1468",
    probes: ["config.txt"],
    // It holds the firmware itself, and loads the kernel.
    before: [...tries("autoboot.txt pieeprom.sig"), ...gets("config.txt")],
    between: [],
    dtb: "bcm2712-rpi-5-b.dtb",
    stubs: ["armstub8-2712.bin"],
    kernels: () => ["kernel_2712.img", "kernel8.img"],
    spare: /cmdline\.txt$|kernel_2712\.img$/,
  },
} satisfies Readonly<Record<string, Model>>;

/** A boot under way: what it asked for, and the folder that it asks in. */
class Run {
  readonly asked: [string, boolean][] = [];
  prefix = "";

  constructor(
    private readonly wire: Wire,
    private readonly asks: Asks,
  ) {}

  async get(name: string, asks = this.asks): Promise<string | undefined> {
    const file = await this.wire.get(this.prefix + name, asks);
    this.asked.push([this.prefix + name, file !== undefined]);
    return file;
  }

  async probe(name: string): Promise<boolean> {
    const isThere = await this.wire.probe(this.prefix + name, this.asks);
    this.asked.push([this.prefix + name, isThere]);
    return isThere;
  }

  /** Its size first and then the file, as start.elf does. */
  async measured(name: string): Promise<string | undefined> {
    return (await this.probe(name)) ? this.get(name) : undefined;
  }

  /** Takes `steps`; the first that it cannot do without, with the folder. */
  async take(steps: readonly Step[], asks = this.asks): Promise<string | undefined> {
    for (const [how, name] of steps) {
      const came = await this.get(name, asks);
      if (how === "get" && came === undefined) return this.prefix + name;
    }
    return undefined;
  }

  ended(missed: string | undefined, cmdline?: string): Outcome {
    return { asked: this.asked, missed, cmdline };
  }
}

/** Boots `model`, whose own folder is called `folder`. */
export async function boot(model: Model, folder: string, wire: Wire): Promise<Outcome> {
  const run = new Run(wire, model.asks);
  const first = await run.take(model.rom, "");
  if (first !== undefined) return run.ended(first);
  run.prefix = await prefixOf(model, folder, run);
  const missing = await run.take(model.before);
  if (missing !== undefined) return run.ended(missing);
  const config = settings((await run.measured("config.txt")) ?? "", model.filters);
  await run.take(model.between);
  return kernel(model, config, run);
}

/** The folder, when any of the probes is in it. */
async function prefixOf({ probes }: Model, folder: string, run: Run): Promise<string> {
  run.prefix = `${folder}/`;
  for (const probe of probes) if (await run.probe(probe)) return run.prefix;
  return "";
}

async function kernel(
  model: Model,
  config: ReadonlyMap<string, string>,
  run: Run,
): Promise<Outcome> {
  const dtb = config.get("device_tree") ?? model.dtb;
  if ((await run.measured(dtb)) === undefined) return run.ended(run.prefix + dtb);
  const overlay = config.get("dtoverlay")?.split(",")[0];
  await run.measured("overlays/overlay_map.dtb");
  if (overlay) {
    const name = `overlays/${overlay}.dtbo`;
    if ((await run.measured(name)) === undefined) return run.ended(run.prefix + name);
  }
  const cmdline = await run.measured(config.get("cmdline") ?? "cmdline.txt");
  const named = config.get("kernel");
  const kernels = named === undefined ? model.kernels(config) : [named];
  for (const name of kernels) {
    if (!(await run.probe(name))) continue;
    for (const stub of model.stubs) await run.get(stub);
    await run.get(name);
    return run.ended(undefined, cmdline?.split("\n")[0]);
  }
  return run.ended(run.prefix + kernels.at(-1));
}

/** The settings of config.txt for a board that matches `filters`; the last one of a name counts. */
function settings(text: string, filters: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let counts = true;
  for (const line of text.split("\n")) {
    const [, filter] = /^\[(.*)\]$/.exec(line.trim()) ?? [];
    const [, key, value = ""] = /^([^#=\s]+)=(.*)$/.exec(line.trim()) ?? [];
    if (filter !== undefined) counts = filters.includes(filter);
    else if (key !== undefined && counts) found.set(key, value);
  }
  return found;
}
