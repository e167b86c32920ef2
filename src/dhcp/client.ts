// Who sent a message, as far as a person wants to know. Leaves out everything that decides about
// answers. RFC 4578 for option 97; what a Raspberry Pi puts there is documented with its EEPROM.
import { clientKey } from "./addresses.js";
import { latin1, optionIn, options } from "./options.js";
import type { DhcpMessage } from "./packet.js";

/** A client; all texts are safe to print. */
export interface DhcpClient {
  readonly mac: string;
  /** What it seems to be: `Raspberry Pi 4`, `U-Boot.armv8`. */
  readonly kind?: string;
}

/** The Ethernet addresses of Raspberry Pi Ltd. begin with these (IEEE registry of OUIs). */
const RASPBERRY_PI = new Set([
  ...["b8:27:eb", "dc:a6:32", "e4:5f:01", "28:cd:c1", "d8:3a:dd", "2c:cf:67", "88:a2:9e"],
]);

/** The sender of `message`. */
export function clientOf(message: DhcpMessage): DhcpClient {
  const [, mac = ""] = clientKey(message).hardware.split("/");
  const kind = kindOf(message, mac);
  return { mac, ...(kind !== undefined && { kind }) };
}

function kindOf({ options: sent }: DhcpMessage, mac: string): string | undefined {
  const id = latin1(sent.get(options.machineId.code)?.subarray(1, 5) ?? new Uint8Array());
  const [, model] = /^RPi(\d)$/.exec(id) ?? [];
  if (model !== undefined) return `Raspberry Pi ${model}`;
  const said = optionIn(sent, options.vendorClass)?.replace(/[^\x20-\x7e]/g, "?");
  if (said?.startsWith("U-Boot")) return said;
  // Its boot ROM, firmware, or Linux on it.
  if (RASPBERRY_PI.has(mac.slice(0, 8))) return "Raspberry Pi";
  return said?.startsWith("PXEClient") ? "PXE client" : said;
}
