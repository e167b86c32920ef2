// Which files a script loads and starts, where all of it is plain: names without variables, one start, and
// nothing else done with an address. Then they become declarations, and the compiler finds the addresses.
import type { Board } from "../boards/index.js";
import type { Steps } from "../hush/index.js";
import { commandsOf, type Locate, loadForm, type ScriptCommand } from "../lint/index.js";

/** What a file is, by how it is booted. */
export type Kind = "kernel" | "dtb" | "initrd";

/** A file that is loaded and then booted. */
export interface ImportedFile {
  readonly kind: Kind;
  /** As the flow will call it. */
  readonly name: string;
  /** As the script names it, without `${prefix}` and the server; empty for the firmware's tree. */
  readonly path: string;
}

/** Where a file comes from, as `from` says it; undefined is TFTP. */
export interface Origin {
  readonly path: string;
  readonly device?: string;
  readonly server?: string;
}

/** What is declared, and the commands that load and start it. */
export interface Found {
  readonly files: readonly ImportedFile[];
  readonly loads: ReadonlyMap<number, ImportedFile>;
  /** By start: the names of the kernel and of what goes with it. */
  readonly boots: ReadonlyMap<number, readonly string[]>;
}

const firmware = /^\$\{(?:fdt_addr|fdtcontroladdr|fdtaddr)\}$/;

/** Commands that do something with what is in memory. */
const touching = /^(?:source|fdt|imxtract|iminfo|unzip|cp|mw|bootefi|bootelf|go|zboot|sysboot)$/;

/** What `steps` load and start; undefined where not all of it can be declared. */
export function filesIn(steps: Steps, locate: Locate, board: Board | undefined): Found | undefined {
  const { source } = locate({ start: 0, end: 0 });
  const all = commandsOf(source, steps);
  // Inside of a condition or a loop a load is one of several.
  const straight = steps.filter(
    ({ command, operator }) => command?.type === "simple" && operator !== "||",
  );
  const outside = new Set(commandsOf(source, straight).map(({ at }) => at.start));
  const written = new Set(
    all.flatMap(({ name, args: [first] }) => (name === "setenv" ? [first?.text] : [])),
  );
  const loads = all.filter(({ name, args }) =>
    loadForm(
      name,
      args.map(({ text }) => text),
    ),
  );
  const starts = all.filter(({ name }) => /^boot/.test(name));
  const [start, ...more] = starts;
  if (!start || more.length > 0 || !/^boot[imz]$/.test(start.written)) return undefined;
  if (all.some(({ name }) => touching.test(name) || name === "")) return undefined;
  if (![start, ...loads].every(({ at }) => outside.has(at.start))) return undefined;
  if (loads.some(({ at }) => at.start > start.at.start)) return undefined;
  const isOwn = (address: string) => {
    const [, name = ""] = /^\$\{(\w+)\}$/.exec(address) ?? [];
    return !written.has(name) && board !== undefined && Object.hasOwn(board.addresses, name);
  };
  return foundIn(start, loads, board, isOwn);
}

function foundIn(
  start: ScriptCommand,
  loads: readonly ScriptCommand[],
  board: Board | undefined,
  isOwn: (address: string) => boolean,
): Found | undefined {
  const places = new Map<string, { readonly load: ScriptCommand; readonly path: string }>();
  for (const load of loads) {
    const texts = load.args.map(({ text }) => text);
    const address = addressIn(texts[loadForm(load.name, texts)?.address ?? 0]);
    const origin = originOf(load);
    // Where the script chose a place itself, it is kept.
    if (!origin || places.has(address) || !isOwn(address)) return undefined;
    places.set(address, { load, path: origin.path });
  }
  const [kernel, initrd = "-", dtb = "-", ...more] = start.args.map(({ text }) => text);
  // A tree that nobody names is the firmware's, where it has one.
  if (!kernel || more.length > 0 || (dtb === "-" && board && !board.firmwareDtb)) return undefined;
  const parts = (
    [
      ["kernel", kernel, "linux"],
      ["initrd", initrd, "ramdisk"],
      ["dtb", dtb, "tree"],
    ] as const
  ).filter(([, address]) => address !== "-");
  const files: ImportedFile[] = [];
  const found = new Map<number, ImportedFile>();
  for (const [kind, address, name] of parts) {
    const place = places.get(addressIn(address));
    const given = kind === "dtb" && firmware.test(address);
    // A FIT is a file of its own kind, and so is one of its configurations.
    if (!given && (!place || /[#]/.test(address) || /\.(?:itb|fit)$|fitImage/i.test(place.path))) {
      return undefined;
    }
    const file = { kind, name, path: given ? "" : (place?.path ?? "") };
    files.push(file);
    if (place && !given) found.set(place.load.at.start, file);
  }
  if (found.size !== loads.length) return undefined;
  return { files, loads: found, boots: new Map([[start.at.start, files.map(({ name }) => name)]]) };
}

/** An address without the size or part after it. */
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
  const device = form.over === "storage" ? deviceOf(texts) : undefined;
  // What is on the card stands where the script was found.
  const isBeside = rest.startsWith("${prefix}");
  if (isBeside !== (device === "sdcard")) return undefined;
  const path = rest.replace(/^\$\{prefix\}/, "").replace(/^\/+/, "");
  if (!/^[A-Za-z0-9][\w.+/-]*$/.test(path) || path.split("/").includes("..")) return undefined;
  if (form.over === "storage") {
    return device === undefined || form.address !== 2 ? undefined : { path, device };
  }
  if (name === "tftpboot" || name === "dhcp") return { path, ...(server && { server }) };
  return undefined;
}

/** `from …` for the first two words of a `load`. */
export function deviceOf([kind = "", where = ""]: readonly string[]): string | undefined {
  if (kind === "${devtype}" && where === "${devnum}:${distro_bootpart}") return "sdcard";
  if (!/^(?:mmc|usb|nvme|virtio|sata)$/.test(kind)) return undefined;
  const [, number, part] = /^(\d)(?::([0-9a-f]+))?$/.exec(where) ?? [];
  if (number === undefined) return undefined;
  // The flow has partitions in decimal.
  return `${kind} ${number}${part === undefined ? "" : `:${Number.parseInt(part, 16)}`}`;
}
