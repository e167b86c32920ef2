// What a DHCP server tells while it works, for a log or a live view. Leaves out how it is shown.
import type { Mishap } from "../ground/index.js";
import type { DhcpClient } from "./client.js";

/** Everything a server reports. Texts in it are safe to print. */
export type DhcpEvent =
  | { readonly type: "listening"; readonly address: string; readonly subnet: string }
  /** No address of this machine is in the subnet yet. */
  | { readonly type: "waiting"; readonly subnet: string }
  | {
      readonly type: "answered";
      readonly client: DhcpClient;
      /** The message that came, and the one that went: `DISCOVER`, `OFFER`. */
      readonly asked: string;
      readonly said: string;
      /** The address that the client has, or is offered; none from a proxy. */
      readonly address?: string;
      /** The first file to fetch. */
      readonly file?: string;
      /** Why it is a NAK. */
      readonly why?: string;
    }
  | {
      readonly type: "silent";
      readonly client: DhcpClient;
      readonly asked: string;
      readonly why: string;
    }
  | { readonly type: "malformed"; readonly from: string; readonly problem: string }
  /** Something threw that nobody expected; it cost one datagram. */
  | ({ readonly type: "mishap" } & Mishap)
  /** A socket failed; the server goes on where it can. */
  | { readonly type: "trouble"; readonly message: string };
