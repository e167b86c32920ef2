// A client's board on the desk: what a build has for it, put where the board finds it. The servers
// of the flow hold the files under tftp/ and nfs/, the card those under sdcard/. Left out: files
// that nothing in the flow provides.
import type { Board } from "../boards/index.js";
import type { Artifact, ScriptLine } from "../generate/index.js";
import { type Content, cells, encodeFdt, keyTree, property, texts } from "../image/index.js";
import type { Plan, Run } from "../memory/index.js";
import type { Client, Program, Script } from "../program/index.js";
import {
  type Device,
  entriesIn,
  type Lan,
  type Lease,
  type Partition,
  refusals,
  type World,
} from "../simulator/index.js";
import { type DeviceNumber, rootOf, stepsIn, storagesIn } from "../steps/index.js";
import { ANYBODY, leaseFor } from "./lease.js";

/** A board, what is around it, and what it runs first. */
export interface Desk {
  readonly board: Board;
  readonly world: World;
  /** The device with the first script, a key of `World.devices`. */
  readonly card: string;
  /** Whether U-Boot finds the first script on the card by itself. */
  readonly found: boolean;
  /** The first script, as an image or as text. */
  readonly start:
    | { readonly image: Content; readonly name: string }
    | { readonly text: string; readonly name: string };
  /** The files that something of the flow is for this board. */
  readonly filesOf: (declared: string) => ReadonlySet<string>;
  /** What of the flow a file is. */
  readonly nameOf: (file: string) => string | undefined;
  /** What is known of a line of a script, counted from 0; undefined for scripts that were only found. */
  readonly lineOf?: (text: string, line: number) => ScriptLine | undefined;
}

/** A flow that was built, and a desk for each of its clients. */
export class Bench {
  readonly #files = new Map<string, Content>();
  /** The lines of each script, by its text without the last line end. */
  readonly #lines = new Map<string, readonly ScriptLine[]>();
  /** What each client runs, and under `undefined` what all share. */
  readonly #runs = new Map<Client | undefined, Run[]>();

  constructor(
    readonly plan: Plan,
    artifacts: readonly Artifact[],
  ) {
    for (const { root, name, content, script } of artifacts) {
      this.#files.set(`${root}/${name}`, content);
      if (script) this.#lines.set(script.text.trimEnd(), script.lines);
    }
    for (const run of plan.runs) {
      const runs = this.#runs.get(run.client);
      if (runs) runs.push(run);
      else this.#runs.set(run.client, [run]);
    }
  }

  get program(): Program {
    return this.plan.program;
  }

  /** What the board of `client` runs: its own scripts and those for all. */
  runsOf(client: Client | undefined): readonly Run[] {
    const board = client?.board ?? this.program.board;
    const shared = this.#runs.get(undefined)?.filter((run) => run.board === board) ?? [];
    return client ? [...shared, ...(this.#runs.get(client) ?? [])] : shared;
  }

  /** The desk of `client`, which begins with `start`; undefined where it has no such script. */
  desk(client: Client | undefined, start: Script): Desk | undefined {
    const { program } = this;
    const board = client?.board ?? program.board;
    const names = this.#namesFor(client);
    const name = names.get(start.name);
    const image = name && this.#file(start.place, board, name);
    if (!image) return undefined;
    const card = cardOf(board);
    const lease = leaseFor(program, client);
    const place = (root: string, file: string) => this.#file(root, board, file);
    const world: World = {
      lan: lanOf(program, lease, place),
      devices: devicesOf(this.plan, card, place, (root) => this.#namesIn(root, board)),
      environment: {
        ...optional("serial#", client?.values.get("serial")?.text),
        ...optional("ethaddr", client?.values.get("mac")?.text),
        ...(start.place === "sdcard" ? foundOn(card) : addressed(lease)),
        ...treeVariables(board),
      },
      given: boardTree(board),
      ...(board.images.verified && optional("control", controlTree(program))),
    };
    const byFile = new Map([...names].map(([declared, file]) => [file, declared]));
    return {
      board,
      world,
      card,
      start: { image, name },
      found: start.place === "sdcard",
      filesOf: (declared) => new Set(names.has(declared) ? [names.get(declared) as string] : []),
      nameOf: (file) =>
        byFile.get(file) ?? (file === TREE ? firmwareName(program) : partName(file, byFile)),
      lineOf: (text, line) => this.#lines.get(text.trimEnd())?.[line],
    };
  }

  /** What the provisions of the flow and the scripts of this board are called, by their names. */
  #namesFor(client: Client | undefined): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const { name, file, input, fit } of this.program.provisions.values()) {
      if (input || fit) names.set(name, file);
    }
    for (const run of this.runsOf(client)) {
      names.set(run.script.name, run.file);
    }
    return names;
  }

  /** The names of the files for `board` under `root`. */
  #namesIn(root: string, board: Board): readonly string[] {
    const [shared, own] = [`${root}/`, `${root}/${board.id}/`];
    const all = [...this.#files.keys()].filter((path) => path.startsWith(shared));
    const names = all.map((path) => path.slice((path.startsWith(own) ? own : shared).length));
    return [...new Set(names)];
  }

  #file(root: string, board: Board, name: string): Content | undefined {
    return this.#files.get(`${root}/${board.id}/${name}`) ?? this.#files.get(`${root}/${name}`);
  }
}

/** An image of a FIT, `os.itb:linux`, is called as what of the flow it is. */
function partName(file: string, byFile: ReadonlyMap<string, string>): string | undefined {
  const colon = file.indexOf(":");
  return colon > 0 && byFile.has(file.slice(0, colon)) ? file.slice(colon + 1) : undefined;
}

