// What a boot writes to devices: files over those that their partitions hold, and blocks. The world
// itself stays as it was. Left out: that a file system can be full, and what writing blocks does to files.
import type { Content } from "../image/index.js";
import { Memory } from "./memory.js";
import type { Device, Entry, Partition } from "./world.js";

/** What became of a name: a file, a folder, or nothing any more. */
type Change = Content | "folder" | "removed";

/** The bytes of a block. */
export const BLOCK = 512;

export class Changes {
  readonly #changes = new WeakMap<Partition, Map<string, Change>>();
  readonly #blocks = new WeakMap<Device, Memory>();

  /** `partition` as it is by now. */
  on(partition: Partition): Partition {
    const changes = this.#changes.get(partition);
    if (!changes) return partition;
    const read: Partition["read"] = (name) => {
      const change = changes.get(plainName(name));
      return change === undefined ? partition.read(name) : contentIn(change);
    };
    const list: NonNullable<Partition["list"]> = (folder) =>
      changed(partition.list?.(folder), plainName(folder), changes);
    const now: Partition = { ...partition, read, ...(partition.list && { list }) };
    this.#changes.set(now, changes);
    return now;
  }

  /** Notes what `name` on `partition` is now. */
  set(partition: Partition, name: string, change: Change): void {
    const changes = this.#changes.get(partition) ?? new Map<string, Change>();
    this.#changes.set(partition, changes.set(plainName(name), change));
  }

  /** All bytes of `device` as they are by now; undefined: nobody knows them. */
  bytesOf(device: Device): Memory | undefined {
    const known = this.#blocks.get(device);
    if (known || !device.bytes) return known;
    const bytes = new Memory();
    bytes.write(0, device.bytes, bytes.origin("the device"));
    this.#blocks.set(device, bytes);
    return bytes;
  }
}

/** A name without the slashes around it. */
export const plainName = (name: string): string => name.replace(/^\/+|\/+$/g, "");

const contentIn = (change: Change) => (typeof change === "string" ? undefined : change);

/** The entries of `folder`, with what was made new at the end. */
function changed(
  before: readonly Entry[] | undefined,
  folder: string,
  changes: ReadonlyMap<string, Change>,
): readonly Entry[] | undefined {
  const own = changes.get(folder);
  if (own === "removed") return undefined;
  const start = own === "folder" ? [{ name: "." }, { name: ".." }] : undefined;
  const entries = new Map((before ?? start)?.map((entry) => [entry.name, entry]));
  if (!before && !start) return undefined;
  for (const [path, change] of changes) {
    const at = path.lastIndexOf("/");
    const [inside, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
    if (inside !== folder || path === "") continue;
    if (change === "removed") entries.delete(name);
    else entries.set(name, { name, ...(change !== "folder" && { size: change.size }) });
  }
  return [...entries.values()];
}
