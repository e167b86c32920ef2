// The file that leases are kept in between two runs, when something else is in it: a server says so,
// and neither begins with half of it nor writes over it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { ServedNetwork } from "../../src/dhcp/index.js";
import { answering } from "../../src/serve/dhcp.js";

const folder = mkdtempSync(join(tmpdir(), "ubootc-leases-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "leases.json");

const lease = {
  address: "192.0.2.7",
  client: { hardware: "1/b8:27:eb:00:00:03", id: "0162" },
  state: "bound",
  until: 4e12,
};
const good = JSON.stringify([lease, { ...lease, address: "192.0.2.8" }]);

/** Starts a server for a network that this machine has no address in: it waits for one. */
async function started(text: string): Promise<readonly string[]> {
  writeFileSync(file, text);
  const network: ServedNetwork = {
    ...{ kind: "served", subnet: "192.0.2.0/24", boot: {}, lease: 3600, dns: [], hosts: [] },
    ranges: [{ first: "192.0.2.1", last: "192.0.2.99" }],
  };
  const server = await answering(network, { by: "ubootc", leases: file }, () => {});
  const addresses = server.leases?.all.map(({ address }) => address) ?? [];
  await server.close();
  return addresses;
}

it("is read", async () => {
  const [one, two] = [lease, { ...lease, address: "192.0.2.8", client: { hardware: "1/02" } }];
  expect(await started(JSON.stringify([one, two]))).toEqual(["192.0.2.7", "192.0.2.8"]);
  // And written again when the server ends.
  expect(JSON.parse(readFileSync(file, "utf8"))).toHaveLength(2);
});

it("holds one address for a board, however often it names it", async () => {
  expect(await started(good)).toEqual(["192.0.2.8"]);
});

it.each(Array.from({ length: Math.ceil(good.length / 7) }, (_, at) => good.slice(0, at * 7)))(
  "cut off: %s",
  async (text) => {
    await expect(started(text)).rejects.toThrow("leases.json: not a file of leases");
    expect(readFileSync(file, "utf8")).toBe(text);
  },
);

it.each([
  "null",
  "{}",
  "[null]",
  "[[]]",
  JSON.stringify([{ ...lease, address: "192.0.2.300" }]),
  JSON.stringify([{ ...lease, address: "$(reboot)" }]),
  JSON.stringify([{ ...lease, until: "later" }]),
  JSON.stringify([{ ...lease, state: "lost" }]),
  JSON.stringify([{ ...lease, client: "1/02" }]),
  JSON.stringify([{ ...lease, client: { hardware: "1/02", id: 7 } }]),
])("something else: %s", async (text) => {
  await expect(started(text)).rejects.toThrow("leases.json: not a file of leases");
});
