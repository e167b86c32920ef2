// What boots.ts hears of transfers, from any server, and whom it asks about the files. Types only.
import type { TftpEvent } from "../tftp/index.js";
import type { Served } from "./served.js";
import type { Identity } from "./snapshot.js";

/** What a server knows about the names that were asked for. */
export interface Lookup {
  find(name: string, address: string): Served | undefined;
  nearest(name: string): string | undefined;
  identity(client: string): Identity;
  clientAt(address: string): string | undefined;
  clientWith(mac: string): string | undefined;
  build(address: string): number | undefined;
}

/** An event of a transfer, from any server whose events have this shape. */
export type TransferEvent =
  | {
      readonly type: "request";
      readonly transfer: number;
      readonly client: { readonly address: string };
      readonly name: string;
      readonly size: number;
    }
  | Extract<TftpEvent, { type: "progress" | "repeated" }>
  | Pick<
      Extract<TftpEvent, { type: "ended" }>,
      "type" | "transfer" | "outcome" | "bytes" | "repeats"
    >
  | {
      readonly type: "refused";
      readonly client: { readonly address: string };
      readonly name: string;
      readonly message: string;
    };
