// Worlds and boards for the tests of the simulator: a network whose servers have the files they are
// given, and the virtual board as Debian builds it.
import { type Board, findBoard } from "../../src/boards/index.js";
import { type Content, contentOf, encodeUImage } from "../../src/image/index.js";
import {
  type Lease,
  type SimulateOptions,
  type Simulation,
  type Start,
  simulate,
  type World,
} from "../../src/simulator/index.js";

export const content = (text: string): Content => contentOf(new TextEncoder().encode(text));

/** A board of the catalogue. */
export function board(id: string): Board {
  const found = findBoard(id);
  if (!found) throw new Error(`no board ${id}`);
  return found;
}

/** The virtual board with U-Boot 2023.01, as the package u-boot-qemu has it. */
export const debian: Pick<SimulateOptions, "board" | "release" | "dialect"> = {
  board: board("qemu_arm64"),
  release: "2023.01",
  dialect: "old",
};

export const lease: Lease = {
  address: "192.168.0.100",
  netmask: "255.255.255.0",
  nextServer: "192.168.0.250",
  serverIdentifier: "192.168.0.250",
  router: "192.168.0.250",
  dns: "192.168.0.250",
};

export interface Given {
  /** What the TFTP server at 192.168.0.250 has. */
  readonly tftp?: Readonly<Record<string, Content | string>>;
  /** What is on `virtio 0:1`, a FAT file system. */
  readonly card?: Readonly<Record<string, Content | string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly lease?: Lease | undefined;
}

const asContent = (file: Content | string) => (typeof file === "string" ? content(file) : file);

/** A world with these files. */
export function world({ tftp = {}, card = {}, environment = {}, ...given }: Given = {}): World {
  const has = (files: typeof tftp, name: string) => {
    const found = files[name.replace(/^\//, "")];
    return found === undefined ? undefined : asContent(found);
  };
  const partition = { type: "fat", bootable: true, read: (name: string) => has(card, name) };
  return {
    lan: {
      lease: () => ("lease" in given ? given.lease : lease),
      reaches: (address) => address === "192.168.0.250",
      fetch: (protocol, _server, name) => {
        const file = protocol === "tftp" ? has(tftp, name) : undefined;
        if (file) return { kind: "file", content: file };
        return { kind: "refused", code: 1, message: "File not found" };
      },
    },
    devices: new Map([["virtio 0", { partitions: new Map([[1, partition]]) }]]),
    environment,
  };
}

/** `text` as a legacy script image. */
export function scriptImage(text: string): Content {
  const { image } = encodeUImage({ type: "script", arch: "arm64", payload: [content(text)] });
  if (!image) throw new Error("no script image");
  return image;
}

/** Runs `start` on Debian's board. */
export function run(
  start: Start,
  given: Given = {},
  more: Partial<SimulateOptions> = {},
): Simulation {
  return simulate(start, { ...debian, world: world(given), ...more });
}
