// What the HTTP server stands, over raw connections: damaged requests, names of strangers, slow and
// greedy clients, a file that is being written, callbacks that throw.
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SafetyNet } from "../../src/ground/index.js";
import { Connections } from "../../src/serve/connections.js";
import { type HttpEvent, HttpServer } from "../../src/serve/http.js";
import { MetricsServer } from "../../src/serve/metrics-server.js";
import { manifest, type Source } from "../../src/tftp/index.js";

const open: { close?(): unknown; destroy?(): unknown }[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const one of open.splice(0)) {
    one.close?.();
    one.destroy?.();
  }
});

const files = manifest([["small", Buffer.from("small")]]);

async function serve(source: Source = files) {
  const events: HttpEvent[] = [];
  const mishaps: string[] = [];
  const server = await HttpServer.start(source, {
    ...{ addresses: ["127.0.0.1"], port: 0, names: ["boot.lab"] },
    report: (event) => events.push(event),
    net: new SafetyNet(({ place }) => mishaps.push(place)),
  });
  open.push(server);
  return { port: server.addresses[0]?.port ?? 0, events, mishaps };
}

/** What comes back for `text`, until the other side closes: it does so after each of these. */
async function say(port: number, text: string, from = "127.0.0.1"): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, localAddress: from });
  open.push(socket);
  let came = "";
  socket.on("data", (piece) => (came += piece.toString("latin1")));
  const closed = new Promise<void>((done) => socket.on("close", () => done()));
  socket.on("error", () => {});
  socket.write(text);
  await Promise.race([closed, pause(15_000)]);
  socket.destroy();
  return came;
}
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const asked = (target: string, ...lines: string[]) =>
  `GET ${target} HTTP/1.1\r\n${lines.map((line) => `${line}\r\n`).join("")}Connection: close\r\n\r\n`;

describe("requests", () => {
  it.each([
    ["by address", asked("/small", "Host: 127.0.0.1"), 200],
    ["by address and port", asked("/small", "Host: 127.0.0.1:8080"), 200],
    ["by address of IPv6", asked("/small", "Host: [::1]:80"), 200],
    ["by a name it was given", asked("/small", "Host: Boot.Lab"), 200],
    ["by localhost", asked("/small", "Host: localhost"), 200],
    ["in absolute form", asked("http://127.0.0.1/small", "Host: other.example"), 200],
    ["of HTTP/1.0", "GET /small HTTP/1.0\r\n\r\n", 200],
    ["by a name of a stranger", asked("/small", "Host: rebound.example"), 421],
    ["in absolute form, of a stranger", asked("http://rebound.example/small", "Host: x"), 421],
    ["with two Host lines", asked("/small", "Host: 127.0.0.1", "Host: 127.0.0.1"), 400],
    ["with two Host lines, one odd", asked("/small", "Host: 127.0.0.1", "hOST: x"), 400],
    ["without Host", asked("/small"), 400],
    ["with a Host that is none", asked("/small", "Host: a b"), 400],
    ["with a scheme of its own", asked("ftp://127.0.0.1/small", "Host: 127.0.0.1"), 400],
    ["with a bad escape", asked("/%zz", "Host: 127.0.0.1"), 400],
    ["for nothing there", asked("/other", "Host: 127.0.0.1"), 404],
    ["that write", asked("/small", "Host: 127.0.0.1").replace("GET", "PUT"), 405],
    ["with long headers", asked("/small", "Host: 127.0.0.1", `X: ${"x".repeat(9000)}`), 431],
    ["that are none", "\x16\x03\x01\x02\x00\r\n\r\n", 400],
    ["with a bad line", "GET /small HTTP/9.9 x\r\n\r\n", 400],
  ] as const)("%s", async (_, text, expected) => {
    const { port, events } = await serve();
    expect(status(await say(port, text))).toBe(expected);
    // What is refused is told, each time.
    const told = events.filter(({ type }) => type === "refused");
    expect(told).toHaveLength(expected === 200 ? 0 : 1);
  });

  it("keep no long names", async () => {
    const { port, events } = await serve();
    await say(port, asked(`/${"x".repeat(7000)}`, "Host: 127.0.0.1"));
    expect(events).toMatchObject([{ type: "refused", name: expect.stringMatching(/^.{200}$/) }]);
  });

  it("are limited per address", async () => {
    const { port, events } = await serve();
    const many = "GET /other HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(400);
    const answers = await say(port, many);
    expect(answers.split(" 404 Not Found").length - 1).toBeLessThanOrEqual(260);
    expect(answers).toContain(" 429 Too Many Requests\r\nRetry-After: 1\r\n");
    expect(events).toContainEqual(expect.objectContaining({ why: "too many requests" }));
    expect(status(await say(port, asked("/small", "Host: 127.0.0.1"), "127.0.0.2"))).toBe(200);
  });
});

