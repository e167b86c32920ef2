// A board on the desk with a script that no flow made: what a person has in a file, with a folder
// that a server serves and others that stand for devices.
import type { Board } from "../boards/index.js";
import type { Content } from "../image/index.js";
import type { Partition, World } from "../simulator/index.js";
import { cardOf, type Desk, firmwareTree, firmwareVariable, foundOn, servingLan } from "./desk.js";
import { leaseFor } from "./lease.js";

/** What is put together. */
export interface LooseParts {
  readonly board: Board;
  /** The first script. */
  readonly start: Desk["start"];
  /** The file called so on a server; undefined: there is none. */
  readonly served: (name: string) => Content | undefined;
  /** What is on devices: `mmc 0:1` and what reads a file there. */
  readonly devices: ReadonlyMap<string, (name: string) => Content | undefined>;
  readonly environment: Readonly<Record<string, string>>;
}

/** A desk without a flow: every address is a server with the same files. */
export function looseDesk({ board, start, served, devices, environment }: LooseParts): Desk {
  const card = cardOf(board);
  const lease = leaseFor({ servers: [] });
  const world: World = {
    lan: servingLan(
      lease,
      () => true,
      (_, name) => served(name),
    ),
    devices: partitioned(devices),
    environment: { ...foundOn(card), ...firmwareVariable(board), ...environment },
    given: firmwareTree(board),
  };
  return {
    board,
    world,
    card,
    start,
    found: false,
    filesOf: () => new Set(),
    nameOf: () => undefined,
  };
}

function partitioned(devices: LooseParts["devices"]): World["devices"] {
  const found = new Map<string, Map<number, Partition>>();
  for (const [place, read] of devices) {
    const [device = place, partition = "1"] = place.split(":");
    const partitions = found.get(device) ?? new Map<number, Partition>();
    found.set(device, partitions);
    const inFolder = (name: string) => read(name.replace(/^\/+/, ""));
    partitions.set(Number(partition), { type: "fat", bootable: true, read: inFolder });
  }
  return new Map([...found].map(([device, partitions]) => [device, { partitions }]));
}
