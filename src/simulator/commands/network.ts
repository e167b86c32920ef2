// The network commands of U-Boot's own stack. Governed by cmd/net.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { hexadecimal, wholeHexadecimal } from "../numbers.js";
import { lease } from "./dhcp.js";
import { nfs } from "./nfs.js";
import {
  type Attempt,
  addressOf,
  device,
  fileName,
  hasAddresses,
  hasOwnAddress,
  netLoop,
  noArp,
} from "./round.js";
import { tftp } from "./tftp.js";
import { wget } from "./wget.js";

/** What `[addr] [[ip:]file]` says. */
interface Asked {
  readonly name: string;
  /** Whether the name was an argument, so that a lease does not change it. */
  readonly explicit: boolean;
}

type Protocol = (machine: Machine, asked: Asked) => Attempt | "unready";

/** A transfer from the server that the name or `serverip` says. */
const transfer =
  (fetch: (machine: Machine, name: string) => Attempt): Protocol =>
  (machine, { name }) => {
    if (hasAddresses(machine, name)) return fetch(machine, name);
    machine.memory.miss(machine.loadAddress, name);
    return "unready";
  };

const protocols: Readonly<Record<string, Protocol>> = {
  tftpboot: transfer(tftp),
  nfs: transfer(nfs),
  wget: transfer(wget),
  dhcp: (machine, asked) => lease(machine, asked),
  bootp: (machine, asked) => lease(machine, asked),
};

/** The commands of boards with U-Boot's own stack. */
export const networkCommands: Family = (machine) =>
  machine.board.net.stack === "lwip"
    ? {}
    : {
        ...Object.fromEntries(
          Object.entries(protocols).map(([name, protocol]): [string, ShellCommand] => [
            name,
            { run: (args) => netboot(machine, args, protocol), maxargs: 3 },
          ]),
        ),
        ping: { run: (args) => ping(machine, args), maxargs: 2 },
      };

function netboot(machine: Machine, args: readonly string[], protocol: Protocol): ReturnType<Run> {
  const { environment } = machine;
  const ambient = environment.get("loadaddr");
  if (ambient !== undefined) machine.loadAddress = hexadecimal(ambient);
  const asked = readArguments(machine, args);
  if (!asked) return "usage";
  let ready = true;
  const size = netLoop(machine, () => {
    const attempt = protocol(machine, asked);
    ready = attempt !== "unready";
    return attempt === "unready" ? { size: 0 } : attempt;
  });
  if (size === undefined || !ready) return 1;
  return size > 0 ? autostart(machine) : 0;
}

function readArguments(machine: Machine, args: readonly string[]): Asked | undefined {
  const [first, second] = args;
  const ambient = { name: fileName(machine.environment.get("bootfile") ?? ""), explicit: false };
  if (first === undefined) return ambient;
  if (second !== undefined) {
    machine.loadAddress = hexadecimal(first);
    return { name: fileName(second), explicit: true };
  }
  const address = wholeHexadecimal(first);
  if (address === undefined) return { name: fileName(first), explicit: true };
  machine.loadAddress = address;
  return ambient;
}

/** `autostart`: what was loaded is booted at once. */
function autostart(machine: Machine): number {
  const { environment, shell, loadAddress, print } = machine;
  if (!/^[1yYtT]/.test(environment.get("autostart") ?? "")) return 0;
  print(`Automatic boot of image at addr 0x${loadAddress.toString(16).padStart(8, "0")} ...\n`);
  return shell.call(["bootm"]);
}

function ping(machine: Machine, [target]: readonly string[]): ReturnType<Run> {
  const address = addressOf(target);
  if (target === undefined || !address) return "usage";
  if (!hasOwnAddress(machine)) {
    machine.print(`ping failed; host ${target} is not alive\n`);
    return 1;
  }
  machine.print(`Using ${device(machine)} device\n`);
  machine.packets += 2;
  const alive = machine.world.lan?.reaches(address) ?? false;
  if (!alive) noArp(machine);
  else machine.wait(1);
  machine.print(alive ? `host ${target} is alive\n` : `ping failed; host ${target} is not alive\n`);
  return alive ? 0 : 1;
}
