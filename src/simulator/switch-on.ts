// A board before anything runs on it: the machine is put together here, with its limits and with
// whoever watches its commands.
import { type Board, defaultEnvironment } from "../boards/index.js";
import { createShell, type Outcome } from "../hush/index.js";
import { Changes } from "./changes.js";
import { commandsOf } from "./commands/index.js";
import { tftpDefaults } from "./commands/tftp.js";
import type { Ending } from "./ending.js";
import type { Machine } from "./machine.js";
import { Memory } from "./memory.js";
import { hexadecimal } from "./numbers.js";
import type { SimulateOptions } from "./options.js";
import { Trace } from "./trace.js";
import { mayHave, unknownCommand } from "./unknown-command.js";
import { Variables } from "./variables.js";

/** The release the catalogue describes. */
const RELEASE = "2026.10";
/** A board that is busy for longer is not going to boot, milliseconds. */
const HOUR = 3_600_000;

/** The bytes of the checksum before a saved environment. */
const CHECKSUM = 4;

/** A machine, and what became of it. */
export interface Running {
  readonly machine: Machine;
  readonly console: () => string;
  /** Undefined: nothing ended it. */
  readonly ending: () => Ending | undefined;
}

/** Switches a board on in its world. */
export function switchOn(options: SimulateOptions): Running {
  const { board, world, limits = {}, release = RELEASE } = options;
  const values = { ...defaultEnvironment(board), ...world.environment };
  const environment = new Variables(values, false, board.limits.envSize - CHECKSUM);
  const memory = new Memory();
  for (const { name, address, content } of world.given ?? []) {
    memory.write(address, content, memory.origin(name));
  }
  const output: string[] = [];
  const trace = new Trace(environment, memory, options.onText);
  let ending: Ending | undefined;
  let time = 0;
  const end = (how: Ending) => {
    ending ??= how;
    machine.shell.stop(how.kind);
  };
  const machine: Machine = {
    board,
    world,
    release,
    environment,
    memory,
    end,
    get time() {
      return time;
    },
    packets: 0,
    workingTree: undefined,
    controlTree: hexadecimal(environment.get("fdtcontroladdr") ?? "") || undefined,
    loadAddress: board.addresses.loadaddr ?? 0,
    tftp: tftpDefaults(board),
    buses: new Set(startsUsb(options) ? ["usb"] : []),
    chosen: new Map(),
    changes: new Changes(),
    guessed: new Set(),
    print: (text) => machine.shell.write(text),
    wait(milliseconds) {
      time += milliseconds;
      if (time > (limits.time ?? HOUR)) end({ kind: "limit", limit: "time" });
      return machine.shell.outcome === undefined;
    },
    refuses: (address, size) => refusal(board, address, size),
    place(address, content, name, flaw) {
      const origin = memory.origin(name, flaw);
      memory.write(address, content, origin);
      return origin;
    },
    shell: undefined as never,
  };
  const shell = createShell({
    dialect: options.dialect ?? board.shell,
    release,
    commands: commandsOf(machine),
    environment,
    console: {
      write(text) {
        output.push(text);
        trace.wrote(text);
      },
    },
    limits: { maxargs: board.limits.maxargs, ...limits },
    observe: trace.observer(() => time, options.onCommand),
    otherwise: (name) =>
      mayHave(board, name, release) ? unknownCommand(machine, name) : undefined,
  });
  Object.assign(machine, { shell });
  return {
    machine,
    console: () => output.join(""),
    ending: () => ending ?? endingOf(shell.outcome, shell.status),
  };
}

/** Whether U-Boot has looked for USB devices before it runs a script, and found some. */
function startsUsb({ board, world }: SimulateOptions): boolean {
  const starts = board.boot.preboot?.includes("usb start") ?? false;
  return starts && [...world.devices.keys()].some((key) => key.startsWith("usb "));
}

function endingOf(outcome: Outcome | undefined, status: number): Ending | undefined {
  switch (outcome?.kind) {
    case "limit":
      return outcome;
    case "console":
      return { kind: "prompt", status };
    case "panic":
      return { kind: "hang", why: "the shell gave up" };
    case "undefined":
      return { kind: "undefined", why: "the shell reads on where no script is" };
    default:
      return undefined;
  }
}

/** What LMB says to a load: U-Boot keeps the end of the DRAM, and firmware has its places. */
function refusal({ memory }: Board, address: number, size: number): ReturnType<Machine["refuses"]> {
  const end = memory.base + memory.size;
  if (address < memory.base || address + size > end) return "outside";
  const taken = [
    // A tree that U-Boot has copied is only there for the kernel: nobody defends it.
    ...memory.reserved.filter(({ why }) => !why.startsWith("device tree")),
    { start: end - memory.reservedTop.size, size: memory.reservedTop.size },
  ];
  return taken.some((each) => address < each.start + each.size && address + size > each.start)
    ? "reserved"
    : undefined;
}