describe("a file that is being written", () => {
  it("is waited for a moment", async () => {
    let looks = 0;
    const { port } = await serve({
      open: (name, address) => (++looks < 4 ? "unsettled" : files.open(name, address)),
    });
    expect(status(await say(port, asked("/small", "Host: 127.0.0.1")))).toBe(200);
  });

  it("is put off when that was not enough", async () => {
    const { port } = await serve({ open: () => "unsettled" });
    expect(await say(port, asked("/small", "Host: 127.0.0.1"))).toMatch(
      / 503 [\s\S]*Retry-After: 1/,
    );
  });
});

describe("connections", () => {
  const socket = (bytesWritten = 0) => ({ bytesWritten, destroy: vi.fn() as Socket["destroy"] });

  it("that ask for nothing give way, then those with the least progress", () => {
    const connections = new Connections(16 * 64);
    const all = Array.from({ length: 56 }, (_, at) => {
      const one = connections.enter(`10.0.0.${at}`, false, socket(at * 1000), 0);
      if (one && at !== 7) one.busy = 1;
      return one;
    });
    // All are still on trial.
    expect(connections.enter("10.0.1.1", false, socket(), 1000)).toBeUndefined();
    // An eighth is kept for those who are known.
    expect(connections.enter("10.0.1.2", true, socket(), 1000)).toBeDefined();
    expect(connections.enter("10.0.1.3", false, socket(), 3000)).toBeDefined();
    expect(all[7]?.socket.destroy).toHaveBeenCalledOnce();
    expect(connections.enter("10.0.1.4", false, socket(), 3000)).toBeDefined();
    expect(all[0]?.socket.destroy).toHaveBeenCalledOnce();
    expect(connections.size).toBe(57);
  });

  it("are bounded for one address, and idle ones give way to a new one", () => {
    const connections = new Connections(1 << 19);
    const enter = (now: number) => connections.enter("10.0.0.1", true, socket(), now);
    const all = Array.from({ length: 16 }, () => enter(0));
    expect(all.every((one) => one !== undefined)).toBe(true);
    expect(enter(0)).toBeUndefined();
    expect(enter(5000)).toBeDefined();
    expect(connections.size).toBe(16);
  });
});

describe("callbacks that throw", () => {
  it("cost a request or a connection, and are told with their place", async () => {
    const thrown = new Set<string>();
    const really = SafetyNet.prototype.run;
    const { port, mishaps } = await serve({
      open(name, address) {
        if (name === "/nasty") throw new Error("nasty");
        return files.open(name, address);
      },
    });
    vi.spyOn(SafetyNet.prototype, "run").mockImplementation(function (
      this: SafetyNet,
      place,
      what,
    ) {
      return really.call(this, place, () => {
        if (thrown.has(place)) return what();
        thrown.add(place);
        throw new Error(`sabotage in ${place}`);
      });
    });
    for (let tries = 0; tries < 3; tries++) {
      await say(port, asked("/nasty", "Host: 127.0.0.1"));
      await say(port, "nonsense\r\n\r\n");
    }
    expect(status(await say(port, asked("/small", "Host: 127.0.0.1")))).toBe(200);
    expect([...thrown].sort()).toEqual([
      "http connection",
      "http damaged request",
      "http end of a connection",
    ]);
    expect([...new Set(mishaps)].sort()).toEqual([...thrown, "http request"].sort());
  });

  it("and so for the page of metrics", async () => {
    let bad = true;
    const page = () => {
      if (bad) throw new Error("nasty");
      return "page\n";
    };
    const mishaps: string[] = [];
    const net = new SafetyNet(({ place }) => mishaps.push(place));
    const server = await MetricsServer.start({ address: "127.0.0.1", port: 0 }, page, net);
    open.push(server);
    const { port } = server.address;
    await say(port, asked("/metrics", "Host: 127.0.0.1"));
    bad = false;
    expect(await say(port, asked("/metrics", "Host: 127.0.0.1"))).toMatch(/ 200 [\s\S]*page/);
    expect(mishaps).toEqual(["metrics request"]);
    // A page of a stranger that has a browser ask by another name reads nothing.
    expect(status(await say(port, asked("/metrics", "Host: rebound.example:9469")))).toBe(421);
  });
});
