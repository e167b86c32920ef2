// DHCP messages: bytes to objects and back. Whatever arrives, nothing here throws. What a message
// means to a server is left out. RFC 2131 section 2, RFC 2132 sections 2 and 9.3, RFC 3396.
import { ipv4Number, ipv4Text } from "./ipv4.js";
import { latin1, type Options, options } from "./options.js";

/** Who sends: the first field of a message. */
export const ops = { request: 1, reply: 2 } as const;

/** What option 53 says. */
export const messages = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;

/** The flag with which a client asks for answers by broadcast. */
export const BROADCAST_FLAG = 0x8000;

/** A message. Addresses are text, 0.0.0.0 for none. */
export interface DhcpMessage {
  readonly op: number;
  /** The kind of hardware; 1 is Ethernet. */
  readonly htype: number;
  readonly hops: number;
  readonly xid: number;
  /** Since when the client has been trying, in seconds. */
  readonly secs: number;
  readonly flags: number;
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  /** The hardware address, at most 16 bytes. */
  readonly chaddr: Uint8Array;
  /** Empty where the field holds options. */
  readonly sname: string;
  readonly file: string;
  readonly options: Options;
}

/** A datagram that is no DHCP message, and why. */
export interface Malformed {
  readonly problem: string;
}

/** The shortest message that everybody reads, in bytes: the one of BOOTP, RFC 1542 section 2.1. */
const SHORTEST = 300;

/** The longest message that every client takes, in bytes: RFC 2131 section 2, without IP and UDP. */
export const EVERYBODY_TAKES = 548;

/** RFC 2131 section 3: what the options begin with. */
const COOKIE = 0x63825363;

/** How a field of fixed size is read and written. */
interface Field<Value> {
  readonly size: number;
  read(bytes: Buffer, at: number): Value;
  write(bytes: Buffer, at: number, value: Value): void;
}

const number = (size: number): Field<number> => ({
  size,
  read: (bytes, at) => bytes.readUIntBE(at, size),
  write: (bytes, at, value) => void bytes.writeUIntBE(value, at, size),
});

const address: Field<string> = {
  size: 4,
  read: (bytes, at) => ipv4Text(bytes.readUInt32BE(at)),
  write: (bytes, at, value) => void bytes.writeUInt32BE(ipv4Number(value) ?? 0, at),
};

const raw = (size: number): Field<Uint8Array> => ({
  size,
  read: (bytes, at) => bytes.subarray(at, at + size),
  write: (bytes, at, value) => bytes.set(value.subarray(0, size), at),
});

/** All before the options, in order: RFC 2131, figure 1. */
const layout = {
  op: number(1),
  htype: number(1),
  hlen: number(1),
  hops: number(1),
  xid: number(4),
  secs: number(2),
  flags: number(2),
  ciaddr: address,
  yiaddr: address,
  siaddr: address,
  giaddr: address,
  chaddr: raw(16),
  sname: raw(64),
  file: raw(128),
  cookie: number(4),
} as const;

type Header = { [Name in keyof typeof layout]: ReturnType<(typeof layout)[Name]["read"]> };

const fields = Object.entries(layout) as [keyof Header, Field<unknown>][];
const HEADER = fields.reduce((sum, [, { size }]) => sum + size, 0);

/** What `datagram` says. Never throws. */
export function decode(datagram: Uint8Array): DhcpMessage | Malformed {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (bytes.length < HEADER) return { problem: "shorter than the fixed fields" };
  const { hlen, chaddr, sname, file, cookie, ...rest } = readHeader(bytes);
  if (cookie !== COOKIE) return { problem: "no magic cookie: BOOTP, or something else" };
  if (hlen > chaddr.length) return { problem: "a hardware address of more than 16 bytes" };
  const found = new Map<number, Uint8Array>();
  if (!readOptions(bytes.subarray(HEADER), found)) return { problem: "an option without its end" };
  // RFC 2131 section 4.1: first `file`, then `sname`.
  const overload = found.get(options.overload.code)?.[0] ?? 0;
  const over = [...(overload & 1 ? [file] : []), ...(overload & 2 ? [sname] : [])];
  for (const area of over) {
    if (!readOptions(area, found)) return { problem: "an option without its end" };
  }
  return {
    ...rest,
    chaddr: chaddr.subarray(0, hlen),
    sname: over.includes(sname) ? "" : latin1(sname),
    file: over.includes(file) ? "" : latin1(file),
    options: found,
  };
}

