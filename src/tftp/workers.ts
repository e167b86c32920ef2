// Spreads transfers over worker threads, each with a host of its own, once there are so many that
// one thread is not enough. What crosses is plain data: an order, and a descriptor or shared memory
// for the file. Leaves out what a host does.
import { Worker } from "node:worker_threads";
import { SafetyNet } from "../ground/index.js";
import type { Content } from "./blocks.js";
import { type Order, type Report, TransferHost, type Transfers } from "./host.js";
import type { PortRange } from "./sockets.js";
import type { Descriptor, OpenFile } from "./source.js";
import type { Abort } from "./transfer.js";

/** How a thread gets at a file: the one or the other. */
export type Handed =
  | { readonly descriptor: Descriptor }
  | { readonly bytes: Uint8Array; readonly identity: string };

/** What a thread is told. */
export type Told =
  | { readonly tell: "start"; readonly order: Order; readonly file: Handed }
  | { readonly tell: "again"; readonly transfer: number }
  | {
      readonly tell: "abort";
      readonly transfer: number;
      readonly why: Abort;
      readonly message: string;
      readonly code: number | undefined;
    }
  | { readonly tell: "close" };

/** What a thread is started with. */
export interface ThreadData {
  readonly ports: PortRange | undefined;
}

/** Contents without a descriptor are copied to shared memory up to this size, in bytes. */
const SHARE_LIMIT = 64 << 20;

/** With this many transfers at once the first thread begins, and with each as many more the next. */
const CROWD = 4;

interface Thread {
  readonly worker: Worker;
  readonly transfers: Set<number>;
}

/** A host whose transfers run in up to `count` threads. */
export class Workers implements Transfers {
  readonly #count: number;
  readonly #ports: PortRange | undefined;
  readonly #threads = new Set<Thread>();
  readonly #byTransfer = new Map<number, Thread>();
  readonly #shared = new WeakMap<Content, Handed>();
  /** For the first, for what cannot be handed over, and when no thread is left. */
  readonly #here: TransferHost;
  readonly #report: (report: Report) => void;
  readonly #net: SafetyNet;
  #running = 0;
  #begun = 0;
  #contents = 0;

  constructor(count: number, ports: PortRange | undefined, report: (report: Report) => void) {
    this.#count = count;
    this.#ports = ports;
    this.#report = (told) => {
      if (told.type === "ended") this.#running--;
      report(told);
    };
    this.#net = new SafetyNet((mishap) => report({ type: "mishap", ...mishap }));
    this.#here = new TransferHost(ports, this.#report);
  }

  start(order: Order, content: Content, file: OpenFile): void {
    // A thread that was lost is not begun again: whatever ended it could end them all, for ever.
    if (++this.#running >= CROWD * (this.#begun + 1) && this.#begun < this.#count) {
      this.#net.run("tftp begin of a thread", () => this.#begin());
    }
    const [first, ...others] = this.#threads;
    const handed = first && this.#hand(content, file);
    if (!first || !handed) {
      this.#here.start(order, content);
      return;
    }
    const thread = others.reduce(
      (least, one) => (one.transfers.size < least.transfers.size ? one : least),
      first,
    );
    thread.transfers.add(order.transfer);
    this.#byTransfer.set(order.transfer, thread);
    tell(thread, { tell: "start", order, file: handed });
  }

  again(transfer: number): void {
    const thread = this.#byTransfer.get(transfer);
    if (thread) tell(thread, { tell: "again", transfer });
    else this.#here.again(transfer);
  }

  abort(transfer: number, why: Abort, message: string, code?: number): void {
    const thread = this.#byTransfer.get(transfer);
    if (thread) tell(thread, { tell: "abort", transfer, why, message, code });
    else this.#here.abort(transfer, why, message, code);
  }

  async close(): Promise<void> {
    await this.#here.close();
    const exits = [...this.#threads].map((thread) => {
      tell(thread, { tell: "close" });
      return new Promise<void>((done) => thread.worker.once("exit", () => done()));
    });
    await Promise.all(exits);
  }

  #begin(): void {
    this.#begun++;
    const workerData: ThreadData = { ports: this.#ports };
    const worker = new Worker(new URL("./thread.js", import.meta.url), { workerData });
    const thread: Thread = { worker, transfers: new Set() };
    this.#threads.add(thread);
    const heard = (report: Report) => {
      if (report.type === "ended") {
        thread.transfers.delete(report.transfer);
        this.#byTransfer.delete(report.transfer);
      }
      this.#report(report);
    };
    worker.on("message", this.#net.under("tftp thread", heard));
    // Only a bug ends a thread early; the server goes on without it.
    worker.on("error", (problem) => this.#net.caught("tftp thread", problem));
    worker.on(
      "exit",
      this.#net.under("tftp end of a thread", () => this.#lost(thread)),
    );
  }

  #lost(thread: Thread): void {
    this.#threads.delete(thread);
    for (const transfer of thread.transfers) {
      this.#byTransfer.delete(transfer);
      const outcome = { how: "aborted", why: "closed", message: "its thread ended" } as const;
      this.#report({ type: "ended", transfer, outcome, bytes: 0, blocks: 0 });
    }
  }

  /** The file in a form that can cross; undefined when there is none. */
  #hand(content: Content, { descriptor, content: whole }: OpenFile): Handed | undefined {
    if (descriptor && content === whole) return { descriptor };
    const known = this.#shared.get(content);
    if (known || content.size > SHARE_LIMIT) return known;
    try {
      const bytes = new Uint8Array(new SharedArrayBuffer(content.size));
      bytes.set(content.read(0, content.size));
      const handed = { bytes, identity: `shared ${++this.#contents}` };
      this.#shared.set(content, handed);
      return handed;
    } catch {
      // The transfer meets the same fault, and knows what to do with it.
      return undefined;
    }
  }
}

const tell = ({ worker }: Thread, told: Told) => worker.postMessage(told);
