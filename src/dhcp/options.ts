// The options of DHCP as a table: number, name, and how the value is written. Leaves out options
// that no boot loader sends and none reads. RFC 2132; 93, 94 and 97 RFC 4578; 82 RFC 3046.
import { ipv4Number, ipv4Text } from "./ipv4.js";

/** How the value of an option is written. */
export interface OptionKind<Value> {
  /** The value; undefined when the bytes are not of this kind. */
  decode(bytes: Uint8Array): Value | undefined;
  encode(value: Value): Uint8Array;
}

/** One kind of option. */
export interface DhcpOption<Value> {
  readonly code: number;
  readonly name: string;
  readonly kind: OptionKind<Value>;
}

/** Values by option number, in the order they are sent. */
export type Options = ReadonlyMap<number, Uint8Array>;

function number(size: number): OptionKind<number> {
  return {
    decode: (bytes) => (bytes.length === size ? Buffer.from(bytes).readUIntBE(0, size) : undefined),
    encode(value) {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntBE(value, 0, size);
      return bytes;
    },
  };
}

const u8 = number(1);
const u16 = number(2);
const u32 = number(4);

const addresses: OptionKind<readonly string[]> = {
  decode(bytes) {
    if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
    const count = bytes.length / 4;
    return Array.from({ length: count }, (_, at) =>
      ipv4Text(Buffer.from(bytes).readUInt32BE(at * 4)),
    );
  },
  encode: (values) => Buffer.concat(values.map((each) => u32.encode(ipv4Number(each) ?? 0))),
};

const address: OptionKind<string> = {
  decode: (bytes) => (bytes.length === 4 ? addresses.decode(bytes)?.[0] : undefined),
  encode: (value) => addresses.encode([value]),
};

const raw: OptionKind<Uint8Array> = { decode: (bytes) => bytes, encode: (value) => value };

/** Text up to the first NUL: RFC 2132 section 2 forbids them, and old clients send one. */
const text: OptionKind<string> = {
  decode: (bytes) => latin1(bytes),
  encode: (value) => Buffer.from(value, "latin1"),
};

/** Text that is sent with a NUL: there are PXE ROMs that read on without. */
const terminated: OptionKind<string> = {
  decode: text.decode,
  encode: (value) => Buffer.from(`${value}\0`, "latin1"),
};

/** A list whose first member counts: clients name what they are, and then what else they take. */
const firstU16: OptionKind<number> = {
  decode: (bytes) => (bytes.length >= 2 ? u16.decode(bytes.subarray(0, 2)) : undefined),
  encode: u16.encode,
};

/** Every byte a character, up to the first NUL. */
export function latin1(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("latin1");
}

const option = <Value>(code: number, name: string, kind: OptionKind<Value>) => ({
  code,
  name,
  kind,
});

/** The options that are read or written here; times in seconds. */
export const options = {
  netmask: option(1, "subnet mask", address),
  router: option(3, "router", addresses),
  dns: option(6, "domain name server", addresses),
  hostName: option(12, "host name", text),
  broadcast: option(28, "broadcast address", address),
  vendorSpecific: option(43, "vendor specific information", raw),
  requestedAddress: option(50, "requested IP address", address),
  leaseTime: option(51, "lease time", u32),
  overload: option(52, "option overload", u8),
  messageType: option(53, "message type", u8),
  serverId: option(54, "server identifier", address),
  requestList: option(55, "parameter request list", raw),
  message: option(56, "message", text),
  maximumSize: option(57, "maximum message size", u16),
  renewalTime: option(58, "renewal time T1", u32),
  rebindingTime: option(59, "rebinding time T2", u32),
  vendorClass: option(60, "vendor class identifier", text),
  clientId: option(61, "client identifier", raw),
  tftpServer: option(66, "TFTP server name", terminated),
  bootFile: option(67, "boot file name", terminated),
  relayAgent: option(82, "relay agent information", raw),
  architecture: option(93, "client system architecture", firstU16),
  undi: option(94, "client network interface", raw),
  machineId: option(97, "client machine identifier", raw),
} as const;

/** The value of an option; undefined when it is not there or makes no sense. */
export function optionIn<Value>(from: Options, wanted: DhcpOption<Value>): Value | undefined {
  const bytes = from.get(wanted.code);
  return bytes && wanted.kind.decode(bytes);
}

/** An option with its value, for the list that makes up a message. */
export function given<Value>(which: DhcpOption<Value>, value: Value): [number, Uint8Array] {
  return [which.code, which.kind.encode(value)];
}
