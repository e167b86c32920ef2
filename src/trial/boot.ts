// One boot of a desk: with what goes wrong, and with a journal of what the board asked for.
import type { Running } from "../hush/index.js";
import type { Fault } from "../program/index.js";
import {
  type Answer,
  type CommandRun,
  type Device,
  type Protocol,
  type Simulation,
  simulate,
  type World,
  withFaults,
} from "../simulator/index.js";
import type { Desk } from "./desk.js";

/** Something the board asked the world for, in the order it did. */
export type Request =
  | { readonly kind: "dhcp" }
  | {
      readonly kind: "transfer";
      readonly protocol: Protocol;
      readonly server: string;
      readonly name: string;
      readonly answer: Answer["kind"];
    }
  | {
      readonly kind: "read";
      /** `mmc 0`, and the number of the partition. */
      readonly device: string;
      readonly partition: number;
      readonly name: string;
      readonly found: boolean;
    };

/** A piece of text on the console, and what was running when it came; the innermost last. */
export interface Said {
  readonly text: string;
  readonly running: readonly Running[];
}

/** How a boot went. */
export interface Boot extends Simulation {
  readonly desk: Desk;
  readonly requests: readonly Request[];
  readonly said: readonly Said[];
  /** Commands in the order they ended. */
  readonly commands: readonly CommandRun[];
  /** Faults that made a difference. */
  readonly happened: ReadonlySet<Fault>;
}

export interface BootOptions {
  readonly faults?: readonly Fault[];
  /** Variables that the board's environment has besides its own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Commands whose end is taken as given, by how they begin. */
  readonly assumed?: ReadonlyMap<string, number>;
  /** The release of U-Boot, such as "2023.01". */
  readonly release?: string;
}

/** Switches the board of `desk` on. */
export function bootDesk(desk: Desk, options: BootOptions = {}): Boot {
  const { faults = [], environment = {}, assumed, release } = options;
  const happened = new Set<Fault>();
  const requests: Request[] = [];
  const said: Said[] = [];
  const commands: CommandRun[] = [];
  const given: World = {
    ...desk.world,
    environment: { ...desk.world.environment, ...environment },
    ...(assumed && { assumed }),
  };
  const spoilt = withFaults(given, faults, {
    filesOf: desk.filesOf,
    card: desk.card,
    happens: (fault) => happened.add(fault),
  });
  const world = watched(spoilt, (request) => requests.push(request));
  const start = desk.found ? onCard(desk, world) : desk.start;
  const simulation = simulate(start ?? { text: "" }, {
    board: desk.board,
    world,
    onCommand: (command) => commands.push(command),
    onText: (text, running) => said.push({ text, running }),
    ...(release !== undefined && { release, ...shellOf(release) }),
  });
  const nothing = start ? {} : { ending: { kind: "prompt", status: 1 } as const };
  return { ...simulation, ...nothing, desk, requests, said, commands, happened };
}

/** Before v2024.04 there is only the old shell. */
const shellOf = (release: string) => (release < "2024.04" ? { dialect: "old" as const } : {});

/** The first script as the card has it; undefined: U-Boot finds none. */
function onCard({ card, start }: Desk, { devices }: World): Desk["start"] | undefined {
  const image = devices.get(card)?.partitions.get(1)?.read(`/${start.name}`);
  return image && { image, name: start.name };
}

/** `world`, which tells `note` what it is asked for. */
function watched(world: World, note: (request: Request) => void): World {
  const { lan } = world;
  const devices = new Map(
    [...world.devices].map(([key, device]) => [key, watchedDevice(key, device, note)]),
  );
  if (!lan) return { ...world, devices };
  return {
    ...world,
    devices,
    lan: {
      lease() {
        note({ kind: "dhcp" });
        return lan.lease();
      },
      reaches: (address) => lan.reaches(address),
      fetch(protocol, server, name) {
        const answer = lan.fetch(protocol, server, name);
        note({ kind: "transfer", protocol, server, name, answer: answer.kind });
        return answer;
      },
    },
  };
}

function watchedDevice(device: string, whole: Device, note: (request: Request) => void): Device {
  const partitions = new Map(
    [...whole.partitions].map(([number, partition]) => [
      number,
      {
        ...partition,
        read(name: string) {
          const content = partition.read(name);
          note({ kind: "read", device, partition: number, name, found: content !== undefined });
          return content;
        },
      },
    ]),
  );
  return { ...whole, partitions };
}
