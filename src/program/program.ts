// The program: a flow with every name looked up, every value read and every input looked into.
// resolve.ts makes it; the checks read it; generate/ writes scripts and files from it.
import type { Board } from "../boards/index.js";
import type { DhcpNetwork } from "../dhcp/index.js";
import type { Span } from "../diagnostics/index.js";
import type { Compression, Content, Payload } from "../image/index.js";
import type { Argument, Block, TestStatement, Text } from "../language/index.js";

/** A text and where it was given. */
export interface Given {
  readonly text: string;
  readonly span: Span;
  /** The parameter it was given for with `-D`; then `span` is where that is declared. */
  readonly define?: string;
}

/** A TFTP (or HTTP, or NFS) server, by its IPv4 address. */
export type Server = Given;

/** How transfers are asked for; what is undefined is left to the board. */
export interface Transfer {
  /** `tftpblocksize` in bytes. */
  readonly blocksize: number;
  /** `tftpwindowsize` in blocks. */
  readonly window: number;
  /** `tftptimeout` in ms. */
  readonly timeout?: number;
  /** `tftptimeoutcountmax`. */
  readonly tries?: number;
}

/** A board of the lab. */
export interface Client {
  readonly name: string;
  readonly span: Span;
  /** All its values, defaults included, by name; `name` itself among them. */
  readonly values: ReadonlyMap<string, Given>;
  readonly board: Board;
}

/** The devices something can be fetched from. */
export type Place = "sdcard" | "tftp";

/** A kernel, DTB, initrd or other file that the flow provides to the board. */
export interface Provision {
  readonly kind: "kernel" | "dtb" | "initrd" | "file";
  readonly name: string;
  readonly span: Span;
  /** Undefined for a DTB `from firmware`. */
  readonly input?: Input;
  /** The name it is served under, and where that is written. */
  readonly file: string;
  readonly fileSpan: Span;
  /** Wrapped into a legacy image by us. */
  readonly wrapped: boolean;
  /** Compressed by us. */
  readonly compress?: Compression;
  /** Where `on` puts it; otherwise where it is loaded from. */
  readonly place?: Place;
  /** Load address and entry point of the image, where given. */
  readonly load?: Address;
  readonly entry?: Address;
  /** Name in the legacy header. */
  readonly title?: string;
}

/** An address that was written in the flow. */
export interface Address {
  readonly address: number;
  readonly span: Span;
}

/** A file that goes in, and what it is. */
export interface Input {
  /** As it was written, without folders. */
  readonly name: string;
  readonly content: Content;
  readonly payload: Payload;
  readonly span: Span;
}

/** A root file system on an NFS server. */
export interface Nfsroot {
  readonly name: string;
  readonly span: Span;
  /** May hold `{}` of a client. */
  readonly at: Text;
  readonly version: string;
  readonly protocol: string;
  readonly options?: string;
  readonly server?: string;
  readonly readonly: boolean;
  /** For the server, in the words of exports(5). */
  readonly exportOptions?: string;
  /** The address or network that may mount it. */
  readonly to?: string;
}

/** How the boards get their addresses. */
export interface Network {
  readonly dhcp: DhcpNetwork;
  /** The folder on the server that dnsmasq is to serve over TFTP, too. */
  readonly tftp?: string;
}

/** A script: one file, or one for each client. */
export interface Script {
  readonly name: string;
  readonly span: Span;
  readonly place: Place;
  /** May hold `{}` and `${}`. */
  readonly file: Text;
  readonly forEachClient: boolean;
  readonly body: Block;
}

/** A simulated boot, and how it is to end; `readTest` reads it for one board. */
export interface Test {
  readonly title: string;
  readonly span: Span;
  /** Whose boards are switched on, each for itself; undefined where the flow has no clients. */
  readonly clients: readonly (Client | undefined)[];
  readonly body: readonly TestStatement[];
}

/** A file that the board's firmware reads. */
export interface FirmwareFile {
  /** Below the folder it comes from, components joined by `/`. */
  readonly name: string;
  readonly content: Content;
  readonly span: Span;
}

/** A filter or a setting of config.txt. */
export interface ConfigLine {
  readonly filter?: string;
  readonly key?: string;
  readonly value?: string;
  readonly span: Span;
}

/** What the board's own firmware boots from. */
export interface Firmware {
  readonly span: Span;
  readonly place: Place;
  readonly forEachClient: boolean;
  readonly files: readonly FirmwareFile[];
  readonly config: readonly ConfigLine[];
  /** The kernel's command line; undefined where that of the files counts. */
  readonly cmdline?: readonly Argument[];
  /** The value that a client's folder is named for. */
  readonly prefix: "serial" | "mac";
  /** Where the folder `tftp` of the build is on the server; then clients mount their folder. */
  readonly at?: string;
  /** Where they mount it. */
  readonly mount: string;
  /** Whether Raspberry Pi OS is to start its SSH server. */
  readonly ssh: boolean;
}

/** What the bootloader in the EEPROM of a Raspberry Pi 4 or 5 is to be set to. */
export interface Eeprom {
  readonly span: Span;
  /** The settings it has now; undefined where the flow names no file. */
  readonly before?: string;
  /** By the names the bootloader knows them by, in the order of the flow. */
  readonly settings: ReadonlyMap<string, Given>;
}

/** A whole flow, resolved. */
export interface Program {
  /** The file name of the flow, without folders. */
  readonly name: string;
  readonly board: Board;
  readonly servers: readonly Server[];
  readonly transfer: Transfer;
  readonly parameters: ReadonlyMap<string, Given>;
  readonly provisions: ReadonlyMap<string, Provision>;
  readonly nfsroots: ReadonlyMap<string, Nfsroot>;
  readonly clients: readonly Client[];
  readonly network?: Network;
  readonly scripts: ReadonlyMap<string, Script>;
  readonly firmware: readonly Firmware[];
  readonly eeprom?: Eeprom;
  readonly tests: readonly Test[];
}
