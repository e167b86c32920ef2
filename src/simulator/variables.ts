// The environment of the virtual board: some variables have a type, and some can be set only once.
// Left out: callbacks, and flags that the environment itself defines (.flags).
// Governed by env/flags.c and include/env_flags.h.
import type { Environment } from "../hush/index.js";

/** Why a variable did not change, as U-Boot says it. */
export type Refusal = string;

/** Type letters and what they accept: digits are counted, not added up. */
const types = {
  i: /^\d{1,3}(?:\.\d{1,3}){3}$/,
  m: /^[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5}$/,
} as const;

const addresses = new Set(["dnsip", "gatewayip", "ipaddr", "netmask", "serverip"]);
const isEthernet = (name: string) => /^eth\d*addr$/.test(name);

function typeOf(name: string): keyof typeof types | undefined {
  if (addresses.has(name)) return "i";
  return isEthernet(name) ? "m" : undefined;
}

/** The environment. `set` and `delete` are U-Boot's own changes; `change` is what a script asks. */
export class Variables implements Environment {
  readonly #values: Map<string, string>;
  /** Is told of every change; undefined: removed. */
  watch: ((name: string, value: string | undefined) => void) | undefined;

  constructor(
    values: Readonly<Record<string, string | undefined>>,
    /** ENV_OVERWRITE: nothing is write-once. */
    private readonly overwrites = false,
    /** ENV_SIZE, bytes: as QEMU's boards have it unless it is given. */
    readonly size = 0x3fffc,
  ) {
    this.#values = new Map(
      Object.entries(values).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      ),
    );
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** An empty value deletes, as it does where U-Boot sets a variable itself. */
  set(name: string, value: string): void {
    if (value === "") this.delete(name);
    else this.#store(name, value);
  }

  delete(name: string): void {
    if (this.#values.delete(name)) this.watch?.(name, undefined);
  }

  entries(): Iterable<readonly [string, string]> {
    return this.#values;
  }

  /** Sets a variable, or deletes it without a value. */
  change(name: string, value: string | undefined, force = false): Refusal | undefined {
    const present = this.#values.get(name);
    const kept = !force && !this.overwrites && present !== undefined && isOnce(name);
    if (value === undefined) {
      if (kept) return `## Error: Can't delete "${name}"\n`;
      this.delete(name);
      return undefined;
    }
    const type = typeOf(name);
    const failed = `## Error inserting "${name}" variable, errno=1\n`;
    if (type && !types[type].test(value)) {
      return `## Error: flags type check failure for "${name}" <= "${value}" (type: ${type})\n${failed}`;
    }
    if (kept) return `## Error: Can't overwrite "${name}"\n${failed}`;
    this.#store(name, value);
    return undefined;
  }

  #store(name: string, value: string): void {
    this.#values.set(name, value);
    this.watch?.(name, value);
  }
}

const isOnce = (name: string) => name === "serial#" || isEthernet(name);
