// A stretch of work that a signal does not end in its middle: Ctrl-C, make, timeout and systemd ask a
// process to end, and that can wait for some milliseconds. Leaves out SIGKILL and a machine that is lost.
import { isMainThread } from "node:worker_threads";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Does `work`, which is not asynchronous; a signal that comes meanwhile takes effect afterwards. */
export function uninterrupted<Result>(work: () => Result): Result {
  if (!isMainThread) return work();
  const late = new Set<NodeJS.Signals>();
  const hold = (signal: NodeJS.Signals) => late.add(signal);
  for (const signal of SIGNALS) process.on(signal, hold);
  try {
    return work();
  } finally {
    // Node hears of a signal in a later turn: two, since this one may be the end of a turn.
    setImmediate(() => setImmediate(() => release(late, hold)));
  }
}

function release(late: ReadonlySet<NodeJS.Signals>, hold: (signal: NodeJS.Signals) => void): void {
  for (const signal of SIGNALS) process.off(signal, hold);
  for (const signal of late) {
    // Who listens has heard it already.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  }
}
