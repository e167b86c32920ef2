// Boards that get their addresses from `ubootc serve`: as the only server of the network, beside a
// router, and through dnsmasq. Nothing here is answered by anybody else, except where that is said.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { datagram, discovers } from "../../dhcp/clients.js";
import { run } from "../../tools/tools.js";
import { haveLab, type Lab } from "./lab.js";
import { ASK, machine } from "./machine.js";
import { asUnit, bench1, command, prepare, RANGE, serve, unknown } from "./served.js";

const PROXY = "network { dhcp proxy 192.168.0.0/24 }\n";

const hello = (client: string) => new RegExp(`hello from zero-client-qemu: .* client=${client}\\n`);

describe.runIf(haveLab())("ubootc serve --dhcp", { timeout: 480_000 }, () => {
  it("gives boards their addresses and their files", async () => {
    const names = ["ipaddr", "netmask", "gatewayip", "dnsip", "serverip", "hostname"];
    const lease = `print "lease: ${names.map((name) => `\${${name}}`).join(",")}"`;
    const { lab, folder, flow, sdcard } = await prepare(RANGE, (text) =>
      text.replace("  dhcp\n", `  dhcp\n  ${lease}\n`),
    );
    const leases = join(folder, "leases.json");
    const server = await serve(lab, ["--dhcp", "--leases", leases, flow], asUnit);
    const first = await lab.board({ sdcard, environment: bench1 });
    const other = await lab.board({ sdcard, environment: unknown });
    await first.waitFor("DHCP client bound to address 192.168.0.31", 40_000);
    const told = await first.waitFor(/^lease: 192\.168\.0\.31,.*$/m, 5000);
    const simulated = run(process.execPath, [command, "simulate", flow, "--client", "bench-1"]);
    expect(simulated.stdout).toContain(told);
    await first.waitFor(hello("bench-1"), 40_000);
    await other.waitFor(/DHCP client bound to address 192\.168\.0\.1\d\d/, 40_000);
    await other.waitFor("hello from fallback: rescue\n", 60_000);
    await server.stop();
    const name = "bench-1 (0000000012345678, 192.168.0.31)";
    expect(server.output).toContain(`dhcp ${lab.network.address}:67`);
    expect(server.output).toContain(`${name}: DISCOVER of U-Boot.armv8 answered with OFFER\n`);
    expect(server.output).toContain(`${name}: REQUEST of U-Boot.armv8 answered with ACK\n`);
    expect(server.output).toContain(`${name}: begins with netboot-0000000012345678.scr`);
    expect(server.output).toMatch(
      /192\.168\.0\.1\d\d \(52:54:00:00:00:03\): REQUEST of U-Boot.armv8 answered with ACK\n/,
    );
    const kept: { address: string; state: string }[] = JSON.parse(readFileSync(leases, "utf8"));
    expect(kept.find(({ address }) => address === "192.168.0.31")).toMatchObject({
      state: "bound",
    });
    expect(kept).toHaveLength(2);
  });

  it("boots a board without a card: U-Boot asks for its first script too", async () => {
    const { lab, flow } = await prepare(RANGE, (text) =>
      text.replace('boot on sdcard "boot.scr"', 'boot on tftp "boot.scr.uimg"'),
    );
    const server = await serve(lab, ["--dhcp", flow]);
    const board = await lab.board({ sdcard: lab.directory("empty"), environment: bench1 });
    await board.waitFor("DHCP client bound to address 192.168.0.31", 40_000);
    await board.waitFor("Filename 'boot.scr.uimg'", 5000);
    await board.waitFor(hello("bench-1"), 40_000);
    await server.stop();
    expect(server.output).toContain("bench-1 (0000000012345678, 192.168.0.31): has all it needs");
  });

  it("answers by what the flow says now", async () => {
    const { lab, flow, sdcard } = await prepare(RANGE);
    const server = await serve(lab, ["--dhcp", flow]);
    const text = readFileSync(flow, "utf8");
    writeFileSync(flow, text.replace("192.168.0.31", "192.168.0.32"));
    await server.waitFor("build 2:", 20_000);
    const board = await lab.board({ sdcard, environment: bench1 });
    await board.waitFor("DHCP client bound to address 192.168.0.32", 40_000);
    writeFileSync(flow, text.replace(RANGE, ""));
    await server.waitFor("the flow has no `network` any more: DHCP is answered as before", 20_000);
  });

  it("says what is missing before it starts", async () => {
    const { lab, flow } = await prepare("");
    const args = [command, "serve", "--address", lab.network.address, "--dhcp", flow];
    const refused = lab.network.start(process.execPath, args);
    await refused.waitForEnd(30_000);
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain("add `network { dhcp proxy 192.168.4.0/24 }`\n");
  });

  it("beside a router: a Raspberry Pi is told where to boot from, U-Boot knows it", async () => {
    const { lab, flow, sdcard } = await prepare(PROXY);
    const inside = machine(lab, "router", "192.168.0.1");
    const router = lab.network.start("ip", [
      ...[
        ...inside,
        "dnsmasq",
        "--conf-file=/dev/null",
        "--keep-in-foreground",
        "--log-facility=-",
      ],
      ...["--log-dhcp", "--user=root", "--pid-file", "--leasefile-ro", "--port=0", "--no-ping"],
      "--dhcp-range=192.168.0.50,192.168.0.99,255.255.255.0,1h",
    ]);
    await router.waitFor("DHCP, IP range", 10_000);
    const server = await serve(lab, ["--dhcp", flow]);
    // U-Boot gets its address from the router, and the script names our server.
    const board = await lab.board({ sdcard, environment: bench1 });
    await board.waitFor(/DHCP client bound to address 192\.168\.0\.[5-9]\d/, 40_000);
    await board.waitFor(hello("bench-1"), 40_000);
    await server.waitFor(
      "bench-1 (52:54:00:00:00:01): DISCOVER of U-Boot.armv8 not answered: no PXE client, and a proxy gives no addresses\n",
      5000,
    );
    // A Raspberry Pi hears both.
    const pi = { ...discovers["Pi 4, EEPROM"], flags: 0x8000 };
    const hex = datagram(pi).toString("hex");
    const asking = lab.network.start("ip", [
      ...machine(lab, "pi", "192.168.0.9"),
      process.execPath,
      "-e",
      ASK,
      hex,
    ]);
    const offers = await asking.waitFor(/(192\.168\.0\.\d+ .*\n){2}/, 10_000);
    expect(offers).toMatch(
      /^192\.168\.0\.1 gives 192\.168\.0\.\d+, boot from 192\.168\.0\.1, no service$/m,
    );
    expect(offers).toMatch(
      /^192\.168\.0\.250 gives 0\.0\.0\.0, boot from 192\.168\.0\.250, Raspberry Pi Boot$/m,
    );
    await server.waitFor(
      "dc:a6:32:00:00:04: DISCOVER of Raspberry Pi 4 answered with OFFER\n",
      5000,
    );
  });
});