/** The tree of a board that was built with the flow's keys. */
function controlTree({ signature, provisions }: Program): Content | undefined {
  const own = [...provisions.values()].map(({ fit }) => fit?.signature);
  const [key] = [signature, ...own].flatMap((each) => each ?? []);
  if (!key) return undefined;
  const { hint, algorithm, signer, required } = key;
  return encodeFdt(keyTree({ hint, algorithm, key: signer.key, ...(required && { required }) }));
}

type Files = (root: string, name: string) => Content | undefined;
type Names = (root: string) => readonly string[];

/** Where the board looks for its card: the first of these that it boots from. */
const KINDS = ["mmc", "virtio", "nvme", "usb", "scsi", "sata"];

/** The key of the device that a board's first script is on. */
export function cardOf({ boot }: Board): string {
  const targets = boot.targets ?? [];
  for (const kind of KINDS) {
    const found = targets.find((target) => target.replace(/\d+$/, "") === kind);
    if (found) return `${kind} ${/\d+$/.exec(found)?.[0] ?? 0}`;
  }
  return "mmc 0";
}

/** What standard boot tells a script about where it was found (boot/bootmeth_script.c). */
export function foundOn(card: string): Record<string, string> {
  const [kind = "", number = ""] = card.split(" ");
  return { devtype: kind, devnum: number, distro_bootpart: "1", prefix: "/" };
}

/** A script that is not on the card is run by somebody with an address. */
const addressed = (lease: Lease | undefined) =>
  lease && {
    ipaddr: lease.address,
    netmask: lease.netmask,
    ...optional("serverip", lease.nextServer),
  };

const optional = <Value>(name: string, value: Value | undefined) =>
  value === undefined ? {} : { [name]: value };

function lanOf({ servers, nfsroots }: Program, lease: Lease | undefined, files: Files): Lan {
  const all = [
    ...servers.map(({ text }) => text),
    ...[...nfsroots.values()].map((each) => each.server),
  ];
  const known = new Set(servers.length > 0 ? all : [ANYBODY]);
  const folders = { tftp: "tftp", http: "tftp", nfs: "nfs" } as const;
  return servingLan(
    lease,
    (address) => known.has(address),
    (protocol, name) => files(folders[protocol], name),
  );
}

/** A network whose servers have the files that `find` finds; folders in front of a name may differ. */
export function servingLan(
  lease: Lease | undefined,
  reaches: (address: string) => boolean,
  find: (protocol: "tftp" | "http" | "nfs", name: string) => Content | undefined,
): Lan {
  return {
    lease: () => lease,
    reaches,
    fetch(protocol, server, asked) {
      if (!reaches(server)) return { kind: "silence" };
      let name = asked.replace(/^\/+/, "");
      let content = find(protocol, name);
      // A folder of the server, as `from nfs "/srv"` names one.
      while (!content && protocol !== "tftp" && name.includes("/")) {
        name = name.slice(name.indexOf("/") + 1);
        content = find(protocol, name);
      }
      return content ? { kind: "file", content } : refusals[protocol];
    },
  };
}

/** The card, and every device that the scripts name. */
function devicesOf({ analyses }: Plan, card: string, files: Files, names: Names): World["devices"] {
  const devices = new Map<string, Map<number, Partition>>();
  const add = (key: string, number: number, root: string) => {
    const partitions = devices.get(key) ?? new Map<number, Partition>();
    devices.set(key, partitions);
    partitions.set(number, {
      type: "fat",
      bootable: true,
      read: (name) => files(root, name.replace(/^\/+/, "")),
      list: (folder) => entriesIn(folder, names(root), (name) => files(root, name)?.size ?? 0),
    });
  };
  add(card, 1, "sdcard");
  const known = (number: DeviceNumber | undefined, otherwise: number) =>
    typeof number === "number" ? number : otherwise;
  for (const each of analyses.flatMap(({ steps }) => stepsIn(steps)).flatMap(storagesIn)) {
    if (each.kind === "sdcard" || each.kind === "device") continue;
    add(`${each.kind} ${known(each.device, 0)}`, known(each.partition, 1), rootOf(each));
  }
  return new Map([...devices].map(([key, partitions]): [string, Device] => [key, { partitions }]));
}

/** The tree that is in memory when U-Boot starts: the firmware's, or else its own. */
const TREE = "the firmware's device tree";
const OWN_TREE = "U-Boot's own device tree";
const TREE_ROOM = 0x200000;

const treeAddress = ({ memory }: Board) => memory.base + memory.size - TREE_ROOM;

/** The variables that say where that tree is. */
export function treeVariables(board: Board): Record<string, string> {
  const address = treeAddress(board).toString(16);
  return { fdtcontroladdr: address, ...(board.firmwareDtb && { [board.firmwareDtb]: address }) };
}

/** The tree itself: as much of one as a kernel is recognised by. */
export function boardTree(board: Board): NonNullable<World["given"]> {
  const properties = [
    property("#address-cells", cells(2)),
    property("#size-cells", cells(2)),
    property("compatible", texts(...board.compatible)),
  ];
  const root = { name: "", properties, children: [] };
  const content = encodeFdt({ reservations: [], root, bootCpu: 0 });
  const name = board.firmwareDtb ? TREE : OWN_TREE;
  return [{ name, address: treeAddress(board), content }];
}

const firmwareName = ({ provisions }: Program) =>
  [...provisions.values()].find(({ kind, input }) => kind === "dtb" && !input)?.name;
