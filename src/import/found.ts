// Which files a script loads and boots, as far as their names are plain: what becomes declarations of
// a flow. Everything else stays as it is.
import { loadForm, type ScriptCommand } from "../lint/index.js";

/** What a file is, by how it is booted. */
export type Kind = "kernel" | "dtb" | "initrd" | "script";

/** A file that is loaded and then booted or run. */
export interface ImportedFile {
  readonly kind: Kind;
  /** As the flow will call it. */
  readonly name: string;
  /** As the script names it, without `${prefix}` and the server. */
  readonly path: string;
  /** Where a script is put: the flow writes it there. */
  readonly place: "tftp" | "sdcard";
}

/** Where a file comes from, as `from` says it; undefined is TFTP. */
export interface Origin {
  readonly path: string;
  readonly device?: string;
  readonly server?: string;
}

/** What becomes statements: loads of files that are used, and what uses them. */
export interface Found {
  readonly files: readonly ImportedFile[];
  /** By load, and by boot or `source`: the file, or the kernel first. */
  readonly loads: ReadonlyMap<number, ImportedFile>;
  readonly boots: ReadonlyMap<number, readonly string[]>;
  readonly chains: ReadonlyMap<number, ImportedFile>;
  /** Where the script put what it loaded, by load. */
  readonly addresses: ReadonlyMap<number, string>;
}

const firmware = /^\$\{(?:fdt_addr|fdtcontroladdr|fdtaddr)\}$/;

/**
 * What `commands`, in the order of the text, load and boot; of the commands at `ignored` nothing is
 * said.
 */
export function filesIn(
  commands: readonly ScriptCommand[],
  ignored: ReadonlySet<number> = new Set(),
): Found {
  const finder = new Finder(ignored);
  for (const command of commands) finder.take(command);
  return finder;
}

class Finder implements Found {
  readonly files: ImportedFile[] = [];
  readonly loads = new Map<number, ImportedFile>();
  readonly boots = new Map<number, readonly string[]>();
  readonly chains = new Map<number, ImportedFile>();
  readonly addresses = new Map<number, string>();
  private readonly at = new Map<string, { command: ScriptCommand; origin: Origin }[]>();

  constructor(private readonly ignored: ReadonlySet<number>) {}

  take(command: ScriptCommand): void {
    const { name, args } = command;
    const isIgnored = this.ignored.has(command.at.start);
    const texts = args.map(({ text }) => text);
    const form = loadForm(name, texts);
    const origin = form && !isIgnored ? originOf(command) : undefined;
    if (form) {
      const address = addressIn(texts[form.address]);
      const before = this.at.get(address) ?? [];
      // A file whose name is not plain makes the address useless for all of them.
      this.at.set(address, origin ? [...before, { command, origin }] : []);
    } else if (isIgnored) return;
    else if (/^(?:bootm|booti|bootz)$/.test(name)) this.boot(command, texts);
    else if (name === "source" && texts.length === 1) this.chain(command, texts[0]);
  }

  private boot({ at }: ScriptCommand, [kernel, initrd = "-", dtb = "-"]: readonly string[]): void {
    const parts = [
      ["kernel", kernel],
      ["initrd", initrd],
      ["dtb", dtb],
    ] as const;
    const used = parts.filter(([, text]) => text !== "-");
    const known = used.map(([kind, text]) => ({ kind, path: this.pathAt(text, kind) }));
    if (known.some(({ path }) => path === undefined)) return;
    const names = known.map(({ kind, path = "" }, index) =>
      path === "" ? this.firmwareTree() : this.declared(kind, path, used[index]?.[1]),
    );
    // The device tree stands before the initrd in no order that matters.
    this.boots.set(at.start, names);
  }

  private chain({ at }: ScriptCommand, address: string | undefined): void {
    const path = this.pathAt(address, "script");
    if (!path || path.includes("$")) return;
    const name = this.declared("script", path, address);
    const file = this.files.find((each) => each.name === name);
    if (file) this.chains.set(at.start, file);
  }

  /** The path of the only file that may be at `address`; empty for the tree of the firmware. */
  private pathAt(address: string | undefined, kind: Kind): string | undefined {
    if (kind === "dtb" && firmware.test(address ?? "")) return "";
    const paths = new Set(this.at.get(addressIn(address))?.map(({ origin }) => origin.path));
    const [path] = paths;
    return paths.size === 1 ? path : undefined;
  }

  private declared(kind: Kind, path: string, address: string | undefined): string {
    const loads = this.at.get(addressIn(address)) ?? [];
    const place = loads.some(({ origin }) => origin.device) ? "sdcard" : "tftp";
    const known = this.files.find((each) => each.kind === kind && each.path === path);
    const file = known ?? { kind, name: this.nameFor(kind), path, place };
    if (!known) this.files.push(file);
    for (const { command } of loads) {
      this.loads.set(command.at.start, file);
      this.addresses.set(command.at.start, addressIn(address));
    }
    return file.name;
  }

  private firmwareTree(): string {
    return this.declared("dtb", "", undefined);
  }

  private nameFor(kind: Kind): string {
    const word = { kernel: "linux", dtb: "tree", initrd: "ramdisk", script: "next" }[kind];
    const count = this.files.filter((each) => each.kind === kind).length;
    return count === 0 ? word : `${word}-${count + 1}`;
  }
}

/** An address without the size or part behind it. */
export function addressIn(text = ""): string {
  return /^(?:\$\{[^}]*\}|[^:#])*/.exec(text)?.[0] ?? "";
}

/** Where `command` loads from, when the name of the file and the device are plain. */
export function originOf({ name, args }: ScriptCommand): Origin | undefined {
  const texts = args.map(({ text }) => text);
  const form = loadForm(name, texts);
  const named = form?.file === undefined ? undefined : texts[form.file];
  if (!form || named === undefined || texts.length > (form.file ?? 0) + 1) return undefined;
  const [, server, rest = ""] = /^(?:(\$\{[^}]*\}|\d+(?:\.\d+){3}):)?(.*)$/.exec(named) ?? [];
  const path = rest.replace(/^\$\{prefix\}/, "").replace(/^\/+/, "");
  if (!/^[\w.+/-]+$/.test(path) || path.split("/").includes("..")) return undefined;
  if (form.over === "storage") {
    const device = deviceOf(texts);
    return device === undefined || form.address !== 2 ? undefined : { path, device };
  }
  if (name === "tftpboot" || name === "dhcp") return { path, ...(server && { server }) };
  return undefined;
}

/** `from …` for the first two words of a `load`. */
export function deviceOf([kind = "", where = ""]: readonly string[]): string | undefined {
  if (kind === "${devtype}" && /^\$\{devnum\}(?::\$\{distro_bootpart\})?$/.test(where))
    return "sdcard";
  if (!/^(?:mmc|usb|nvme|virtio|sata)$/.test(kind)) return undefined;
  const [, number, part] = /^(\d)(?::([0-9a-f]+))?$/.exec(where) ?? [];
  if (number === undefined) return undefined;
  // The flow has partitions in decimal.
  return `${kind} ${number}${part === undefined ? "" : `:${Number.parseInt(part, 16)}`}`;
}