describe.runIf(haveLab())("on its network", { timeout: 240_000 }, () => {
  const ask = (lab: Lab, inside: readonly string[], mac: string) => {
    const sent = { mac, flags: 0x8000, options: [[53, 1]] as const };
    const hex = datagram(sent).toString("hex");
    return lab.network.start("ip", [...inside, process.execPath, "-e", ASK, hex]);
  };

  it("hears and speaks where its network is, and nowhere else", async () => {
    const { lab, flow } = await prepare(RANGE);
    const server = await serve(lab, ["--dhcp", flow]);
    const near = ask(lab, machine(lab, "near", "192.168.0.9"), "02:00:00:00:00:01");
    await near.waitFor(
      /192\.168\.0\.250 gives 192\.168\.0\.1\d\d, boot from 192\.168\.0\.250/,
      10_000,
    );
    const far = ask(lab, machine(lab, "far", "10.7.0.9", "10.7.0.1"), "02:00:00:00:00:02");
    for (let answers = 0; answers < 3; answers++) {
      await near.waitFor("192.168.0.250 gives", 10_000);
    }
    expect(far.output).toBe("");
    expect(server.output).not.toContain("02:00:00:00:00:02");
  });

  it("waits for a link that comes up later", async () => {
    const range = "network { dhcp range 10.8.8.100..10.8.8.199 }\n";
    const { lab, flow } = await prepare(range, (text) =>
      text.replaceAll(/ {2}address 192\.168\.0\.3\d/g, ""),
    );
    const server = await serve(lab, ["--dhcp", flow]);
    expect(server.output).toContain("no address in 10.8.8.0/24 yet: DHCP waits for one\n");
    const late = ask(lab, machine(lab, "late", "10.8.8.9", "10.8.8.1"), "02:00:00:00:00:03");
    await server.waitFor("serving on dhcp 10.8.8.1:67\n", 10_000);
    await late.waitFor(/10\.8\.8\.1 gives 10\.8\.8\.1\d\d, boot from 192\.168\.0\.250/, 10_000);
  });
});

describe.runIf(haveLab())("ubootc serve --dnsmasq", { timeout: 480_000 }, () => {
  it("runs dnsmasq with what the flow says, and ends it", async () => {
    const { lab, flow, sdcard } = await prepare(RANGE);
    const server = await serve(lab, ["--dnsmasq", flow]);
    const text = readFileSync(flow, "utf8");
    writeFileSync(flow, text.replace("192.168.0.31", "192.168.0.33"));
    await server.waitFor("build 2:", 20_000);
    await server.waitFor("dnsmasq: exiting on receipt of SIGTERM", 5000);
    await server.waitFor("dnsmasq: DHCP, IP range 192.168.0.100 -- 192.168.0.199", 5000);
    const board = await lab.board({ sdcard, environment: bench1 });
    await board.waitFor("DHCP client bound to address 192.168.0.33", 40_000);
    await server.waitFor("dnsmasq: DHCPACK(br0) 192.168.0.33 52:54:00:00:00:01 bench-1", 5000);
    await board.waitFor(hello("bench-1"), 40_000);
    await server.stop();
    // The port is free: somebody else can have it.
    const next = await lab.dhcp();
    await next.stop();
  });
});
