// Commands whose status only the hardware decides: pins, buses and raw flash. What is known of them is
// how they are written, and what U-Boot says before it asks the hardware; everything else ends the
// simulation, with what decides. Governed by cmd/gpio.c, cmd/i2c.c, cmd/nand.c, cmd/mtd.c, cmd/sf.c,
// cmd/ubi.c, cmd/ubifs.c and cmd/mtdparts.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { undecided } from "../unknown-command.js";
import { told } from "./telling.js";

/** `gpio`, `i2c`, `nand`, `mtd`, `sf`, `ubi`, `ubifs…`, `mtdparts` and `chpart`. */
export const hardwareCommands: Family = (machine) => ({
  gpio: { run: (args) => gpio(machine, args), maxargs: 4 },
  i2c: { run: (args) => i2c(machine, args), maxargs: 7 },
  nand: (args) => nand(machine, args),
  mtd: (args) => mtd(machine, args),
  sf: { run: (args) => sf(machine, args), maxargs: 5 },
  ubi: { run: (args) => ubi(machine, args), maxargs: 7 },
  ...ubifs(machine),
  mtdparts: { run: (args) => mtdparts(machine, args), maxargs: 6 },
  chpart: { run: (args) => undecided(machine, PARTS, ["chpart", ...args]), maxargs: 2 },
});

const PIN = "whether the board has the pin, and what level it has";
const BUS = "what is on the bus";
const FLASH = "what is in the flash";
const PARTS = "mtdids and mtdparts, which the build may have too, and the flash";

function gpio(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb = "", ...rest] = args;
  const words = ["gpio", ...args];
  if (verb.startsWith("st")) {
    const pins = rest[0] === "-a" ? rest.slice(1) : rest;
    return pins.length === 0 ? told(machine, ...words) : undecided(machine, PIN, words);
  }
  const pin = verb.startsWith("re") ? rest[1] : rest[0];
  if (pin === undefined || !/^[isctr]/.test(verb)) return "usage";
  return undecided(machine, PIN, words);
}

/** The sub-commands of `i2c`, and how many words they take at least and at most, with their own. */
const i2cVerbs: Readonly<Record<string, readonly [least: number, most: number]>> = {
  bus: [1, 7],
  crc32: [4, 7],
  dev: [1, 7],
  loop: [3, 7],
  md: [3, 7],
  mm: [3, 3],
  mw: [4, 5],
  nm: [3, 3],
  probe: [1, 7],
  read: [5, 5],
  write: [5, 6],
  flags: [2, 7],
  olen: [2, 7],
  reset: [1, 7],
  speed: [1, 7],
  // In some builds.
  edid: [1, 7],
  sdram: [1, 7],
};

function i2c(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const verb = verbOf(Object.keys(i2cVerbs), args[0]);
  const [least, most] = i2cVerbs[verb ?? ""] ?? [1, 0];
  if (args.length < least || args.length > most) return "usage";
  const words = ["i2c", ...args];
  const asks = args.length === 1 && (verb === "dev" || verb === "speed" || verb === "bus");
  return asks ? told(machine, ...words) : undecided(machine, BUS, words);
}

/** The sub-command that `asked` is, or begins, what comes after a dot aside (find_cmd_tbl). */
function verbOf(verbs: readonly string[], asked = ""): string | undefined {
  const name = asked.split(".", 1)[0] as string;
  const found = verbs.filter((each) => each.startsWith(name));
  return found.find((each) => each === name) ?? (found.length === 1 ? found[0] : undefined);
}

/** How many words `nand` takes at least with these, with their own. */
const nandWords: Readonly<Record<string, number>> = { read: 3, write: 3, dump: 2 };

function nand(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb, first] = args;
  const words = ["nand", ...args];
  if (verb === undefined) return "usage";
  if (verb === "info" || (verb === "device" && first === undefined)) return told(machine, ...words);
  const [name = "", suffix] = verb.split(".", 2);
  if (name === "erase" || name === "scrub") {
    const options = first === "clean" || first === "-y" ? 1 : 0;
    const takes = suffix === "part" ? 1 : suffix === "chip" ? 0 : 2;
    if (args.length !== 1 + options + takes) return "usage";
  } else if (args.length < (nandWords[name] ?? 1)) return "usage";
  return NAND.test(name) ? undecided(machine, FLASH, words) : "usage";
}

