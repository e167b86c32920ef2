// Real clients fetch real files from the server on loopback, and have every byte. The npm package
// `tftp`, once planned as the server, is here as a client with rough manners.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifest } from "../../../src/tftp/index.js";
import { type Serving, serving } from "../../tftp/socket.js";
import { random } from "../../tftp/virtual.js";
import { find, have } from "../../tools/tools.js";

const noise = (size: number) => {
  const next = random(size);
  return Buffer.from(Array.from({ length: size }, () => Math.floor(next() * 256)));
};
const files = new Map([
  ["empty", Buffer.alloc(0)],
  ["one", Buffer.from("1")],
  ["511", noise(511)],
  ["512", noise(512)],
  ["1468", noise(1468)],
  ["boot/some.scr", noise(3000)],
  ["large", noise(700_001)],
]);
const words = Buffer.from("line one\nline two\r\nend\rof\n");

let place: string;
let started: Serving;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "ubootc-tftp-"));
  started = await serving(manifest([...files, ["words", words]]));
});
afterAll(async () => {
  await started.server.close();
  rmSync(place, { recursive: true });
});

/** Runs a client to its end; the server goes on meanwhile. */
const runClient = (tool: string, args: string[]) =>
  new Promise<{ status: number; output: string }>((resolve) => {
    const options = { cwd: place, timeout: 20_000, encoding: "utf8" } as const;
    const child = execFile(find(tool) ?? tool, args, options, (problem, out, err) =>
      resolve({ status: problem ? (child.exitCode ?? -1) : 0, output: out + err }),
    );
  });

type Command = (port: string, name: string, local: string) => string[];
const npmClient = `
  const { createClient } = require(${JSON.stringify(createRequire(import.meta.url).resolve("tftp"))});
  const [port, name, local, options] = process.argv.slice(1);
  const client = createClient({ host: "127.0.0.1", port: Number(port), ...JSON.parse(options) });
  client.get(name, local, (problem) => { if (problem) { console.error(problem.message); process.exit(1); } });
`;
const npm =
  (options: object): Command =>
  (port, name, local) => ["-e", npmClient, port, name, local, JSON.stringify(options)];
const url = (port: string, name: string) => `tftp://127.0.0.1:${port}/${name}`;

const clients: [client: string, tool: string, Command][] = [
  ["curl", "curl", (port, name, local) => ["-sS", url(port, name), "-o", local]],
  [
    "curl with large blocks",
    "curl",
    (port, name, local) => ["-sS", "--tftp-blksize", "8192", url(port, name), "-o", local],
  ],
  [
    "curl without options",
    "curl",
    (port, name, local) => ["-sS", "--tftp-no-options", url(port, name), "-o", local],
  ],
  [
    "tftp-hpa",
    "tftp",
    (port, name, local) => ["-m", "binary", "127.0.0.1", port, "-c", "get", name, local],
  ],
  ["atftp", "atftp", (port, name, local) => ["-g", "-r", name, "-l", local, "127.0.0.1", port]],
  ...[1, 2, 8, 16, 64].map((windowsize): [string, string, Command] => [
    `atftp with a window of ${windowsize}`,
    "atftp",
    (port, name, local) => [
      ...["-g", "-r", name, "-l", local],
      ...["--option", "blksize 1468", "--option", `windowsize ${windowsize}`],
      ...["--option", "tsize", "--option", "timeout 2", "127.0.0.1", port],
    ],
  ]),
  [
    "BusyBox",
    "busybox",
    (port, name, local) => ["tftp", "-g", "-r", name, "-l", local, "127.0.0.1", port],
  ],
  [
    "BusyBox with large blocks",
    "busybox",
    (port, name, local) => [
      "tftp",
      "-b",
      "65464",
      "-g",
      "-r",
      name,
      "-l",
      local,
      "127.0.0.1",
      port,
    ],
  ],
  ["npm tftp", process.execPath, npm({})],
  [
    "npm tftp, small blocks in a large window",
    process.execPath,
    npm({ blockSize: 8, windowSize: 99 }),
  ],
];

describe.each(clients)("%s", (client, tool, command) => {
  it.each([...files.keys()])("%s", async (name) => {
    if (!have(tool)) return;
    const local = `${client} ${name}`.replaceAll(/[ /]/g, "-");
    const { status, output } = await runClient(tool, command(String(started.port), name, local));
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    expect(Buffer.compare(readFileSync(join(place, local)), files.get(name) ?? Buffer.of())).toBe(
      0,
    );
  });

  it("says that a file is not there", async () => {
    if (!have(tool)) return;
    const { output } = await runClient(tool, command(String(started.port), "none", "none"));
    // Some curls only have the number of the fault.
    expect(output.toLowerCase()).toMatch(/not found|\(68\)/);
  });
});

describe("netascii", () => {
  it("tftp-hpa has the text it would have had from its own server", async () => {
    if (!have("tftp")) return;
    const args = ["-m", "ascii", "127.0.0.1", String(started.port), "-c", "get", "words", "ascii"];
    expect((await runClient("tftp", args)).status).toBe(0);
    expect(readFileSync(join(place, "ascii"))).toEqual(words);
  });

  it("curl has the lines as they are sent", async () => {
    if (!have("curl")) return;
    const args = ["-sS", `${url(String(started.port), "words")};mode=netascii`, "-o", "curl-ascii"];
    expect((await runClient("curl", args)).status).toBe(0);
    const sent = "line one\r\nline two\r\0\r\nend\r\0of\r\n";
    expect(readFileSync(join(place, "curl-ascii"), "latin1")).toBe(sent);
  });
});
