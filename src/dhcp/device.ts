// The network device that a DHCP server is for, and sockets that hear nothing of other links. Node
// cannot set SO_BINDTODEVICE (socket(7)): a child that inherits the socket does, in one call of Perl or
// Python, and has no more to do. Leaves out sockets themselves. Linux only; since 5.7 it takes no right.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { endianness, networkInterfaces } from "node:os";
import { ipv4Number, subnetOf } from "./ipv4.js";
import type { DhcpNetwork } from "./network.js";

/** Where a server is in its subnet. */
export interface Place {
  /** Our address. */
  readonly address: string;
  readonly device: string;
  /** The system's number of the device: another one after it was unplugged. Undefined: not known. */
  readonly index: string | undefined;
}

/** Where this machine is in the subnet of `network`; undefined when it is not. */
export function placeIn(network: DhcpNetwork): Place | undefined {
  const subnet = subnetOf(network.subnet);
  for (const [label, addresses = []] of Object.entries(networkInterfaces())) {
    // A second address has a label of its own on some systems: `eth0:1`.
    const [device = label] = label.split(":");
    if (network.interface !== undefined && ![device, label].includes(network.interface)) continue;
    const own = addresses.find(({ address }) => subnet?.holds(address) === true);
    if (own) return { address: own.address, device, index: indexOf(device) };
  }
  return undefined;
}

/** From the list of multicast groups: of those by the name, only that is of our network namespace. */
function indexOf(device: string): string | undefined {
  const lines = linesOf("/proc/self/net/igmp").map((line) => line.trim().split(/\s+/));
  return lines.find(([, name]) => name === device)?.[0];
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

/**
 * How the option is set on descriptor 3, by whichever of these there is. Not on standard input: libuv
 * makes that a blocking one for the child, and with it our own socket.
 */
const setters: readonly (readonly [program: string, ...args: string[]])[] = [
  [
    "perl",
    "-e",
    'use Socket; open(my $socket, "+<&=", 3) or die "$!\\n"; ' +
      'setsockopt($socket, SOL_SOCKET, 25, "$ARGV[0]\\0") or die "$!\\n"',
  ],
  [
    "python3",
    "-c",
    "import socket, sys; socket.socket(fileno=3).setsockopt(" +
      'socket.SOL_SOCKET, 25, sys.argv[1].encode() + b"\\0")',
  ],
];

/** What is said where a child says nothing itself. */
const NO_SETTER = "neither perl nor python3 can be run";

/**
 * Has our sockets of UDP at `address` and `port` hear `device` only.
 * @throws when that cannot be done, with why.
 */
export function tieTo(device: string, address: string, port: number): void {
  const descriptors = socketsAt(address, port);
  if (descriptors.length === 0) throw new Error("the system does not list its sockets");
  for (const descriptor of descriptors) setDevice(descriptor, device);
}

function setDevice(descriptor: number, device: string): void {
  let why = NO_SETTER;
  for (const [program, ...args] of setters) {
    try {
      execFileSync(program, [...args, device], {
        stdio: ["ignore", "ignore", "pipe", descriptor],
        timeout: 5000,
        encoding: "utf8",
      });
      return;
    } catch (problem) {
      const said = problem instanceof Error && "stderr" in problem ? String(problem.stderr) : "";
      const missing = problem instanceof Error && "code" in problem && problem.code === "ENOENT";
      if (!missing) why = said.trim().split("\n").at(-1) || `${program} failed`;
    }
  }
  throw new Error(why);
}

/** Our descriptors of sockets of UDP that are bound to `address` and `port`; proc(5). */
function socketsAt(address: string, port: number): readonly number[] {
  const bytes = Buffer.alloc(4);
  const number = ipv4Number(address) ?? 0;
  if (endianness() === "LE") bytes.writeUInt32LE(number);
  else bytes.writeUInt32BE(number);
  const local = `${bytes.toString("hex")}:${port.toString(16).padStart(4, "0")}`.toUpperCase();
  const lines = readFileSync("/proc/self/net/udp", "utf8").split("\n");
  const words = lines.map((line) => line.trim().split(/\s+/)).filter(([, at]) => at === local);
  const wanted = new Set(words.map((each) => `socket:[${each[9]}]`));
  return readdirSync("/proc/self/fd")
    .filter((name) => wanted.has(linkOf(name)))
    .map(Number);
}

function linkOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}

/** The other devices of this machine that something could come in by. */
export function othersThan(device: string): readonly string[] {
  const listed = linesOf("/proc/self/net/dev").flatMap(
    (line) => /^\s*([^\s:]+):/.exec(line)?.[1] ?? [],
  );
  const all = listed.length > 0 ? listed : Object.keys(networkInterfaces());
  return all.filter((one) => one !== device && one !== "lo" && one !== "lo0");
}
