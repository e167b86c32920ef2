// The file that leases are kept in: written beside, synced and put in place before a board hears of
// them (RFC 2131 section 3.1, item 4), so that nothing that ends a server gives an address twice.
// Leaves out who gets which address (src/dhcp).
import { readFileSync, realpathSync, renameSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { dirname } from "node:path";
import type { Lease } from "../dhcp/index.js";
import { failureOf } from "../files/index.js";

/** What was in the file, and what is to be said about it. */
export interface KeptLeases {
  readonly leases: readonly Lease[];
  readonly warning?: string;
}

/**
 * The leases of a former run; none when there was none. A file of something else is set aside under
 * another name, and `warning` says so.
 * @throws when the file can be neither read nor set aside.
 */
export function readLeases(file: string): KeptLeases {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "ENOENT") {
      return { leases: [] };
    }
    throw new Error(`${file}: ${failureOf(problem)}`);
  }
  const leases = leasesIn(text);
  if (leases) return { leases };
  const aside = `${file}.damaged-${new Date()
    .toISOString()
    .replace(/[^0-9]/g, "")
    .slice(0, 14)}`;
  try {
    renameSync(file, aside);
  } catch (problem) {
    throw new Error(
      `${file}: is not a file of leases, and cannot be set aside: ${failureOf(problem)}`,
    );
  }
  const what = text === "" ? "is empty" : "is not a file of leases";
  const meaning = "leases begin anew, and boards that are on may have addresses that look free";
  return { leases: [], warning: `${file}: ${what}: it is ${aside} now, ${meaning}` };
}

function leasesIn(text: string): readonly Lease[] | undefined {
  try {
    const all: unknown = JSON.parse(text);
    return Array.isArray(all) && all.every(isLease) ? all : undefined;
  } catch {
    return undefined;
  }
}

function isLease(value: unknown): value is Lease {
  const { address, until, state, client } = (value ?? {}) as Partial<Lease>;
  return (
    isAddress(address) &&
    typeof until === "number" &&
    ["offered", "bound", "declined"].includes(state ?? "") &&
    typeof client?.hardware === "string" &&
    (client.id === undefined || typeof client.id === "string")
  );
}

const isAddress = (text: unknown): text is string => typeof text === "string" && isIPv4(text);

/** A file of leases that is written while a server answers. */
export class LeaseFile {
  readonly #file: string;
  readonly #all: () => readonly Lease[];
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** `all` gives what is to be kept at the moment of writing. */
  constructor(file: string, all: () => readonly Lease[]) {
    this.#file = file;
    this.#all = all;
  }

  /**
   * Ends when what is known now is on the disk. Who calls while something is being written waits for
   * the next writing, together with all others: a burst of boards costs two.
   * @throws when it cannot be written; the file is the one before then.
   */
  keep(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#write().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    const before = this.#running;
    this.#next ??= before
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.keep();
      });
    return this.#next;
  }

  async #write(): Promise<void> {
    const path = target(this.#file);
    const beside = `${path}.new`;
    const text = `${JSON.stringify(this.#all(), undefined, 1)}\n`;
    try {
      const written = await open(beside, "w", 0o644);
      try {
        await written.writeFile(text);
        await written.sync();
      } finally {
        await written.close();
      }
      await rename(beside, path);
      await syncFolder(dirname(path));
    } catch (problem) {
      throw new Error(`${this.#file}: ${failureOf(problem)}`);
    }
  }
}

/** Where a symbolic link leads, so that it stays one. */
function target(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Without this a new name may be lost with the machine. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
