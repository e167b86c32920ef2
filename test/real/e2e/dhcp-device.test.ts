// `network` says which link boards are on: what comes in by another one is not heard, whether it is
// broadcast or sent to our address. Namespaces with links of their own; nothing of it leaves them.
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { datagram } from "../../dhcp/clients.js";
import { find, have, run } from "../../tools/tools.js";
import { haveLab } from "./lab.js";
import { ASK, machine } from "./machine.js";
import { asUnit, prepare, RANGE, serve } from "./served.js";

/** Sends each of the messages in JSON to the broadcast address and to `argv[2]`, again and again. */
const PESTER = `
const socket = require("dgram").createSocket("udp4");
const all = JSON.parse(process.argv[1]);
socket.bind(68, () => {
  socket.setBroadcast(true);
  let sent = 0;
  const send = () => {
    for (const one of all) {
      for (const to of ["255.255.255.255", process.argv[2]]) socket.send(Buffer.from(one, "hex"), 67, to);
    }
    if (++sent === 3) console.log("pestered");
  };
  send();
  setInterval(send, 200);
});`;

const OTHER = "192.168.0.77";
const mac = (number: number) => `06:00:00:00:00:${number.toString(16).padStart(2, "0")}`;
const discover = (from: string) =>
  datagram({ mac: from, flags: 0x8000, options: [[53, 1]] }).toString("hex");
/** Whoever has been offered this address declines it: another machine has it. */
const decline = (from: string, last: number) =>
  datagram({
    mac: from,
    options: [
      [53, 4],
      [54, 192, 168, 0, 250],
      [50, 192, 168, 0, last],
    ],
  }).toString("hex");

/** A folder with one program in it, as all of PATH. */
function only(folder: string, program: string): readonly string[] {
  const place = join(folder, `only-${program}`);
  mkdirSync(place);
  // What is called python3 may be a script that looks for one.
  const real = { python3: ["-c", "import sys; print(sys.executable)"] }[program];
  const file = real ? run(program, real).stdout.trim() : find(program);
  symlinkSync(file ?? program, join(place, program));
  return ["env", `PATH=${place}`];
}

const twenty = Array.from({ length: 20 }, (_, number) => number);

describe.runIf(haveLab())("a link that is not the boards'", { timeout: 60_000 }, () => {
  it.each([
    ["perl", [] as readonly string[]],
    ["python3", []],
    ["perl", asUnit],
  ])("is not heard: %s %j", async (program, through) => {
    if (!have(program)) return;
    const { lab, folder, flow } = await prepare(RANGE);
    const near = machine(lab, "near", "192.168.0.9");
    // The other link has addresses of the same subnet: where it comes in is all that tells it apart.
    const far = machine(lab, "far", OTHER, "10.0.0.1");
    const way = only(folder, program);
    const leases = join(folder, "leases.json");
    const server = await serve(lab, ["--dhcp", "--leases", leases, flow], [...through, ...way]);
    const messages = twenty.flatMap((one) => [discover(mac(one)), decline(mac(one), 100 + one)]);
    const stranger = lab.network.start("ip", [
      ...[...far, process.execPath, "-e", PESTER, JSON.stringify(messages), "192.168.0.250"],
    ]);
    await stranger.waitFor("pestered", 10_000);
    const board = lab.network.start("ip", [
      ...[...near, process.execPath, "-e", ASK, discover("06:00:00:00:01:01")],
    ]);
    await board.waitFor(/192\.168\.0\.250 gives 192\.168\.0\.1\d\d/, 10_000);
    expect(server.output).not.toContain("06:00:00:00:00");
    expect(server.output).not.toContain("hears");
    const kept: { client: unknown }[] = JSON.parse(readFileSync(leases, "utf8"));
    expect(JSON.stringify(kept)).not.toContain("06:00:00:00:00");
    await server.stop();
  });

  it("is said to be heard where nothing can be done about it", async () => {
    const { lab, folder, flow } = await prepare(RANGE);
    machine(lab, "near", "192.168.0.9");
    machine(lab, "far", OTHER, "10.0.0.1");
    const server = await serve(lab, ["--dhcp", flow], only(folder, "true"));
    const said = "DHCP hears all links of this machine, not only br0: neither perl nor python3";
    expect(server.output).toContain(said);
    await server.stop();
  });
});

describe.runIf(haveLab())("a device that comes back", { timeout: 60_000 }, () => {
  it("is heard again: a USB adapter gets another number", async () => {
    const to7 = (text: string) => text.replaceAll("192.168.0.", "10.0.7.");
    const { lab, flow } = await prepare(RANGE.replace("br0", "usb0"), to7);
    const plug = () => {
      const inside = machine(lab, "board", "10.0.7.9", "10.0.7.250");
      lab.network.exec("ip", "link", "set", "board", "down");
      lab.network.exec("ip", "link", "set", "board", "name", "usb0", "up");
      return inside;
    };
    let inside = plug();
    const server = await serve(lab, ["--dhcp", flow]);
    for (let round = 0; round < 2; round++) {
      const asking = lab.network.start("ip", [
        ...[...inside, process.execPath, "-e", ASK, discover(mac(round))],
      ]);
      await asking.waitFor(/10\.0\.7\.250 gives 10\.0\.7\.1\d\d/, 15_000);
      await asking.stop();
      lab.network.exec("ip", "netns", "delete", "board");
      await pause(100);
      inside = plug();
    }
    await server.stop();
  });
});
