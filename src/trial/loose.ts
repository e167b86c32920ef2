// A board on the desk with a script that no flow made: what a person has in a file, with a folder
// that a server serves and others that stand for devices.
import type { Board } from "../boards/index.js";
import type { Content } from "../image/index.js";
import { entriesIn, type Partition, type World } from "../simulator/index.js";
import { boardTree, cardOf, type Desk, foundOn, servingLan, treeVariables } from "./desk.js";
import { leaseFor } from "./lease.js";

/** A folder that stands for a device. */
export interface Folder {
  read(name: string): Content | undefined;
  /** The files in it and below, components joined by `/`. */
  names(): readonly string[];
}

/** What is put together. */
export interface LooseParts {
  readonly board: Board;
  /** The first script. */
  readonly start: Desk["start"];
  /** The file called so on a server; undefined: there is none. */
  readonly served: (name: string) => Content | undefined;
  /** What is on devices: `mmc 0:1` and a folder. */
  readonly devices: ReadonlyMap<string, Folder>;
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
    devices: partitioned(new Map(), devices),
    environment: { ...foundOn(card), ...treeVariables(board), ...environment },
    given: boardTree(board),
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

/** `desk`, and on its devices `devices`, too. */
export function withDevices(desk: Desk, devices: LooseParts["devices"]): Desk {
  if (devices.size === 0) return desk;
  const { world } = desk;
  return { ...desk, world: { ...world, devices: partitioned(world.devices, devices) } };
}

function partitioned(before: World["devices"], devices: LooseParts["devices"]): World["devices"] {
  const found = new Map<string, Map<number, Partition>>();
  for (const [place, folder] of devices) {
    const [device = place, partition = "1"] = place.split(":");
    const partitions = found.get(device) ?? new Map(before.get(device)?.partitions);
    found.set(device, partitions);
    const read = (name: string) => folder.read(name.replace(/^\/+/, ""));
    const list = (name: string) =>
      entriesIn(name, folder.names(), (file) => folder.read(file)?.size ?? 0);
    partitions.set(Number(partition), { type: "fat", bootable: true, read, list });
  }
  const given = [...found].map(
    ([device, partitions]) => [device, { ...before.get(device), partitions }] as const,
  );
  return new Map([...before, ...given]);
}
