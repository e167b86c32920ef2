// IPv4 addresses as text and as numbers, and the subnets they are in. RFC 4632 for `a.b.c.d/bits`.

/** The number of a.b.c.d; undefined for any other text. */
export function ipv4Number(text: string): number | undefined {
  const octets = text.split(".");
  const good = octets.every((each) => /^(0|[1-9]\d{0,2})$/.test(each) && Number(each) < 256);
  if (octets.length !== 4 || !good) return undefined;
  return octets.reduce((number, each) => number * 256 + Number(each), 0);
}

/** The text of an address. */
export function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}

/** The address that means none. */
export const NONE = "0.0.0.0";

/** A subnet; all addresses as text. */
export interface Subnet {
  readonly network: string;
  readonly netmask: string;
  readonly broadcast: string;
  /** How many bits name the network. */
  readonly bits: number;
  /** Whether `address` is one that a host of it can have. */
  holds(address: string): boolean;
}

/** The subnet `text`, such as 192.168.4.0/24; undefined when it is not a subnet, or names a host in it. */
export function subnetOf(text: string): Subnet | undefined {
  const [, address = "", digits = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const first = ipv4Number(address);
  const bits = Number(digits);
  if (first === undefined || bits < 8 || bits > 30) return undefined;
  const size = 2 ** (32 - bits);
  if (first % size !== 0) return undefined;
  const last = first + size - 1;
  return {
    network: address,
    netmask: ipv4Text(2 ** 32 - size),
    broadcast: ipv4Text(last),
    bits,
    holds(one) {
      const number = ipv4Number(one);
      return number !== undefined && number > first && number < last;
    },
  };
}
