// `ubootc serve` as a user has it, on loopback, with a flow in a folder of its own; and a slow
// client, which gets a file block by block when the test says so.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { encodeAck } from "../../src/tftp/index.js";
import { Peer } from "../tftp/socket.js";
import { Program } from "../tools/program.js";

const repository = join(import.meta.dirname, "../..");

/** The built command. */
export const main = join(repository, "dist/bin/main.js");

/** The example's script for its first client. */
export const script = "netboot-0000000012345678.scr";

const name = "zero-client-qemu.boot";

/** A copy of the example for QEMU, with a large file; gone with the test. */
export class Flow {
  readonly folder: string;
  readonly path: string;

  constructor(large: Uint8Array = Buffer.alloc(100_000, "old ")) {
    this.folder = mkdtempSync(join(tmpdir(), "ubootc-serve-"));
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
    cpSync(join(repository, "examples/zero-client-qemu"), this.folder, { recursive: true });
    this.path = join(this.folder, name);
    writeFileSync(this.large, large);
    this.edit("server 192.168.0.250\n", 'server 192.168.0.250\nfile big from "large.bin"\n');
  }

  /** The path of the large file. */
  get large(): string {
    return join(this.folder, "large.bin");
  }

  /** Changes the flow's text. */
  edit(from: string, to: string): void {
    const text = readFileSync(this.path, "utf8");
    expect(text).toContain(from);
    writeFileSync(this.path, text.replace(from, to));
  }
}

/** A server, and where it listens. */
export interface Server {
  readonly program: Program;
  readonly tftp: number;
  readonly http: number;
  readonly metrics: number;
}

/** Starts `ubootc serve` on free ports; stops it with the test. */
export async function serve(...args: string[]): Promise<Server> {
  const ports = ["--address", "127.0.0.1", "--port", "0", "--http", "0"];
  const all = [main, "serve", ...ports, "--metrics", "127.0.0.1:0", ...args];
  const program = new Program(process.execPath, all);
  onTestFinished(() => program.stop());
  const said = await program.waitFor(/tftp .*metrics 127\.0\.0\.1:\d+/, 20_000);
  const port = (protocol: string) =>
    Number(new RegExp(`${protocol} 127\\.0\\.0\\.1:(\\d+)`).exec(said)?.[1]);
  return { program, tftp: port("tftp"), http: port("http"), metrics: port("metrics") };
}

/** Over HTTP, as the board at `from`. */
export async function get(port: number, file: string, from = "127.0.0.1"): Promise<string> {
  const { request } = await import("node:http");
  return new Promise((done, failed) => {
    const asked = request({ host: "127.0.0.1", port, path: `/${file}`, localAddress: from });
    asked.on("error", failed).on("response", (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", failed);
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString("latin1");
        done(response.statusCode === 200 ? text : `${response.statusCode} ${text.trim()}`);
      });
    });
    asked.end();
  });
}

/** A transfer that goes on when it is told to. */
export class SlowTransfer {
  readonly #peer: Peer;
  readonly #pieces: Uint8Array[] = [];
  #tid = 0;
  /** An ERROR that ended it. */
  error: string | undefined;
  whole = false;

  private constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** Asks for `file` and takes its first block of 1024 bytes. */
  static async begin(port: number, file: string): Promise<SlowTransfer> {
    const peer = await Peer.open();
    onTestFinished(() => peer.close());
    const transfer = new SlowTransfer(peer);
    peer.ask(port, file, "blksize 1024");
    const oack = await peer.next();
    if (oack?.packet.kind !== "OACK") throw new Error(`no OACK: ${JSON.stringify(oack)}`);
    transfer.#tid = oack.port;
    await transfer.#step(0);
    return transfer;
  }

  /** What came so far. */
  get bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /** Takes `blocks` more blocks, or all that are left. */
  async go(blocks = Number.POSITIVE_INFINITY): Promise<void> {
    for (let count = 0; count < blocks && !this.whole && this.error === undefined; count++) {
      await this.#step(this.#pieces.length);
    }
  }

  /** Acknowledges `block`, and waits for the next. */
  async #step(block: number): Promise<void> {
    this.#peer.send(this.#tid, encodeAck(block & 0xffff));
    for (;;) {
      const received = await this.#peer.next(5000);
      if (!received) throw new Error(`silence after block ${block}`);
      const { packet } = received;
      if (packet.kind === "ERROR") this.error = packet.message;
      if (packet.kind === "ERROR") return;
      // A retransmission: the test was slow on purpose.
      if (packet.kind !== "DATA" || packet.block !== ((block + 1) & 0xffff)) continue;
      this.#pieces.push(packet.data);
      this.whole = packet.data.length < 1024;
      if (this.whole) this.#peer.send(this.#tid, encodeAck(packet.block));
      return;
    }
  }
}