const NAND =
  /^(?:device|bad|erase|scrub|read|write|dump|markbad|biterr|lock|unlock|torture|watch|onfi|env)$/;

/** The sub-commands of `mtd` that every release has, and how many words they take at least and at most. */
const mtdVerbs: Readonly<Record<string, readonly [least: number, most: number]>> = {
  list: [1, 1],
  read: [2, 5],
  write: [2, 5],
  dump: [2, 4],
  erase: [2, 4],
  bad: [2, 2],
};

/** Sub-commands of `mtd` that only some releases or builds have. */
const laterMtd = /^(?:otp(?:read|write|lock|info)|markbad|nand_(?:read|write)_test)/;

function mtd(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [asked = ""] = args;
  const words = ["mtd", ...args];
  if (laterMtd.test(asked)) return undecided(machine, FLASH, words);
  const verb = verbOf(Object.keys(mtdVerbs), asked);
  const [least, most] = mtdVerbs[verb ?? ""] ?? [1, 0];
  if (args.length < least || args.length > most) return "usage";
  return verb === "list" ? told(machine, ...words) : undecided(machine, FLASH, words);
}

function sf(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb, at] = args;
  const words = ["sf", ...args];
  if (verb === undefined) return "usage";
  if (verb === "probe") {
    const isPlace =
      at === undefined || /^(?:0[xX])?[0-9a-fA-F]+(?::(?:0[xX])?[0-9a-fA-F]+)?$/.test(at);
    return isPlace ? undecided(machine, "whether a flash answers there", words) : "usage";
  }
  if (!wasDone(machine, "sf probe")) {
    machine.print("No SPI flash selected. Please run `sf probe'\n");
    return 1;
  }
  return undecided(machine, FLASH, words);
}

function ubi(machine: Machine, args: readonly string[]): ReturnType<Run> {
  if (args.length === 0) return "usage";
  return undecided(machine, FLASH, ["ubi", ...args]);
}

function ubifs(machine: Machine): Readonly<Record<string, ShellCommand>> {
  /** What needs a volume that is mounted. */
  const mounted = (name: string, mount: string, maxargs: number): [string, ShellCommand] => [
    name,
    {
      run: (args) => {
        if (wasDone(machine, "ubifsmount")) return undecided(machine, FLASH, [name, ...args]);
        machine.print(`UBIFS not mounted, use ${mount} to mount volume first!\n`);
        return 1;
      },
      maxargs,
    },
  ];
  const mount: Run = (args) =>
    args.length === 1 ? undecided(machine, FLASH, ["ubifsmount", ...args]) : "usage";
  return {
    ubifsmount: { run: mount, maxargs: 2 },
    ...Object.fromEntries([
      mounted("ubifsls", "ubifsmount", 2),
      mounted("ubifsload", "ubifs mount", 4),
    ]),
    ubifsumount: {
      run: (args) => (args.length > 0 ? "usage" : undecided(machine, FLASH, ["ubifsumount"])),
      maxargs: 1,
    },
  };
}

/** Whether somebody said that such a command succeeds: what it is for may have been done by then. */
function wasDone({ world }: Machine, command: string): boolean {
  const assumed = [...(world.assumed ?? [])];
  return assumed.some(([words, status]) => status === 0 && `${words} `.startsWith(`${command} `));
}

function mtdparts(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [verb = "", ...rest] = args;
  const isKnown =
    args.length === 0 ||
    (args.length === 1 && /^(?:default|delall|spread)$/.test(verb)) ||
    (verb.startsWith("add") && (rest.length === 3 || rest.length === 4)) ||
    (verb === "del" && rest.length === 1);
  return isKnown ? undecided(machine, PARTS, ["mtdparts", ...args]) : "usage";
}
