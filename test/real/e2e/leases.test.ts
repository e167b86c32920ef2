// Leases, and a server that is killed right after its ACKs: what was acknowledged is never given to
// somebody else (RFC 2131 section 3.1, item 4). A real process, a real kill, a file on a real disk.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { datagram } from "../../dhcp/clients.js";
import { haveLab } from "./lab.js";
import { machine } from "./machine.js";
import { prepare, RANGE, serve } from "./served.js";

const RUNS = 8;
const BOARDS = 12;

const mac = (run: number, board: number) => `02:00:00:00:${hex(run)}:${hex(board)}`;
const hex = (value: number) => value.toString(16).padStart(2, "0");

/**
 * Boards that speak from this one socket, told apart by their MAC addresses: DISCOVER, REQUEST, and a
 * list of what was acknowledged. After the last ACK that is waited for, the server is killed at once.
 */
const BOARDS_PROGRAM = `
const [all, last] = JSON.parse(process.argv[2]);
const fs = require("fs");
const server = fs.readdirSync("/proc").find((pid) => {
  if (!/^[0-9]+$/.test(pid)) return false;
  const words = fs.readFileSync("/proc/" + pid + "/cmdline", "utf8").split("\\0");
  return words.includes("--leases");
});
const socket = require("dgram").createSocket("udp4");
const ip = (bytes, at) => [...bytes.subarray(at, at + 4)].join(".");
const bound = new Map();
socket.on("message", (bytes) => {
  const name = bytes.subarray(28, 34).toString("hex");
  const board = all.find(({ mac }) => mac.replaceAll(":", "") === name);
  const type = bytes[242];
  if (!board || bound.has(name)) return;
  if (type === 2) {
    const request = Buffer.from(board.request, "hex");
    request.set(bytes.subarray(16, 20), request.indexOf(Buffer.from([50, 4])) + 2);
    socket.send(request, 67, "255.255.255.255");
  }
  if (type !== 5) return;
  bound.set(name, ip(bytes, 16));
  if (bound.size < last) return;
  process.kill(Number(server), "SIGKILL");
  console.log("acknowledged " + JSON.stringify([...bound]));
  process.exit(0);
});
socket.bind(68, () => {
  socket.setBroadcast(true);
  const ask = () => {
    for (const { mac, discover } of all) {
      if (!bound.has(mac.replaceAll(":", ""))) {
        socket.send(Buffer.from(discover, "hex"), 67, "255.255.255.255");
      }
    }
  };
  ask();
  setInterval(ask, 500);
});`;

it.runIf(haveLab())("gives no address twice after kill -9", { timeout: 480_000 }, async () => {
  const { lab, folder, flow } = await prepare(RANGE);
  const leases = join(folder, "leases.json");
  const inside = machine(lab, "boards", "192.168.0.9");
  const owners = new Map<string, string>();
  for (let run = 0; run < RUNS; run++) {
    const server = await serve(lab, ["--dhcp", "--leases", leases, flow]);
    const boards = Array.from({ length: BOARDS }, (_, board) => {
      const own = mac(run, board);
      const common = { mac: own, flags: 0x8000 };
      const wanted = [50, 0, 0, 0, 0] as [number, ...number[]];
      const id = [54, 192, 168, 0, 250] as [number, ...number[]];
      return {
        mac: own,
        discover: datagram({ ...common, options: [[53, 1]] }).toString("hex"),
        request: datagram({ ...common, options: [[53, 3], id, wanted] }).toString("hex"),
      };
    });
    const program = join(folder, "boards.cjs");
    writeFileSync(program, BOARDS_PROGRAM);
    // Killed after another number of ACKs each time, so that some are under way.
    const plan = JSON.stringify([boards, BOARDS - run]);
    const asking = lab.network.start("ip", [...inside, process.execPath, program, plan]);
    const said = await asking.waitFor(/acknowledged .*\n/, 20_000);
    await server.waitForEnd(5000);
    const bound: [string, string][] = JSON.parse(said.slice("acknowledged ".length));
    for (const [board, address] of bound) {
      expect(owners.get(address) ?? board, `${address} in run ${run}`).toBe(board);
      owners.set(address, board);
    }
  }
  expect(owners.size).toBeGreaterThan(RUNS * (BOARDS - RUNS));
});
