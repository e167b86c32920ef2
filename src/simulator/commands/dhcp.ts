// The DHCP client of U-Boot's own network stack, seen from the console and the environment.
// Governed by net/bootp.c.
import type { Machine } from "../machine.js";
import { decimal, yes } from "../numbers.js";
import type { Lease } from "../world.js";
import { nfs } from "./nfs.js";
import { type Attempt, fileName, hasAddresses } from "./round.js";
import { tftp } from "./tftp.js";

/** Until the first repetition, milliseconds; it doubles from then on. */
const FIRST = 250;

/** Gets a lease, and what it says unless `autoload` is off. */
export function lease(
  machine: Machine,
  asked: { readonly name: string; readonly explicit: boolean },
): Attempt {
  const { print, environment } = machine;
  environment.delete("ipaddr");
  const found = machine.world.lan?.lease();
  if (!found) return nobody(machine);
  print("BOOTP broadcast 1\n");
  machine.packets += 4;
  machine.wait(5);
  const name = take(machine, found, asked);
  print(`DHCP client bound to address ${found.address} (5 ms)\n`);
  const autoload = environment.get("autoload") ?? "y";
  if (autoload !== "NFS" && !yes(autoload)) return { size: 0 };
  if (!hasAddresses(machine, name)) {
    print(`Cannot autoload with ${autoload === "NFS" ? "NFS" : "TFTPGET"}\n`);
    return "over";
  }
  return autoload === "NFS" ? nfs(machine, name) : tftp(machine, name);
}

/** Puts the lease into the environment and returns the name of the file. */
function take(
  { environment }: Machine,
  { address, netmask, nextServer, router, dns, hostname, rootPath, bootfile }: Lease,
  asked: { readonly name: string; readonly explicit: boolean },
): string {
  const name = asked.explicit || !bootfile ? asked.name : fileName(bootfile);
  const values: Readonly<Record<string, string | undefined>> = {
    bootfile: name,
    gatewayip: router,
    netmask,
    hostname,
    rootpath: rootPath,
    ipaddr: address,
    serverip: nextServer,
    dnsip: dns,
  };
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") environment.set(key, value);
  }
  return name;
}

/** Asks again and again, until `bootpretryperiod` is over. */
function nobody(machine: Machine): Attempt {
  const { print, environment, shell } = machine;
  const period = environment.get("bootpretryperiod");
  const limit = period === undefined ? 28_000 : decimal(period);
  const longest = shell.since("2024.01") ? 60_000 : 2000;
  let timeout = FIRST;
  for (let count = 1, taken = 0; ; count++) {
    print(`BOOTP broadcast ${count}\n`);
    machine.packets += 1;
    if (!machine.wait(timeout)) return "over";
    taken += timeout;
    if (taken >= limit) break;
    timeout = Math.min(longest, timeout * 2);
  }
  print("\nRetry time exceeded; starting again\n");
  return "again";
}
