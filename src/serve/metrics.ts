// Counters for Prometheus: what a graph or an alarm needs, without a series for every board.
// Format: https://prometheus.io/docs/instrumenting/exposition_formats (text, version 0.0.4).
import { labelValue } from "../ground/index.js";
import type { TftpEvent } from "../tftp/index.js";
import type { DhcpNews } from "./answering.js";
import type { Happening, Protocol } from "./happenings.js";
import type { HttpEvent } from "./http.js";

/** What is measured when it is asked for. */
export interface Gauges {
  readonly transfers: number;
  readonly boards: number;
  /** Addresses by the state of their lease, where DHCP is answered here. */
  readonly leases?: Readonly<Record<string, number>>;
  /** The newest build, and how many are held. */
  readonly build?: number;
  readonly builds?: number;
  /** Bytes. */
  readonly memory: number;
}

/** Every series, with its type and what it says. */
const series = {
  ubootc_transfers_total: ["counter", "Transfers that ended, by how."],
  ubootc_sent_bytes_total: ["counter", "Bytes of files that clients acknowledged."],
  ubootc_repeats_total: ["counter", "Times that blocks were sent again, by cause."],
  ubootc_refused_total: ["counter", "Requests answered with an error."],
  ubootc_dropped_total: ["counter", "Datagrams and connections that were not answered, by reason."],
  ubootc_boots_total: ["counter", "Boots, by how far they came."],
  ubootc_dhcp_answers_total: ["counter", "DHCP messages that were answered, by both."],
  ubootc_dhcp_ignored_total: ["counter", "DHCP messages that were not answered."],
  ubootc_mishaps_total: ["counter", "Faults of the server itself, by place."],
  ubootc_builds_total: ["counter", "Builds of the flow, by result."],
  ubootc_transfers: ["gauge", "Transfers under way."],
  ubootc_dhcp_leases: ["gauge", "Addresses that are taken, by how."],
  ubootc_boards: ["gauge", "Boards that were heard of."],
  ubootc_build: ["gauge", "The number of the newest good build."],
  ubootc_builds_held: ["gauge", "Builds in memory: the newest, and those that boards still use."],
  process_resident_memory_bytes: ["gauge", "Resident memory size in bytes."],
} as const;

type Series = keyof typeof series;
type Labels = Readonly<Record<string, string>>;

/** Adds up what happens. */
export class Metrics {
  readonly #counts = new Map<Series, Map<string, number>>();
  /** Bytes already counted of transfers under way. */
  readonly #sent = new Map<string, number>();

  constructor() {
    for (const result of ["good", "bad"]) this.#count("ubootc_builds_total", { result }, 0);
    for (const stage of ["begun", "complete", "silent"]) {
      this.#count("ubootc_boots_total", { stage }, 0);
    }
  }

  /** Counts an event of a server. */
  take(event: TftpEvent | HttpEvent, protocol: Protocol): void {
    if (event.type === "progress") this.#sentSoFar(event.transfer, event.bytes, protocol);
    else if (event.type === "repeated") {
      this.#count("ubootc_repeats_total", { protocol, cause: event.cause });
    } else if (event.type === "ended") {
      const { outcome, transfer, bytes } = event;
      this.#sentSoFar(transfer, bytes, protocol);
      this.#sent.delete(`${protocol} ${transfer}`);
      const how = outcome.how === "aborted" ? outcome.why : outcome.how;
      this.#count("ubootc_transfers_total", { protocol, outcome: how });
    } else if (event.type === "refused") this.#count("ubootc_refused_total", { protocol });
    else if (event.type === "dropped") {
      this.#count("ubootc_dropped_total", { protocol, reason: event.why });
    }
  }

  /** Counts what DHCP heard and said. What dnsmasq does it counts itself. */
  takeDhcp(news: DhcpNews): void {
    if (news.type === "answered") {
      this.#count("ubootc_dhcp_answers_total", { asked: news.asked, answer: news.said });
    } else if (news.type === "silent") {
      this.#count("ubootc_dhcp_ignored_total", { asked: news.asked });
    } else if (news.type === "malformed") {
      this.#count("ubootc_dhcp_ignored_total", { asked: "malformed" });
    }
  }

  /** Counts what that came to. */
  note(happening: Happening): void {
    const { event } = happening;
    if (event === "mishap") this.#count("ubootc_mishaps_total", { place: happening.place });
    else if (event === "built") this.#count("ubootc_builds_total", { result: "good" });
    else if (event === "broken") this.#count("ubootc_builds_total", { result: "bad" });
    else if (event === "boot") this.#count("ubootc_boots_total", { stage: "begun" });
    else if (event === "complete" || event === "silent") {
      this.#count("ubootc_boots_total", { stage: event });
    }
  }

  /** The page that Prometheus reads. */
  text({ transfers, boards, leases, build, builds, memory }: Gauges): string {
    for (const [state, count] of Object.entries(leases ?? {})) {
      this.#set("ubootc_dhcp_leases", { state }, count);
    }
    const gauges: Partial<Record<Series, number | undefined>> = {
      ubootc_transfers: transfers,
      ubootc_boards: boards,
      ubootc_build: build,
      ubootc_builds_held: builds,
      process_resident_memory_bytes: memory,
    };
    const lines = Object.entries(series).flatMap(([name, [type, help]]) => {
      const gauge = gauges[name as Series];
      const counts =
        gauge === undefined ? this.#counts.get(name as Series) : new Map([["", gauge]]);
      if (!counts) return [];
      const values = [...counts].map(([labels, value]) => `${name}${labels} ${value}`);
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...values];
    });
    return `${lines.join("\n")}\n`;
  }

  #sentSoFar(transfer: number, bytes: number, protocol: Protocol): void {
    const key = `${protocol} ${transfer}`;
    this.#count("ubootc_sent_bytes_total", { protocol }, bytes - (this.#sent.get(key) ?? 0));
    this.#sent.set(key, bytes);
  }

  #count(name: Series, labels: Labels, more = 1): void {
    this.#set(name, labels, (this.#counts.get(name)?.get(keyOf(labels)) ?? 0) + more);
  }

  #set(name: Series, labels: Labels, value: number): void {
    const counts = this.#counts.get(name) ?? new Map<string, number>();
    this.#counts.set(name, counts.set(keyOf(labels), value));
  }
}

const keyOf = (labels: Labels) =>
  `{${Object.entries(labels)
    .map(([key, value]) => `${key}="${labelValue(`${value}`)}"`)
    .join(",")}}`;
