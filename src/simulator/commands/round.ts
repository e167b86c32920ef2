// One use of the network by U-Boot's own stack: a protocol is started, and started again as
// `netretry` says when it fails. Governed by net_loop in net/net.c.
import type { Machine } from "../machine.js";
import { anyBase, hex } from "../numbers.js";

/**
 * How one attempt went: the bytes that arrived, or a failure. `again` may be repeated; `over` is a
 * refusal, after which a board with one network device does not ask again.
 */
export type Attempt = { readonly size: number } | "again" | "over";

/** Before the only network device is tried again, milliseconds. */
const WRAP = 10_000;
/** How long an ARP request is waited for, milliseconds, and how many there are. */
const ARP = { timeout: 5000, tries: 5 };

/** Runs `attempt` until it works or `netretry` is used up. Undefined: it failed. */
export function netLoop(machine: Machine, attempt: () => Attempt): number | undefined {
  choose(machine);
  const rotates = machine.environment.get("ethrotate") !== "no";
  for (let tries = 1; ; tries++) {
    const result = attempt();
    if (typeof result === "object") {
      report(machine, result.size);
      return result.size;
    }
    if (tries > retries(machine) || (result === "over" && rotates)) return undefined;
    if (!machine.wait(rotates ? WRAP : 1)) return undefined;
  }
}

/** Nobody has the address that was asked for. */
export function noArp(machine: Machine): "over" {
  machine.packets += ARP.tries;
  machine.wait(ARP.timeout * ARP.tries);
  machine.print("\nARP Retry count exceeded; starting again\n");
  return "over";
}

function retries({ environment }: Machine): number {
  const asked = environment.get("netretry") ?? "no";
  const words: Readonly<Record<string, number>> = { yes: Number.POSITIVE_INFINITY, no: 0, once: 1 };
  return Object.hasOwn(words, asked) ? (words[asked] as number) : anyBase(asked);
}

function report({ print, environment, loadAddress }: Machine, size: number): void {
  if (size === 0) return;
  print(`Bytes transferred = ${size} (${hex(size)} hex)\n`);
  environment.set("filesize", hex(size));
  environment.set("fileaddr", hex(loadAddress));
}

/** An IPv4 address in the environment or an argument; undefined for 0.0.0.0 and anything else. */
export function addressOf(text: string | undefined): string | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)/.exec(text ?? "")?.slice(1) ?? [];
  if (parts.length < 4 || parts.some((part) => Number(part) > 255)) return undefined;
  const address = parts.map(Number).join(".");
  return address === "0.0.0.0" ? undefined : address;
}

/** Whether the network has what `name`'s server needs; says what is missing. */
export function hasAddresses(machine: Machine, name: string): boolean {
  const { environment, print } = machine;
  if (!addressOf(environment.get("serverip")) && !name.includes(":")) {
    print("*** ERROR: `serverip' not set\n");
    return false;
  }
  return hasOwnAddress(machine);
}

export function hasOwnAddress({ environment, print }: Machine): boolean {
  if (addressOf(environment.get("ipaddr"))) return true;
  print("*** ERROR: `ipaddr' not set\n");
  return false;
}

/** The server and the file of `[ip:]file`. */
export function serverAndFile(
  { environment }: Machine,
  name: string,
): { readonly server: string; readonly file: string } {
  const colon = name.indexOf(":");
  const own = addressOf(environment.get("serverip"));
  const server = (colon < 0 ? undefined : addressOf(name)) ?? own ?? "0.0.0.0";
  return { server, file: fileName(name.slice(colon + 1), NAME) };
}

/** The longest name, in bytes. */
const NAME = 127;

/** A name as U-Boot keeps it: without the quotes around it, and not longer than `limit`. */
export function fileName(text: string, limit = 1023): string {
  const name = text.startsWith('"') ? text.slice(1) : text;
  return (name.split('"')[0] as string).slice(0, limit);
}

/** "; sending through gateway …" where the server is in another network. */
export function throughGateway({ environment }: Machine, server: string): string {
  const [gateway, mask, own] = ["gatewayip", "netmask", "ipaddr"].map((name) =>
    addressOf(environment.get(name)),
  );
  if (!gateway || !mask || !own) return "";
  const network = (address: string) => (bits(address) & bits(mask)) >>> 0;
  return network(own) === network(server) ? "" : `; sending through gateway ${gateway}`;
}

const bits = (address: string) =>
  address.split(".").reduce((sum, part) => (sum << 8) | Number(part), 0);

/** Whoever uses the network says which device that is (eth_current_changed). */
export function choose(machine: Machine): void {
  if (machine.environment.get("ethact") === undefined) {
    machine.environment.set("ethact", device(machine));
  }
}

/** The device, as U-Boot calls it. */
export const device = ({ environment }: Machine): string => environment.get("ethact") ?? "eth0";
