// A lock on a folder that several processes may write to: a file in it that says who holds it. Made with
// O_EXCL, which NFS knows too; Node has no lock of the system's. One that nobody holds any more is
// taken over: of this machine at once, of another after it was not touched for a while.
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** The lock's name in its folder. */
export const LOCK = ".ubootc.lock";

/** How long somebody else's is waited for, and how often it is looked at, in ms. */
const WAIT_MS = 60_000;
const LOOK_MS = 10;

/** Said to a person when it takes longer than this, in ms. */
const SAY_MS = 1000;

/** A lock is touched this often; one of another machine that was not for so long is given up, in ms. */
const TOUCH_MS = 5000;
const ABANDONED_MS = 40_000;

/** A lock that has no holder in it yet was just made, or its maker ended in between, in ms. */
const UNSIGNED_MS = 2000;

/** A lock that this process holds. */
export interface Lock extends Disposable {
  /** Says that its holder is still there; cheap. */
  touch(): void;
  /** @throws when somebody took it over: this process was stopped for long. */
  check(): void;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells this process from another that had its number: see `startOf`. */
  readonly start: string;
  readonly token: string;
}

/** This machine, and where process numbers mean something else inside it, that too. */
function machine(): string {
  try {
    return `${hostname()} ${fs.readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process started, in the clock of its machine; empty where that cannot be asked. */
function startOf(pid: number): string {
  try {
    // proc(5): field 22, counted after the name in parentheses, which may hold anything.
    const text = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/**
 * Locks `folder`, which is there; waits for who holds it, and calls `waiting` when that takes long.
 * @throws when it is held for a minute, with the holder's process and machine.
 */
export function lock(folder: string, waiting: (holder: string) => void = () => {}): Lock {
  const path = join(folder, LOCK);
  const token = randomBytes(8).toString("hex");
  const mine: Holder = { pid: process.pid, host: machine(), start: startOf(process.pid), token };
  const began = performance.now();
  let said = false;
  // Watched by our own clock: that of a file server may be another.
  let seen = { mark: "", since: began };
  while (!made(path, mine)) {
    const held = holderOf(path);
    const mark = `${held?.text} ${held?.touched}`;
    if (seen.mark !== mark) seen = { mark, since: performance.now() };
    if (held && isAbandoned(held, performance.now() - seen.since)) takeAway(path, held);
    else if (held) {
      const waited = performance.now() - began;
      if (waited > WAIT_MS) throw new Error(`${folder}: ${nameOf(path, held)}`);
      if (waited > SAY_MS && !said) waiting(nameOf(path, held));
      said ||= waited > SAY_MS;
      pause();
    }
  }
  let touched = performance.now();
  return {
    touch() {
      if (performance.now() - touched < TOUCH_MS) return;
      touched = performance.now();
      fs.utimesSync(path, new Date(), new Date());
    },
    check() {
      if (holderOf(path)?.holder?.token === token) return;
      throw new Error(`${folder}: another build has taken the folder over: build again`);
    },
    [Symbol.dispose]() {
      if (holderOf(path)?.holder?.token === token) fs.rmSync(path, { force: true });
    },
  };
}

/** Whether somebody who is still there holds `folder`. */
export function isLocked(folder: string): boolean {
  const held = holderOf(join(folder, LOCK));
  return held !== undefined && !isAbandoned(held, Date.now() - held.touched);
}

/** Stops the thread: what calls this may not be asynchronous. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
}

function made(path: string, mine: Holder): boolean {
  try {
    fs.writeFileSync(path, `${JSON.stringify(mine)}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** A lock that is there: its text, when it was touched in ms since 1970, and whose it is. */
interface Held {
  readonly text: string;
  readonly touched: number;
  readonly holder: Holder | undefined;
}

function holderOf(path: string): Held | undefined {
  try {
    const there = fs.lstatSync(path);
    if (!there.isFile()) throw new Error(`${path}: is not a lock: remove it`);
    const text = fs.readFileSync(path, "utf8");
    return { text, touched: there.mtimeMs, holder: parsed(text) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function parsed(text: string): Holder | undefined {
  try {
    const { pid, host, start, token }: Partial<Holder> = JSON.parse(text);
    if (!Number.isSafeInteger(pid) || typeof pid !== "number" || pid < 1) return undefined;
    if (typeof host !== "string" || typeof start !== "string") return undefined;
    return typeof token === "string" ? { pid, host, start, token } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nobody holds it any more, when it is as it is since `unchanged` ms. */
function isAbandoned({ holder }: Held, unchanged: number): boolean {
  if (!holder) return unchanged > UNSIGNED_MS;
  if (holder.host !== machine()) return unchanged > ABANDONED_MS;
  const start = startOf(holder.pid);
  if (start !== "") return start !== holder.start;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/**
 * Removes a lock that nobody holds. Of all who find it so, only one may: it makes a file that is named
 * for what it found, and looks again. Else the second would remove the lock that the first made then.
 */
function takeAway(path: string, { text, holder }: Held): void {
  const breaking = `${path}-${holder?.token.replace(/[^0-9a-f]/g, "") ?? "unsigned"}`;
  try {
    fs.writeFileSync(breaking, "", { flag: "wx" });
  } catch {
    // Somebody else is at it, or was killed at it.
    const there = fs.lstatSync(breaking, { throwIfNoEntry: false });
    if (there && Date.now() - there.mtimeMs > UNSIGNED_MS) fs.rmSync(breaking, { force: true });
    else pause();
    return;
  }
  if (holderOf(path)?.text === text) fs.rmSync(path, { force: true });
  fs.rmSync(breaking, { force: true });
}

function nameOf(path: string, { holder }: Held): string {
  if (!holder) return `somebody is just beginning to write here; the lock is ${path}`;
  const [host = ""] = holder.host.split(" ");
  const who = `process ${holder.pid} on ${JSON.stringify(host).slice(1, -1)}`;
  return `${who} is writing here; its lock is ${path}`;
}
