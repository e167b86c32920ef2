// What is around the virtual board: a network with servers, and devices with files. Everything that
// can fail fails here, so that a fault is a world that is a little different (faults.ts).
import type { Content } from "../image/index.js";

/** What a DHCP server tells a board. IPv4 addresses in dotted form. */
export interface Lease {
  readonly address: string;
  readonly netmask: string;
  /** siaddr: what U-Boot's own stack takes for `serverip`; undefined: 0.0.0.0. */
  readonly nextServer?: string;
  /** Option 54. */
  readonly serverIdentifier: string;
  readonly router?: string;
  readonly dns?: string;
  readonly hostname?: string;
  readonly rootPath?: string;
  /** Option 67, and the `file` field. */
  readonly bootfile?: string;
}

export type Protocol = "tftp" | "http" | "nfs";

/** What comes of asking a server for a file. */
export type Answer =
  | { readonly kind: "file"; readonly content: Content; readonly flaw?: string }
  /** Nobody answers, or nobody any more after some bytes. */
  | { readonly kind: "silence"; readonly after?: Content }
  /** The server says why not: an ERROR of TFTP, a status of HTTP or NFS. */
  | { readonly kind: "refused"; readonly code: number; readonly message: string };

/** How servers say that there is no such file (RFC 1350, RFC 9110, RFC 1813). */
export const refusals = {
  tftp: { kind: "refused", code: 1, message: "File not found" },
  http: { kind: "refused", code: 404, message: "Not Found" },
  nfs: { kind: "refused", code: 2, message: "No such file or directory" },
} as const satisfies Readonly<Record<Protocol, Answer>>;

/** The network a board is on. */
export interface Lan {
  /** The answer to DHCP; undefined: there is none. */
  lease(): Lease | undefined;
  fetch(protocol: Protocol, server: string, name: string): Answer;
  /** Whether `address` answers a ping. */
  reaches(address: string): boolean;
}

/** A file as it is read; `flaw` says why it is not what it should be. */
export interface ReadFile extends Content {
  readonly flaw?: string;
}

/** A partition with a file system. Names are as U-Boot's commands take them, `/` in front or not. */
export interface Partition {
  readonly type: "fat" | "ext4" | string;
  readonly uuid?: string;
  /** Its name in the table, empty in an MBR; undefined: nobody said it. */
  readonly label?: string;
  readonly bootable?: boolean;
  /** Where it begins and how long it is, in blocks of the device. */
  readonly start?: number;
  readonly blocks?: number;
  /** What is in a folder, in the order of the file system; undefined: there is no such folder. */
  list?(folder: string): readonly Entry[] | undefined;
  read(name: string): ReadFile | undefined;
}

/** A device with partitions; number 1 is the first, number 0 a file system without a table. */
export interface Device {
  readonly partitions: ReadonlyMap<number, Partition>;
  /** All bytes of it; undefined: nobody said what they are. */
  readonly bytes?: Content;
}

/** A file in a folder, or a folder, which has no size. */
export interface Entry {
  readonly name: string;
  /** Bytes. */
  readonly size?: number;
}

/** What lies in memory when U-Boot starts, such as the device tree of the firmware. */
export interface Given {
  readonly name: string;
  readonly address: number;
  readonly content: Content;
}

/** Everything around one board. */
export interface World {
  /** Undefined: the cable is out. */
  readonly lan?: Lan;
  /** By interface and number, both as U-Boot prints them: `mmc 0`. */
  readonly devices: ReadonlyMap<string, Device>;
  /**
   * What the board's environment has besides its defaults, `serial#` and the like included;
   * undefined: a default that this board does not have.
   */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly given?: readonly Given[];
  /**
   * Commands that end with a status whatever they do, by how they begin: `gpio input 12`. For those
   * that are not simulated.
   */
  readonly assumed?: ReadonlyMap<string, number>;
  /** The device tree that U-Boot itself was built with, for the keys in it; undefined: none. */
  readonly control?: Content;
}
