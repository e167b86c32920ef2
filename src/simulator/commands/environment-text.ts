// The environment as text in memory: `env export` and `env import`. Governed by hexport_r and
// himport_r in lib/hashtable.c.
import { type Content, concatenate, contentOf, crc32, zeros } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";

/** `text`, `binary` with NUL instead of newlines, `checksum`: binary behind its CRC-32. */
type Form = "text" | "binary" | "checksum";

interface Request {
  readonly form: Form;
  readonly options: string;
  readonly address: number;
  /** Bytes, when it was said. */
  readonly size: number | undefined;
  readonly names: readonly string[];
}

const forms: Readonly<Record<string, Form>> = { t: "text", b: "binary", c: "checksum" };

/** Where U-Boot stops to look for an end, bytes. */
const LONGEST = 1 << 20;

function formOf({ print }: Machine, options: string, verb: string): Form | undefined {
  const asked = [...options].filter((letter) => Object.hasOwn(forms, letter));
  if (asked.length > 1) {
    const before = verb === "export" ? "## Error: export" : "## import";
    print(`${before}: only one of "-b", "-c" or "-t" allowed\n`);
    return undefined;
  }
  return forms[asked[0] ?? "t"];
}

/** `env export [-t|-b|-c] [-s size] addr [name…]`. */
export function exportEnvironment(machine: Machine, args: readonly string[]): number | "usage" {
  const rest = [...args];
  let options = "";
  let size: number | undefined;
  for (let next = rest[0]; next?.startsWith("-"); next = rest[0]) {
    rest.shift();
    if (!/^-[bct]*s?$/.test(next)) return "usage";
    options += next.replace("s", "");
    if (next.endsWith("s")) {
      const value = rest.shift();
      if (value === undefined) return "usage";
      size = hexadecimal(value);
    }
  }
  const form = formOf(machine, options.replaceAll("-", ""), "export");
  const [address, ...names] = rest;
  if (form === undefined) return 1;
  if (address === undefined) return "usage";
  return write(machine, { form, options, address: hexadecimal(address), size, names });
}

function write(machine: Machine, { form, address, size = 0, names }: Request): number {
  const { environment, memory } = machine;
  const end = form === "text" ? "\n" : "\0";
  const lines = [...environment.entries()]
    .filter(([name]) => names.length === 0 || names.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${form === "text" ? escaped(value) : value}${end}`);
  const bytes = new TextEncoder().encode(`${lines.join("")}\0`);
  const check = new Uint8Array(form === "checksum" ? 4 : 0);
  const parts = [contentOf(check), contentOf(bytes), zeros(Math.max(0, size - bytes.length))];
  const whole: Content = concatenate(parts.filter((part) => part.size > 0));
  if (form === "checksum") new DataView(check.buffer).setUint32(0, crc32(bytes), true);
  memory.write(address, whole, memory.origin("env export"));
  const length = bytes.length + check.length;
  environment.set("filesize", form === "text" ? hex(length).toUpperCase() : hex(length));
  return 0;
}

const escaped = (value: string) => value.replace(/[\\\n]/g, "\\$&");

/** `env import [-t|-b|-c] [-d] [-r] addr [size|-] [name…]`. */
export function importEnvironment(machine: Machine, args: readonly string[]): number | "usage" {
  const first = args.findIndex((each) => !each.startsWith("-") || each === "-");
  const options = (first < 0 ? args : args.slice(0, first)).join("").replaceAll("-", "");
  const [address, length, ...names] = first < 0 ? [] : args.slice(first);
  if (!/^[bctdr]*$/.test(options) || address === undefined) return "usage";
  const form = formOf(machine, options, "import");
  if (form === undefined) return 1;
  if (!/[bct]/.test(options)) machine.print("## Warning: defaulting to text format\n");
  const size = length === undefined || length === "-" ? undefined : hexadecimal(length);
  const request = { form, options, address: hexadecimal(address), size, names };
  const bytes = read(machine, request);
  if (!bytes) return 1;
  return take(machine, bytes, request);
}

function read({ print, memory }: Machine, { form, address, size }: Request) {
  if (size === undefined && form === "checksum") {
    print("## Error: external checksum format must pass size\n");
    return undefined;
  }
  const all = memory.read(address, Math.min(size ?? LONGEST, LONGEST)).content;
  const bytes = all.read(0, all.size);
  if (size === undefined) {
    const separator = form === "text" ? 10 : 0;
    const end = bytes.findIndex((byte, at) => byte === separator && bytes[at + 1] === 0);
    const found = (end < 0 ? LONGEST : end) + 2;
    if (end < 0) print(`## Warning: Input data exceeds ${LONGEST} bytes - truncated\n`);
    print(`## Info: input data size = ${found} = 0x${hex(found).toUpperCase()}\n`);
    return bytes.subarray(0, found);
  }
  if (form !== "checksum") return bytes;
  if (bytes.length <= 4) {
    print(`## Error: Invalid size 0x${hex(size).toUpperCase()}\n`);
    return undefined;
  }
  const data = bytes.subarray(4);
  const recorded = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (crc32(data) === recorded) return data;
  print("## Error: bad CRC, import failed\n");
  return undefined;
}

function take(machine: Machine, bytes: Uint8Array, { form, options, names }: Request): number {
  const { environment, print } = machine;
  let text = new TextDecoder().decode(bytes);
  if (form === "text") {
    text = text.split("\0", 1)[0] as string;
    if (options.includes("r")) text = text.replaceAll("\r\n", "\n");
  } else text = text.split("\0\0", 1)[0] as string;
  if (options.includes("d")) {
    const doomed = names.length > 0 ? names : [...environment.entries()].map(([name]) => name);
    for (const name of doomed) environment.change(name, undefined, true);
  }
  for (const line of form === "text" ? text.split(/(?<!\\)\n/) : text.split("\0")) {
    const entry = form === "text" ? line.replace(/^[ \t]+/, "") : line;
    const [, name = "", value = ""] = /^([^=]*)(?:=([\s\S]*))?$/.exec(entry) ?? [];
    if (name === "" || (form === "text" && entry.startsWith("#"))) continue;
    if (names.length > 0 && !names.includes(name)) continue;
    const plain = form === "text" ? value.replace(/\\([\s\S])/g, "$1") : value;
    const refusal = environment.change(name, plain === "" ? undefined : plain);
    if (refusal) print(refusal);
  }
  return 0;
}
