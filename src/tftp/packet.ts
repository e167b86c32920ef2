// TFTP packets: bytes to objects and back. Whatever arrives, nothing here throws. What a packet
// means to a transfer is left out. RFC 1350 section 5, RFC 2347 for options and OACK.
import { isUtf8 } from "node:buffer";

/** The first two bytes of a packet. */
export const opcodes = { RRQ: 1, WRQ: 2, DATA: 3, ACK: 4, ERROR: 5, OACK: 6 } as const;

/** Codes of an ERROR packet, RFC 1350 and (8) RFC 2347. */
export const errors = {
  undefined: 0,
  notFound: 1,
  accessViolation: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTid: 5,
  fileExists: 6,
  noSuchUser: 7,
  optionRefused: 8,
} as const;

/** RFC 2347: a request, and so an answer to one, is at most this long, in bytes. */
export const CONTROL_LIMIT = 512;

/** How many bytes of a DATA packet come before the data. */
export const DATA_HEADER = 4;

/** One option as its sender spelled it. */
export interface Option {
  readonly name: string;
  readonly value: string;
}

/** Options in the order they came; the key is the name in lower case. */
export type Options = ReadonlyMap<string, Option>;

/** A request to read or write; `mode` is in lower case. */
export interface Request {
  readonly kind: "RRQ" | "WRQ";
  readonly name: string;
  readonly mode: string;
  readonly options: Options;
}

/** A block of the file. `data` shares memory with the datagram. */
export interface Data {
  readonly kind: "DATA";
  readonly block: number;
  readonly data: Uint8Array;
}

/** The acknowledgement of `block` and all before it. */
export interface Ack {
  readonly kind: "ACK";
  readonly block: number;
}

/** The end of a transfer. `message` is printable ASCII, whatever was sent. */
export interface ErrorPacket {
  readonly kind: "ERROR";
  readonly code: number;
  readonly message: string;
}

/** The options a server grants. */
export interface Oack {
  readonly kind: "OACK";
  readonly options: Options;
}

/** A datagram that is no TFTP packet, and why. */
export interface Malformed {
  readonly kind: "malformed";
  readonly problem: string;
}

/** Everything a datagram can turn out to be. */
export type Packet = Request | Data | Ack | ErrorPacket | Oack | Malformed;

const malformed = (problem: string): Malformed => ({ kind: "malformed", problem });

const readers: Record<number, (bytes: Buffer) => Packet> = {
  [opcodes.RRQ]: (bytes) => parseRequest("RRQ", bytes),
  [opcodes.WRQ]: (bytes) => parseRequest("WRQ", bytes),
  [opcodes.DATA]: (bytes) =>
    bytes.length < DATA_HEADER
      ? malformed("no block number")
      : { kind: "DATA", block: bytes.readUInt16BE(2), data: bytes.subarray(DATA_HEADER) },
  [opcodes.ACK]: (bytes) =>
    bytes.length < 4 ? malformed("no block number") : { kind: "ACK", block: bytes.readUInt16BE(2) },
  [opcodes.ERROR]: parseError,
  [opcodes.OACK]: (bytes) => {
    const options = parseOptions(splitStrings(bytes, 2));
    return "problem" in options ? options : { kind: "OACK", options };
  },
};

/** What `datagram` says. Never throws. */
export function parse(datagram: Uint8Array): Packet {
  const bytes = Buffer.isBuffer(datagram)
    ? datagram
    : Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (bytes.length < 2) return malformed("shorter than an opcode");
  const read = readers[bytes.readUInt16BE(0)];
  return read ? read(bytes) : malformed("unknown opcode");
}

function parseRequest(kind: Request["kind"], bytes: Buffer): Packet {
  if (bytes.length > CONTROL_LIMIT) return malformed("longer than 512 bytes");
  const [name, mode, ...rest] = splitStrings(bytes, 2) ?? [];
  if (name === undefined || mode === undefined) return malformed("a string without its NUL");
  if (name.length === 0) return malformed("no file name");
  if (mode.length === 0) return malformed("no mode");
  if (!isUtf8(name)) return malformed("a file name that is not UTF-8");
  const options = parseOptions(rest);
  if ("problem" in options) return options;
  return { kind, name: name.toString("utf8"), mode: lowercase(mode), options };
}

function parseError(bytes: Buffer): Packet {
  if (bytes.length < 4) return malformed("no error code");
  const end = bytes.indexOf(0, 4);
  const text = bytes.toString("latin1", 4, end < 0 ? bytes.length : end).slice(0, CONTROL_LIMIT);
  return { kind: "ERROR", code: bytes.readUInt16BE(2), message: printable(text) };
}

/** The NUL-terminated strings from `start` to the end; undefined when the last has no NUL. */
function splitStrings(bytes: Buffer, start: number): Buffer[] | undefined {
  const strings: Buffer[] = [];
  for (let at = start; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    strings.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return strings;
}

function parseOptions(strings: readonly Buffer[] | undefined): Options | Malformed {
  if (!strings) return malformed("a string without its NUL");
  const options = new Map<string, Option>();
  for (let at = 0; at < strings.length; at += 2) {
    const [name, value] = [strings[at] as Buffer, strings[at + 1]];
    // Some boot ROMs pad the request with zeros: an empty name ends the options.
    if (name.length === 0) break;
    if (!value) return malformed("an option without a value");
    const key = lowercase(name);
    // RFC 2347: an option is specified once. The first one counts.
    if (options.has(key)) continue;
    options.set(key, { name: name.toString("latin1"), value: value.toString("latin1") });
  }
  return options;
}

const lowercase = (bytes: Buffer) => bytes.toString("latin1").toLowerCase();

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, "?");

/** A packet that begins with `opcode` and the number `second`. */
function head(opcode: number, second: number, length: number): Buffer {
  const bytes = Buffer.alloc(4 + length);
  bytes.writeUInt16BE(opcode, 0);
  bytes.writeUInt16BE(second, 2);
  return bytes;
}

/** RRQ or WRQ. Used by clients and tests: the server only reads them. */
export function encodeRequest(
  kind: Request["kind"],
  name: string,
  mode: string,
  options: Iterable<Option> = [],
): Uint8Array {
  const opcode = Buffer.from([0, opcodes[kind]]);
  return Buffer.concat([opcode, Buffer.from(`${name}\0${mode}\0`), encodeOptions(options)]);
}

/** DATA with `block` counted without wrap. */
export function encodeData(block: number, data: Uint8Array): Uint8Array {
  const bytes = head(opcodes.DATA, block & 0xffff, data.length);
  bytes.set(data, DATA_HEADER);
  return bytes;
}

/** ACK with `block` counted without wrap. */
export function encodeAck(block: number): Uint8Array {
  return head(opcodes.ACK, block & 0xffff, 0);
}

/** ERROR; the message becomes printable ASCII and is cut so that the packet has 512 bytes. */
export function encodeError(code: number, message: string): Uint8Array {
  const text = printable(message).slice(0, CONTROL_LIMIT - 5);
  const bytes = head(opcodes.ERROR, code, text.length + 1);
  bytes.write(text, 4, "latin1");
  return bytes;
}

/** OACK with the options in the order given. */
export function encodeOack(options: Iterable<Option>): Uint8Array {
  return Buffer.concat([Buffer.from([0, opcodes.OACK]), encodeOptions(options)]);
}

function encodeOptions(options: Iterable<Option>): Buffer {
  return Buffer.from(
    [...options].map(({ name, value }) => `${name}\0${value}\0`).join(""),
    "latin1",
  );
}