function readHeader(bytes: Buffer): Header {
  let at = 0;
  const values: Partial<Record<keyof Header, unknown>> = {};
  for (const [name, field] of fields) {
    values[name] = field.read(bytes, at);
    at += field.size;
  }
  // Complete here: the loop visits every field. The type system cannot count that.
  return values as Header;
}

const PAD = 0;
const END = 255;

/** Adds the options in `area`; parts of a long one are joined (RFC 3396). False when one is cut off. */
function readOptions(area: Uint8Array, into: Map<number, Uint8Array>): boolean {
  for (let at = 0; at < area.length; ) {
    const code = area[at] as number;
    if (code === END) return true;
    const length = code === PAD ? -1 : area[at + 1];
    if (length === undefined || at + 2 + length > area.length) return false;
    if (code !== PAD) {
      const value = area.subarray(at + 2, at + 2 + length);
      const before = into.get(code);
      into.set(code, before ? Buffer.concat([before, value]) : value);
    }
    at += 2 + length;
  }
  // Without an end, which RFC 2131 demands and not everybody sends.
  return true;
}

/** The bytes of a message, and the options that had no room in it. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly dropped: readonly number[];
}

/**
 * Writes `message` into at most `longest` bytes: what is too much for the options goes to `file` and
 * `sname` where those are free (RFC 2131 section 4.1). Always with an end, and never under 300 bytes.
 */
export function encode(message: DhcpMessage, longest: number = EVERYBODY_TAKES): Encoded {
  const all = [...message.options].map(([code, value]) => ({ code, bytes: written(code, value) }));
  const room = Math.max(longest, SHORTEST) - HEADER;
  const fit = all.reduce((sum, { bytes }) => sum + bytes.length, 0) < room;
  const { sname, file, chaddr } = message;
  const spare = (text: string, { size }: Field<unknown>) => (fit || text !== "" ? 0 : size);
  const main = new Area(fit ? room : room - overloadOption(0).length);
  const inFile = new Area(spare(file, layout.file));
  const inName = new Area(spare(sname, layout.sname));
  // An option stays whole: the parts of one that is split are read in the order of the areas.
  const dropped = all.filter(
    ({ bytes }) => ![main, inFile, inName].some((area) => area.takes(bytes)),
  );
  const overload = (inFile.isUsed ? 1 : 0) + (inName.isUsed ? 2 : 0);
  if (overload > 0) main.add(overloadOption(overload));
  const header = Buffer.alloc(HEADER);
  writeHeader(header, {
    ...message,
    hlen: chaddr.length,
    cookie: COOKIE,
    sname: inName.isUsed ? inName.bytes : textField(sname, layout.sname),
    file: inFile.isUsed ? inFile.bytes : textField(file, layout.file),
  });
  const bytes = Buffer.concat([header, main.bytes]);
  const padding = Buffer.alloc(Math.max(0, SHORTEST - bytes.length), PAD);
  return { bytes: Buffer.concat([bytes, padding]), dropped: dropped.map(({ code }) => code) };
}

const overloadOption = (value: number) => Uint8Array.of(options.overload.code, 1, value);

/** With a NUL at least: there are clients that look for it. */
const textField = (text: string, { size }: Field<unknown>) =>
  Buffer.from(text, "latin1").subarray(0, size - 1);

/** An option as it is written: in parts when it is longer than a length can say (RFC 3396). */
function written(code: number, value: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < value.length; at += 255) {
    const part = value.subarray(at, at + 255);
    parts.push(Uint8Array.of(code, part.length, ...part));
  }
  return Buffer.concat(parts);
}

function writeHeader(bytes: Buffer, values: Header): void {
  let at = 0;
  for (const [name, field] of fields) {
    field.write(bytes, at, values[name]);
    at += field.size;
  }
}

/** A part of the message that options are written to, with one byte kept for the end. */
class Area {
  readonly #options: Uint8Array[] = [];
  #free: number;

  constructor(size: number) {
    this.#free = size - 1;
  }

  get isUsed(): boolean {
    return this.#options.length > 0;
  }

  get bytes(): Buffer {
    return Buffer.concat([...this.#options, Uint8Array.of(END)]);
  }

  /** Adds `option` when there is room; says whether there was. */
  takes(option: Uint8Array): boolean {
    if (option.length > this.#free) return false;
    this.add(option);
    return true;
  }

  add(option: Uint8Array): void {
    this.#free -= option.length;
    this.#options.push(option);
  }
}
