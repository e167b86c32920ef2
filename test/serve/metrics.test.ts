// The page for Prometheus, whole.
import { expect, it } from "vitest";
import { Metrics } from "../../src/serve/metrics.js";

it("adds up", () => {
  const metrics = new Metrics();
  const client = { address: "10.0.0.1", port: 1024 };
  const ended = { type: "ended", client, name: "a", ms: 1, repeats: 0 } as const;
  metrics.take({ type: "progress", transfer: 1, bytes: 100 }, "tftp");
  metrics.take({ type: "progress", transfer: 1, bytes: 300 }, "http");
  metrics.take({ type: "repeated", transfer: 1, block: 2, cause: "gap" }, "tftp");
  metrics.take(
    { ...ended, transfer: 1, bytes: 150, outcome: { how: "done", acknowledged: true } },
    "tftp",
  );
  const outcome = { how: "aborted", why: "vanished", message: "gone" } as const;
  metrics.take({ ...ended, transfer: 1, bytes: 400, outcome }, "http");
  metrics.take({ type: "refused", client, name: "b", code: 1, message: "file not found" }, "tftp");
  metrics.take({ type: "dropped", client, why: "not on-link" }, "tftp");
  const board = { mac: "b8:27:eb:00:00:03" };
  metrics.takeDhcp({ type: "answered", client: board, asked: "DISCOVER", said: "OFFER" });
  metrics.takeDhcp({ type: "answered", client: board, asked: "DISCOVER", said: "OFFER" });
  metrics.takeDhcp({ type: "answered", client: board, asked: "REQUEST", said: "NAK", why: "no" });
  metrics.takeDhcp({ type: "silent", client: board, asked: "REQUEST", why: "took another" });
  metrics.takeDhcp({ type: "malformed", from: "10.0.0.9", problem: "too short" });
  metrics.note({ event: "built", build: 1, files: 3, ms: 1 });
  metrics.note({ event: "broken", build: 1, errors: 3 });
  metrics.note({ event: "boot", board: client, file: "a" });
  const leases = { offered: 1, bound: 7, declined: 0 };
  metrics.text({ transfers: 1, boards: 2, leases: { ...leases, offered: 2 }, memory: 5 });
  expect(metrics.text({ transfers: 1, boards: 2, leases, build: 3, builds: 4, memory: 5 })).toBe(
    `# HELP ubootc_transfers_total Transfers that ended, by how.
# TYPE ubootc_transfers_total counter
ubootc_transfers_total{protocol="tftp",outcome="done"} 1
ubootc_transfers_total{protocol="http",outcome="vanished"} 1
# HELP ubootc_sent_bytes_total Bytes of files that clients acknowledged.
# TYPE ubootc_sent_bytes_total counter
ubootc_sent_bytes_total{protocol="tftp"} 150
ubootc_sent_bytes_total{protocol="http"} 400
# HELP ubootc_repeats_total Times that blocks were sent again, by cause.
# TYPE ubootc_repeats_total counter
ubootc_repeats_total{protocol="tftp",cause="gap"} 1
# HELP ubootc_refused_total Requests answered with an error.
# TYPE ubootc_refused_total counter
ubootc_refused_total{protocol="tftp"} 1
# HELP ubootc_dropped_total Datagrams and connections that were not answered, by reason.
# TYPE ubootc_dropped_total counter
ubootc_dropped_total{protocol="tftp",reason="not on-link"} 1
# HELP ubootc_boots_total Boots, by how far they came.
# TYPE ubootc_boots_total counter
ubootc_boots_total{stage="begun"} 1
ubootc_boots_total{stage="complete"} 0
ubootc_boots_total{stage="silent"} 0
# HELP ubootc_dhcp_answers_total DHCP messages that were answered, by both.
# TYPE ubootc_dhcp_answers_total counter
ubootc_dhcp_answers_total{asked="DISCOVER",answer="OFFER"} 2
ubootc_dhcp_answers_total{asked="REQUEST",answer="NAK"} 1
# HELP ubootc_dhcp_ignored_total DHCP messages that were not answered.
# TYPE ubootc_dhcp_ignored_total counter
ubootc_dhcp_ignored_total{asked="REQUEST"} 1
ubootc_dhcp_ignored_total{asked="malformed"} 1
# HELP ubootc_builds_total Builds of the flow, by result.
# TYPE ubootc_builds_total counter
ubootc_builds_total{result="good"} 1
ubootc_builds_total{result="bad"} 1
# HELP ubootc_transfers Transfers under way.
# TYPE ubootc_transfers gauge
ubootc_transfers 1
# HELP ubootc_dhcp_leases Addresses that are taken, by how.
# TYPE ubootc_dhcp_leases gauge
ubootc_dhcp_leases{state="offered"} 1
ubootc_dhcp_leases{state="bound"} 7
ubootc_dhcp_leases{state="declined"} 0
# HELP ubootc_boards Boards that were heard of.
# TYPE ubootc_boards gauge
ubootc_boards 2
# HELP ubootc_build The number of the newest good build.
# TYPE ubootc_build gauge
ubootc_build 3
# HELP ubootc_builds_held Builds in memory: the newest, and those that boards still use.
# TYPE ubootc_builds_held gauge
ubootc_builds_held 4
# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 5
`,
  );
});

it("leaves out builds where there is no flow", () => {
  expect(new Metrics().text({ transfers: 0, boards: 0, memory: 1 })).not.toMatch(/ubootc_build /);
});
