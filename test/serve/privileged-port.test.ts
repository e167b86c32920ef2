// What somebody reads whose port cannot be had.
import { describe, expect, it } from "vitest";
import { portAdvice } from "../../src/serve/privileged-port.js";

const problem = {
  message: "bind failed",
  address: "10.0.0.1",
  port: 69,
  protocol: "tftp",
} as const;
const advice = (code: string, platform: NodeJS.Platform) =>
  portAdvice({ ...problem, code }, platform);

describe("without the right to it", () => {
  it.each<[NodeJS.Platform, RegExp[]]>([
    [
      "linux",
      [
        /ubootc\.service.*CAP_NET_BIND_SERVICE.*ListenDatagram=/,
        /ip_unprivileged_port_start=69/,
        /--user/,
        /--port/,
      ],
    ],
    ["darwin", [/pfctl/, /sudo and --user/, /--port 6969/]],
    ["freebsd", [/reservedhigh=68/, /sudo and --user/, /--port/]],
    ["win32", [/excludedportrange/, /Get-NetUDPEndpoint/, /--port/]],
  ])("names the ways to it on %s", (platform, ways) => {
    const [first, ...rest] = advice("EACCES", platform);
    expect(first).toBe("may not listen on 10.0.0.1 port 69 (tftp)");
    expect(rest).toEqual(ways.map((way) => expect.stringMatching(way)));
  });

  it("says what it can elsewhere", () => {
    expect(advice("EACCES", "aix")[1]).toBe("start it with more rights");
  });
});

it.each([
  ["EADDRINUSE", "linux", "another program listens on 10.0.0.1 port 69 (tftp)"],
  ["EADDRNOTAVAIL", "linux", "10.0.0.1 is not one of this machine"],
  ["EWHATEVER", "linux", "cannot listen on 10.0.0.1 port 69 (tftp): bind failed"],
] as const)("%s on %s: %s", (code, platform, line) => expect(advice(code, platform)[0]).toBe(line));

it("shows who has the port", () => {
  expect(advice("EADDRINUSE", "linux")[1]).toContain("ss -lunp");
});
