// The file that leases are kept in between two runs. When something else is in it, a server says so, sets
// it aside whole and begins anew; what cannot be kept is not answered.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Lease, ServedNetwork } from "../../src/dhcp/index.js";
import { answering } from "../../src/serve/dhcp.js";
import { LeaseFile } from "../../src/serve/lease-file.js";
import { some } from "../tools/runs.js";

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
async function started(
  text: string,
  said: (message: string) => void = () => {},
): Promise<readonly string[]> {
  writeFileSync(file, text);
  const network: ServedNetwork = {
    ...{ kind: "served", subnet: "192.0.2.0/24", boot: {}, lease: 3600, dns: [], hosts: [] },
    ranges: [{ first: "192.0.2.1", last: "192.0.2.99" }],
  };
  const server = await answering(network, { by: "ubootc", leases: file }, (news) => {
    if (news.type === "trouble") said(news.message);
  });
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

/** Starts with `text` in the file, and returns what was said and what is beside the file then. */
async function setAside(text: string) {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const said: string[] = [];
  expect(await started(text, (message) => said.push(message))).toEqual([]);
  const [aside = ""] = readdirSync(folder).filter((name) => name.includes("damaged"));
  return { said, kept: readFileSync(join(folder, aside), "utf8") };
}

const cuts = Array.from({ length: Math.ceil(good.length / 7) }, (_, at) => good.slice(0, at * 7));
it.each(some(cuts))("cut off: %s", async (text) => {
  const { said, kept } = await setAside(text);
  const what = text === "" ? "is empty" : "is not a file of leases";
  expect(said).toEqual([expect.stringContaining(`leases.json: ${what}: it is `)]);
  expect(kept).toBe(text);
});

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
  const { said, kept } = await setAside(text);
  expect(said).toEqual([expect.stringContaining("leases.json: is not a file of leases: it is ")]);
  expect(kept).toBe(text);
});

it("is written once for all who wait, and has all of them", async () => {
  const known: Lease[] = [];
  const kept = new LeaseFile(file, () => known);
  const waiting = Array.from({ length: 100 }, async (_, n) => {
    const address = `192.0.2.${n}`;
    known.push({ ...lease, state: "bound", address });
    await kept.keep();
    const there: Lease[] = JSON.parse(readFileSync(file, "utf8"));
    expect(there.map((each) => each.address)).toContain(address);
  });
  await Promise.all(waiting);
});

it("that cannot be written is said, and the next time is another", async () => {
  const kept = new LeaseFile(join(folder, "none/leases.json"), () => []);
  await expect(kept.keep()).rejects.toThrow("none/leases.json: ");
  mkdirSync(join(folder, "none"));
  await kept.keep();
});
