// A stretch of work that a signal does not end in its middle: Ctrl-C, make, timeout and systemd ask a
// process to end, and that can wait for some milliseconds. Leaves out SIGKILL and a machine that is lost.
import { isMainThread } from "node:worker_threads";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let listening = false;

/** Does `work`, which is not asynchronous; a signal that comes meanwhile takes effect afterwards. */
export function uninterrupted<Result>(work: () => Result): Result {
  // For good: Node hears of a signal in a later turn, and one would be lost that came after the last look
  // and before the listener left.
  if (isMainThread && !listening) {
    listening = true;
    for (const signal of SIGNALS) process.on(signal, end);
  }
  try {
    return work();
  } finally {
    // Who has nothing else to do stays until it has heard: two turns, since this one may be over.
    setImmediate(() => setImmediate(() => {}));
  }
}

/** Ends the process by `signal`, as without a listener, unless somebody else listens. */
function end(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  process.off(signal, end);
  process.kill(process.pid, signal);
}
