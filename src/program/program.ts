// The program: a flow with every name looked up, every value read and every input looked into.
// resolve.ts makes it; the checks read it; generate/ writes scripts and files from it.
import type { Board } from "../boards/index.js";
import type { DhcpNetwork } from "../dhcp/index.js";
import type { Source, Span } from "../diagnostics/index.js";
import type {
  Architecture,
  Compression,
  Content,
  DigestName,
  FitSigner,
  Padding,
  Payload,
} from "../image/index.js";
import type { Argument, Block, TestStatement } from "../language/index.js";
import type { Given, Wording } from "./given.js";

export type { Given } from "./given.js";

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

/** A kernel, DTB, overlay, initrd, FIT or other file that the flow provides to the board. */
export interface Provision {
  readonly kind: "kernel" | "dtb" | "overlay" | "initrd" | "file" | "fit";
  readonly name: string;
  readonly span: Span;
  /** Undefined for a DTB `from firmware`, and for a FIT. */
  readonly input?: Input;
  /** What a FIT is made of. */
  readonly fit?: Fit;
  /** The name it is served under, and where that is written. */
  readonly file: string;
  readonly fileSpan: Span;
  /** Wrapped into an image by us: a legacy one, or the FIT it is a part of. */
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

/** What a FIT is made of. */
export interface Fit {
  /** Each once, in the order they were written. */
  readonly images: readonly FitMember[];
  readonly configs: readonly FitConfig[];
  /** The name of a configuration. */
  readonly default: string;
  readonly hashes: readonly DigestName[];
  /** What its images are for where they do not say. */
  readonly arch: Architecture;
  readonly signature?: Signature;
  /** Bytes; data lies after the tree then. */
  readonly external?: { readonly alignment?: number; readonly position?: number };
}

/** An image of a FIT. */
export interface FitMember {
  readonly provision: Provision;
  /** The kernel is started where it lies in the file. */
  readonly noload: boolean;
}

/** A configuration of a FIT. */
export interface FitConfig {
  readonly name: string;
  readonly span: Span;
  readonly description?: string;
  readonly compatible?: readonly string[];
  readonly kernel: FitMember;
  readonly dtb?: Provision;
  readonly overlays: readonly Provision[];
  readonly initrd?: Provision;
}

/** How FITs are signed. */
export interface Signature {
  /** The name of the key in the FIT and in the control tree of the board. */
  readonly hint: string;
  readonly span: Span;
  /** The key file as it was written. */
  readonly file: string;
  /** "hash,key", as mkimage spells it. */
  readonly algorithm: string;
  readonly padding: Padding;
  /** What the board is to refuse without it: configurations, or single images. */
  readonly required?: "conf" | "image";
  readonly signer: FitSigner;
  /** Whether the file has the private half of the key. */
  readonly isPrivate: boolean;
}

/** An address that was written in the flow. */
export interface Address {
  readonly address: number;
  readonly span: Span;
}

/** A file that goes in, and what it is. */
export interface Input {
  /** As it was written. */
  readonly path: string;
  /** The same without folders. */
  readonly name: string;
  readonly content: Content;
  readonly payload: Payload;
  readonly span: Span;
}

/** A root file system on an NFS server. */
export interface Nfsroot {
  readonly name: string;
  readonly span: Span;
  /** May hold values of a client. */
  readonly at: Wording;
  readonly version: string;
  readonly protocol: string;
  readonly options?: string;
  readonly server?: string;
  readonly readonly: boolean;
  /** For the server, in the words of exports(5): of each client, or under `undefined` of all. */
  readonly exportOptions: ReadonlyMap<Client | undefined, string>;
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
  /** May hold values of a client, and variables. */
  readonly file: Wording;
  readonly forEachClient: boolean;
  /** Said in the flow; some boards take nothing else. */
  readonly container?: "fit";
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
  readonly before?: Source;
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
  /** Signs scripts, and FITs without a key of their own. */
  readonly signature?: Signature;
  readonly nfsroots: ReadonlyMap<string, Nfsroot>;
  readonly clients: readonly Client[];
  readonly network?: Network;
  readonly scripts: ReadonlyMap<string, Script>;
  /** Scripts with a mistake in what stands before their statements: nobody gets them. */
  readonly faulty: readonly Script[];
  readonly firmware: readonly Firmware[];
  readonly eeprom?: Eeprom;
  readonly tests: readonly Test[];
  /** Names that are declared with a mistake: that was said there, and is not said where they are used. */
  readonly broken: ReadonlySet<string>;
  /** Names that FITs with a mistake are made of. */
  readonly mentioned: ReadonlySet<string>;
  /** The kinds of declarations that have a name which was taken: what they are called is not known. */
  readonly nameless: ReadonlySet<string>;
}
