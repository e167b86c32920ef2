// What DHCP did, in happenings: for the board where it has an address, for the server otherwise.
// Leaves out the answers themselves.
import { ports } from "../dhcp/index.js";
import type { DhcpNews } from "./answering.js";
import type { Boots } from "./boots.js";
import type { DhcpExchange, Happening } from "./happenings.js";

/** What is known besides the news. */
export interface Watch {
  readonly boots: Boots;
  /** The client of the flow that has this Ethernet address. */
  clientWith(mac: string): string | undefined;
  /** Whether this was not said lately: who gets no answer asks again and again. */
  isNews(what: string): boolean;
}

/** What `news` means to somebody who watches. */
export function happeningsOf(news: DhcpNews, watch: Watch): readonly Happening[] {
  switch (news.type) {
    case "answered": {
      const { type: _, client, address, ...rest } = news;
      const exchange = { ...rest, ...kindOf(client.kind) };
      if (address === undefined) return [unaddressed(client.mac, exchange, watch)];
      return watch.boots.leased(address, client.mac, exchange);
    }
    case "silent": {
      const { client, asked, why } = news;
      if (!watch.isNews(`${client.mac} ${why}`)) return [];
      return [unaddressed(client.mac, { asked, why, ...kindOf(client.kind) }, watch)];
    }
    case "malformed": {
      const why = `no DHCP message: ${news.problem}`;
      const { from: address } = news;
      return watch.isNews(`${address} ${why}`) ? [{ event: "dropped", address, why }] : [];
    }
    case "printed":
      return [{ event: "dnsmasq", line: news.line }];
    case "waiting":
      return [
        { event: "trouble", message: `no address in ${news.subnet} yet: DHCP waits for one` },
      ];
    case "listening":
      return [{ event: "listening", on: `dhcp ${news.address}:${ports.server}` }];
    case "mishap": {
      const { type: _, ...mishap } = news;
      return [{ event: "mishap", ...mishap }];
    }
    default:
      return [{ event: "trouble", message: news.message }];
  }
}

const kindOf = (kind: string | undefined) => (kind === undefined ? {} : { kind });

/** An exchange with a board that gets no address here. */
function unaddressed(mac: string, exchange: DhcpExchange, watch: Watch): Happening {
  const client = watch.clientWith(mac);
  return { event: "dhcp", mac, ...(client !== undefined && { client }), ...exchange };
}
