// `pxe` and `sysboot`: fetch a menu in the form of extlinux.conf and boot what it says. Left out: the
// names `default-ARCH-SOC…` of boards whose environment does not tell their SoC, options 209 and 60
// of DHCP, and IPv6. Governed by cmd/pxe.c and cmd/sysboot.c.
import type { Run } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, wholeHexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import type { Partition } from "../world.js";
import { bootMenu } from "./pxe-boot.js";
import { fetchText, folderOf, hardwareAddress, needed, type PxeSource } from "./pxe-source.js";
import { addressOf } from "./round.js";
import { partitionOf, spentText } from "./storage.js";

/** `pxe` and `sysboot`. */
export const pxeCommands: Family = (machine) => ({
  pxe: { run: (args) => pxe(machine, args), maxargs: machine.release < "2023.04" ? 3 : 4 },
  sysboot: { run: (args) => sysboot(machine, args), maxargs: 7 },
});

const verbs: Readonly<
  Record<string, (machine: Machine, args: readonly string[]) => ReturnType<Run>>
> = { get, boot };

function pxe(machine: Machine, [asked = "", ...args]: readonly string[]): ReturnType<Run> {
  const verb = Object.keys(verbs).find((name) => asked !== "" && name.startsWith(asked));
  if (args.at(-1) === "-ipv6") return unknown(machine, "pxe", asked, "-ipv6");
  return verb === undefined ? "usage" : (verbs[verb] as (typeof verbs)[string])(machine, args);
}

/** From the server that `tftpboot` asks. */
const overNetwork = (machine: Machine): PxeSource => ({
  command: "pxe",
  folder: folderOf(machine.environment.get("bootfile")),
  absolute: false,
  fetch(name, address) {
    const { shell } = machine;
    if (shell.call(["tftpboot", address.toString(16), name]) !== 0 || shell.outcome)
      return undefined;
    // After an empty file this is the size of the one before.
    return wholeHexadecimal(needed(machine, "filesize") ?? "");
  },
});

function get(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const { print, shell, environment } = machine;
  if (args.length > 0) return "usage";
  const address = wholeHexadecimal(needed(machine, "pxefile_addr_r") ?? "");
  if (address === undefined) return 1;
  const source = overNetwork(machine);
  const found = [...namesOf(machine)].some((each) => {
    const name = typeof each === "string" ? each : needed(machine, each.variable);
    return name !== undefined && fetchText(machine, source, `pxelinux.cfg/${name}`, address);
  });
  if (shell.outcome) return 1;
  const bootfile = environment.get("bootfile") ?? "<NULL>";
  print(found ? `Config file '${bootfile}' found\n` : "Config file not found\n");
  return found ? 0 : 1;
}

/** Configuration files in the order they are asked for; a variable that has the name, or none. */
function* namesOf({ environment, board }: Machine): Iterable<{ variable: string } | string> {
  yield { variable: "pxeuuid" };
  const hardware = hardwareAddress(environment.get("ethaddr"));
  if (hardware !== undefined) yield hardware;
  const parts = (addressOf(environment.get("ipaddr")) ?? "0.0.0.0").split(".");
  const address = parts.map((part) => hex(Number(part), 2).toUpperCase()).join("");
  for (let length = address.length; length > 0; length--) yield address.slice(0, length);
  const arch = `default-${families[board.arch] ?? board.arch}`;
  const { soc, board: name } = board.environment;
  if (soc !== undefined && name !== undefined) yield `${arch}-${soc}-${name}`;
  if (soc !== undefined) yield `${arch}-${soc}`;
  yield arch;
  yield "default";
}

/** CONFIG_SYS_ARCH, where mkimage has another word. */
const families: Readonly<Record<string, string>> = { arm64: "arm", ppc: "powerpc", x86_64: "x86" };

function boot(machine: Machine, [at, ...more]: readonly string[]): ReturnType<Run> {
  if (more.length > 0) return "usage";
  const asked = at ?? needed(machine, "pxefile_addr_r");
  if (asked === undefined) return 1;
  const address = addressIn(machine, asked);
  return address === undefined ? 1 : bootMenu(machine, overNetwork(machine), address);
}

function addressIn({ print }: Machine, text: string): number | undefined {
  const address = wholeHexadecimal(text);
  if (address === undefined) print(`Invalid pxefile address: ${text}\n`);
  return address;
}

/** Types of file systems, by what the argument has somewhere in it. */
const fileSystems = [
  ["ext2", "ext4"],
  ["fat", "fat"],
  ["any", undefined],
] as const;

function sysboot(machine: Machine, given: readonly string[]): ReturnType<Run> {
  const { environment, print, shell } = machine;
  const asks = given[0]?.includes("-p") ?? false;
  const [kind, spec, system, at, path] = asks ? given.slice(1) : given;
  if (kind === undefined || spec === undefined || system === undefined) return "usage";
  const asked = at ?? needed(machine, "pxefile_addr_r");
  if (asked === undefined) return 1;
  if (path !== undefined) environment.set("bootfile", path);
  const name = path ?? environment.get("bootfile");
  if (name === undefined && shell.since("2024.07")) {
    print("Specify a filename or set the ${bootfile} environment variable\n");
    return 1;
  }
  const type = fileSystems.find(([word]) => system.includes(word));
  if (!type) {
    print(`Invalid filesystem: ${system}\n`);
    return 1;
  }
  const address = addressIn(machine, asked);
  if (address === undefined) return 1;
  if (name === undefined) return unknown(machine, "sysboot", "without a file");
  const source: PxeSource = {
    command: "sysboot",
    folder: folderOf(name),
    absolute: true,
    fetch: (file, to) => read(machine, partitionOf(machine, kind, spec, type[1]), file, to),
  };
  // The name is relative to the folder that is a part of it.
  if (fetchText(machine, source, name, address)) return bootMenu(machine, source, address, asks);
  if (!shell.outcome) print("Error reading config file\n");
  return 1;
}

/** Reads a file without a look at what it overwrites. */
function read(machine: Machine, partition: Partition | undefined, name: string, address: number) {
  machine.memory.miss(address, name);
  const content = partition?.read(name);
  if (!content) {
    if (partition?.type === "fat") machine.print(`** Unable to read file ${name} **\n`);
    return undefined;
  }
  if (machine.refuses(address, content.size)) {
    machine.end({ kind: "undefined", why: `sysboot loads ${name} over what is not free` });
    return undefined;
  }
  spentText(machine, content.size);
  machine.place(address, content, name, content.flaw);
  return content.size;
}
