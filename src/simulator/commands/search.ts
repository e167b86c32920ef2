// What U-Boot does when nobody says what to boot: `boot`, standard boot, and the older scripts that look
// for something on every device. The search itself is not simulated: the simulation ends there, and
// says where U-Boot looks and which file it finds first. Governed by cmd/bootm.c, cmd/bootflow.c and
// include/config_distro_bootcmd.h.
import { builtins, type Run, type Shell } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { unknown } from "../unknown-command.js";
import type { Partition } from "../world.js";

/** `boot`, `bootd`, `bootflow`, and `run` of what a catalogue need not spell out. */
export const searchCommands: Family = (machine) => ({
  boot: { run: (_, shell) => boot(machine, shell), maxargs: 1 },
  bootd: { run: (_, shell) => boot(machine, shell), maxargs: 1 },
  bootflow: (args) => bootflow(machine, args),
  run: (names, shell) => run(machine, names, shell),
});

/** Runs `bootcmd` without a word where there is one. */
function boot({ environment }: Machine, shell: Shell): number {
  const command = environment.get("bootcmd");
  return command === undefined ? 1 : shell.run(command, "bootcmd");
}

function bootflow(machine: Machine, [verb, ...options]: readonly string[]): ReturnType<Run> {
  if (verb === undefined) return "usage";
  const flags = options.filter((each) => each.startsWith("-")).join("");
  // With options it only lists what it finds, unless it is told to boot.
  if (verb !== "scan" || (flags !== "" && !flags.includes("b"))) {
    return unknown(machine, "bootflow", verb);
  }
  const device = options.find((each) => !each.startsWith("-"));
  return search(machine, ["bootflow", verb, ...options].join(" "), device);
}

/** Variables of the older scripts: the whole search, or that of one target. */
const DISTRO = /^(?:distro_bootcmd|bootcmd_([a-z]+\d*|ubifs\d+))$/;

function run(machine: Machine, names: readonly string[], shell: Shell): ReturnType<Run> {
  const builtin = builtins.run as { readonly run: Run };
  const isDistro = machine.board.boot.flow === "distro_bootcmd";
  for (const name of names) {
    const [found, target] = DISTRO.exec(name) ?? [];
    if (isDistro && found && machine.environment.get(name) === undefined) {
      return search(machine, `run ${name}`, target);
    }
    const status = builtin.run([name], shell, "run");
    if (status !== 0 || shell.outcome) return status;
  }
  return names.length === 0 ? "usage" : 0;
}

/** Ends the simulation where U-Boot goes on by itself. */
function search(machine: Machine, by: string, only?: string): number {
  const { environment, board } = machine;
  const all = environment.get("boot_targets")?.split(/\s+/) ?? board.boot.targets ?? [];
  const targets = only === undefined ? all.filter((each) => each !== "") : [only];
  const found = targets.flatMap((target) => findingsOn(machine, target))[0];
  machine.end({ kind: "search", by, targets, ...(found !== undefined && { finds: found }) });
  return 1;
}

/** What U-Boot boots from a partition, in its order. */
const names = ["extlinux/extlinux.conf", "boot.scr.uimg", "boot.scr"];
const prefixes = ["/", "/boot/"];

/** The files it finds on the devices of `target`: `mmc0`, or `mmc` for all of them. */
function findingsOn({ world, changes }: Machine, target: string): readonly string[] {
  const [, kind = target, number] = /^([a-z]+)(\d*)$/.exec(target) ?? [];
  const devices = [...world.devices].filter(([key]) =>
    number ? key === `${kind} ${Number(number)}` : key.startsWith(`${kind} `),
  );
  return devices.flatMap(([key, { partitions }]) => {
    const bootable = [...partitions].filter(([, { bootable }]) => bootable);
    const looked = bootable.length > 0 ? bootable : [...partitions].slice(0, 1);
    return looked.flatMap(([at, partition]) =>
      filesOn(changes.on(partition)).map((name) => `${name} on ${key}:${at}`),
    );
  });
}

const filesOn = (partition: Partition) =>
  prefixes
    .flatMap((prefix) => names.map((name) => `${prefix}${name}`))
    .filter((name) => partition.read(name) !== undefined);
