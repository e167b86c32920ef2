// A folder and what is below it, for writing into folders that strangers filled: no component below it
// is ever followed when it is a symbolic link. On Linux each folder is opened and the names in it are
// reached through its descriptor, so that nothing that is exchanged meanwhile leads elsewhere; other
// systems have no such names, and each component is looked at before it is used.
import * as fs from "node:fs";
import { dirname, join } from "node:path";

const DESCRIPTORS = "/proc/self/fd";

/** How many folders are kept open. */
const MOST_OPEN = 64;

/** A folder, with calls of `node:fs` for paths below it; errors name the path as a person knows it. */
export class Beneath implements Disposable {
  readonly #root: string;
  readonly #byDescriptor: boolean;
  /** Opened folders by their path below the root, the one used last at the end. */
  readonly #open = new Map<string, number>();

  /** @throws when `root` is no folder. It may be a link itself: that is for the caller to decide. */
  constructor(root: string) {
    this.#root = root;
    this.#byDescriptor = fs.existsSync(DESCRIPTORS);
    if (!fs.statSync(root).isDirectory()) throw new Error(`${root}: is not a folder`);
  }

  /** What is at `path`, a link not followed; undefined when nothing is, or no folder on the way. */
  stat(path: string): fs.Stats | undefined {
    return this.#isThere(dirname(path))
      ? this.#call(path, (at) => fs.lstatSync(at, { throwIfNoEntry: false }))
      : undefined;
  }

  /** Opens the file at `path`, with flags of `open(2)`. */
  open(path: string, flags: number): number {
    const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
    // Without O_NONBLOCK a named pipe would have us wait for somebody at its other end.
    return this.#call(path, (at) => fs.openSync(at, flags | O_NOFOLLOW | O_NONBLOCK, 0o666));
  }

  /** The names in the folder `path`, with what they are. */
  list(path: string): fs.Dirent[] {
    return this.#call(`${path}/.`, (at) => fs.readdirSync(at, { withFileTypes: true }));
  }

  /** @throws when names in the folder `path` may not be changed. */
  checkWritable(path: string): void {
    this.#call(`${path}/.`, (at) => fs.accessSync(at, fs.constants.W_OK));
  }

  rename(from: string, to: string): void {
    this.#call(to, (target) => this.#call(from, (source) => fs.renameSync(source, target)));
  }

  remove(path: string): void {
    this.#call(path, (at) => fs.unlinkSync(at));
  }

  /** Removes `path` with everything below it, if it is there. */
  removeAll(path: string): void {
    this.#forget(path);
    this.#call(path, (at) => fs.rmSync(at, { recursive: true, force: true }));
  }

  /** Makes the folder `path` with those above it, unless they are there. */
  makeFolder(path: string): void {
    if (path === "." || this.#isThere(path)) return;
    this.makeFolder(dirname(path));
    this.#call(path, (at) => fs.mkdirSync(at));
  }

  /** What `path` below the root is called outside. */
  nameOf(path: string): string {
    return join(this.#root, path);
  }

  [Symbol.dispose](): void {
    this.#forget(".");
  }

  /** Whether there is a folder at `path`. @throws when there is something else. */
  #isThere(path: string): boolean {
    if (path === "." || this.#open.has(path)) return true;
    if (!this.#isThere(dirname(path))) return false;
    const there = this.#call(path, (at) => fs.lstatSync(at, { throwIfNoEntry: false }));
    if (there && !there.isDirectory()) this.#refuse(path, there);
    return there !== undefined;
  }

  #refuse(path: string, there: fs.Stats): never {
    const name = this.nameOf(path);
    if (!there.isSymbolicLink()) throw new Error(`${name}: is not a folder`);
    const to = this.#call(path, (at) => fs.readlinkSync(at));
    throw new Error(linkRefused(name, to));
  }

  /** Calls `work` with a name for `path` that leads through nothing but folders. */
  #call<Result>(path: string, work: (at: string) => Result): Result {
    const folder = dirname(path);
    const name = path.slice(folder === "." ? 0 : folder.length + 1);
    try {
      if (this.#byDescriptor) return work(`${DESCRIPTORS}/${this.#descriptor(folder)}/${name}`);
      if (!this.#isThere(folder)) throw new Error(`${this.nameOf(folder)}: is not there`);
      return work(join(this.#root, path));
    } catch (error) {
      throw named(error, this.nameOf(path));
    }
  }

  #descriptor(folder: string): number {
    const known = this.#open.get(folder);
    if (known !== undefined) {
      this.#open.delete(folder);
      this.#open.set(folder, known);
      return known;
    }
    const fd = this.#openFolder(folder);
    this.#open.set(folder, fd);
    for (const [path, old] of this.#open) {
      if (this.#open.size <= MOST_OPEN) break;
      if (path === ".") continue;
      fs.closeSync(old);
      this.#open.delete(path);
    }
    return fd;
  }

  #openFolder(folder: string): number {
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
    if (folder === ".") return fs.openSync(this.#root, O_RDONLY | O_DIRECTORY);
    const above = dirname(folder);
    const name = folder.slice(above === "." ? 0 : above.length + 1);
    const at = `${DESCRIPTORS}/${this.#descriptor(above)}/${name}`;
    try {
      return fs.openSync(at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    } catch (error) {
      const there = fs.lstatSync(at, { throwIfNoEntry: false });
      if (there && !there.isDirectory()) this.#refuse(folder, there);
      throw named(error, this.nameOf(folder));
    }
  }

  /** Closes `path` and what is below it. */
  #forget(path: string): void {
    for (const [folder, fd] of this.#open) {
      if (path !== "." && folder !== path && !folder.startsWith(`${path}/`)) continue;
      fs.closeSync(fd);
      this.#open.delete(folder);
    }
  }
}

/** Why a link in a folder of ours is not followed, for a person. */
export const linkRefused = (name: string, to: string) =>
  `${name}: is a symbolic link to ${to}; none is followed inside an output folder: remove it`;

/** `error` with `path` as what it is about, where the system spoke of another name for it or of none. */
export function named(error: unknown, path: string): unknown {
  const isSystems = error instanceof Error && "code" in error && "syscall" in error;
  const isNamed = isSystems && "path" in error && !String(error.path).startsWith(DESCRIPTORS);
  return isSystems && !isNamed ? Object.assign(error, { path }) : error;
}
