// How the firmware of a Raspberry Pi talks TFTP: which options it sends, a file to its end, and only
// its size, which it asks for by breaking off. On a real socket, or in memory. Sources: Raspberry Pi's
// documentation ("network booting"), captures in rpi-eeprom#74 (Pi 4) and #857 (CM5).
import { encodeAck, encodeError } from "../../src/tftp/index.js";
import { Peer } from "../tftp/socket.js";

/** What a request carries: the boot ROM nothing, bootcode.bin and start.elf the size, an EEPROM more. */
export type Asks = "" | "tsize 0" | "tsize 0, blksize 1024" | "tsize 0, blksize 1468";

/** A server, as a board sees it. */
export interface Wire {
  /** A file whole; undefined when the server has none of that name. */
  get(name: string, asks: Asks): Promise<string | undefined>;
  /** Whether there is one: the transfer is broken off. */
  probe(name: string, asks: Asks): Promise<boolean>;
}

/** Fetches a file; undefined when the server has none of that name. */
export type Fetch = (name: string) => Promise<string | undefined>;

/** A server that only gives whole files: what was looked for is fetched once. */
export function fetching(fetch: Fetch): Wire {
  const looked = new Map<string, string | undefined>();
  return {
    async get(name) {
      const file = looked.has(name) ? looked.get(name) : await fetch(name);
      looked.delete(name);
      return file;
    },
    async probe(name) {
      const file = await fetch(name);
      looked.set(name, file);
      return file !== undefined;
    },
  };
}

/** The server on loopback at `port`. */
export function overUdp(port: number): Wire {
  return {
    async get(name, asks) {
      const peer = await Peer.open();
      try {
        return await whole(peer, port, name, asks);
      } finally {
        peer.close();
      }
    },
    async probe(name, asks) {
      const peer = await Peer.open();
      try {
        peer.ask(port, name, asks);
        const first = await peer.next();
        if (first?.packet.kind === "ERROR") return false;
        if (!first) throw new Error(`nothing came for ${name}`);
        peer.send(first.port, encodeError(0, "Early terminate"));
        return true;
      } finally {
        peer.close();
      }
    },
  };
}

/** A file block by block; the ROM never leaves out an ACK, and nothing of it goes on after the last. */
async function whole(peer: Peer, port: number, name: string, asks: Asks) {
  peer.ask(port, name, asks);
  const pieces: Uint8Array[] = [];
  let size = 512;
  for (;;) {
    const received = await peer.next(5000);
    if (!received) throw new Error(`silence in ${name}`);
    const { packet, port: tid } = received;
    if (packet.kind === "ERROR") return undefined;
    if (packet.kind === "OACK") {
      size = Number(packet.options.get("blksize")?.value ?? 512);
      peer.send(tid, encodeAck(0));
    } else if (packet.kind === "DATA" && packet.block === ((pieces.length + 1) & 0xffff)) {
      pieces.push(packet.data);
      peer.send(tid, encodeAck(packet.block));
      if (packet.data.length < size) return Buffer.concat(pieces).toString("latin1");
    }
  }
}
