// Models of what boots a Raspberry Pi from the network: which files it asks for, in which order, and
// what it does without. They decide nothing that depends on what is in a file, but for config.txt.
// Sources: Raspberry Pi's documentation ("boot flow", "network booting", "config.txt").

/** Fetches a file; undefined when the server has none of that name. */
export type Fetch = (name: string) => Promise<string | undefined>;

/** What came of a boot. */
export interface Outcome {
  /** What was asked for, in order, and whether it came. */
  readonly asked: readonly (readonly [name: string, came: boolean])[];
  /** What the boot cannot do without; undefined when it came up. */
  readonly missed: string | undefined;
  /** What the kernel is started with. */
  readonly cmdline: string | undefined;
}

/** A board on the network. */
export interface Model {
  /** The filters of config.txt that it matches. */
  readonly filters: readonly string[];
  /** What its ROM fetches before it knows of a folder, and then. */
  readonly first: readonly string[];
  /** Files that say whether there is a folder of its own; any of them. */
  readonly probes: readonly string[];
  /** What has to be there besides config.txt, kernel and device tree. */
  readonly firmware: readonly string[];
  /** What it asks for and does without. */
  readonly optional: readonly string[];
  readonly dtb: string;
  /** Kernels by preference, where config.txt names none. */
  readonly kernels: (config: ReadonlyMap<string, string>) => readonly string[];
}

const narrow = (config: ReadonlyMap<string, string>) =>
  config.get("arm_64bit") === "1" ? ["kernel8.img"] : ["kernel7.img"];

export const models = {
  pi3: {
    filters: ["all", "pi3"],
    first: ["bootcode.bin"],
    probes: ["start.elf"],
    firmware: ["start.elf", "fixup.dat"],
    optional: ["bootsig.bin", "autoboot.txt", "recovery.elf", "dt-blob.bin"],
    dtb: "bcm2710-rpi-3-b.dtb",
    kernels: narrow,
  },
  pi4: {
    filters: ["all", "pi4"],
    first: [],
    probes: ["start4.elf", "start.elf"],
    firmware: ["start4.elf", "fixup4.dat"],
    optional: ["autoboot.txt", "pieeprom.sig", "vl805.sig", "recover4.elf", "dt-blob.bin"],
    dtb: "bcm2711-rpi-4-b.dtb",
    // 64 bits unless it is told otherwise, since firmware of 2023.
    kernels: (config) => (config.get("arm_64bit") === "0" ? ["kernel7l.img"] : ["kernel8.img"]),
  },
  pi5: {
    filters: ["all", "pi5"],
    first: [],
    probes: ["config.txt"],
    firmware: [],
    optional: ["autoboot.txt", "pieeprom.sig"],
    dtb: "bcm2712-rpi-5-b.dtb",
    kernels: () => ["kernel_2712.img", "kernel8.img"],
  },
} satisfies Readonly<Record<string, Model>>;

/** Boots `model`, whose own folder is called `folder`. */
export async function boot(model: Model, folder: string, fetch: Fetch): Promise<Outcome> {
  const asked: [string, boolean][] = [];
  const get = async (name: string) => {
    const file = await fetch(name);
    asked.push([name, file !== undefined]);
    return file;
  };
  const first = await firstOf(model.first, get);
  if (first) return { asked, missed: first, cmdline: undefined };
  let prefix = "";
  for (const probe of model.probes) {
    if (prefix === "" && (await get(`${folder}/${probe}`)) !== undefined) prefix = `${folder}/`;
  }
  for (const name of model.optional) await get(prefix + name);
  const missing = await firstOf(
    [...model.firmware, "config.txt"].map((name) => prefix + name),
    get,
  );
  if (missing) return { asked, missed: missing, cmdline: undefined };
  const config = settings((await get(`${prefix}config.txt`)) ?? "", model.filters);
  const named = config.get("kernel");
  const kernels = named === undefined ? model.kernels(config) : [named];
  const dtb = config.get("device_tree") ?? model.dtb;
  const overlay = config.get("dtoverlay")?.split(",")[0];
  const needed = [dtb, ...(overlay ? [`overlays/${overlay}.dtbo`] : [])];
  const lost = await firstOf(
    needed.map((name) => prefix + name),
    get,
  );
  if (lost) return { asked, missed: lost, cmdline: undefined };
  const cmdline = await get(prefix + (config.get("cmdline") ?? "cmdline.txt"));
  for (const kernel of kernels) {
    if ((await get(prefix + kernel)) !== undefined) {
      return { asked, missed: undefined, cmdline: cmdline?.split("\n")[0] };
    }
  }
  return { asked, missed: prefix + kernels.at(-1), cmdline: undefined };
}

/** The first of `names` that does not come. */
async function firstOf(names: readonly string[], get: Fetch): Promise<string | undefined> {
  for (const name of names) if ((await get(name)) === undefined) return name;
  return undefined;
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
