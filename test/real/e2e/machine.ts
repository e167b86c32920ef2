// Machines on the laboratory's network that are no boards: a router, or a program that speaks for a board.
import type { Lab } from "./lab.js";

/**
 * A machine of its own: a namespace inside the laboratory's, on its network or on a link to it.
 * Returns the arguments with which `ip` runs a command there.
 */
export function machine(lab: Lab, name: string, address: string, link?: string): readonly string[] {
  const { network } = lab;
  network.exec("ip", "netns", "add", name);
  const peer = ["type", "veth", "peer", "name", "eth0", "netns", name];
  network.exec("ip", "link", "add", "name", name, ...peer);
  if (link === undefined) network.exec("ip", "link", "set", name, "master", "br0");
  else network.exec("ip", "address", "add", `${link}/24`, "dev", name);
  network.exec("ip", "link", "set", name, "up");
  network.exec("ip", "-n", name, "address", "add", `${address}/24`, "dev", "eth0");
  network.exec("ip", "-n", name, "link", "set", "eth0", "up");
  network.exec("ip", "-n", name, "route", "add", "default", "dev", "eth0");
  return ["netns", "exec", name];
}

/**
 * A program for Node that broadcasts a message, given in hexadecimal digits, as a board does, and says
 * what comes back.
 */
export const ASK = `
const socket = require("dgram").createSocket("udp4");
const ip = (bytes, at) => [...bytes.subarray(at, at + 4)].join(".");
socket.on("message", (bytes, { address }) => {
  const service = bytes.includes("Raspberry Pi Boot") ? "Raspberry Pi Boot" : "no service";
  console.log(address + " gives " + ip(bytes, 16) + ", boot from " + ip(bytes, 20) + ", " + service);
});
socket.bind(68, () => {
  socket.setBroadcast(true);
  const ask = () => socket.send(Buffer.from(process.argv[1], "hex"), 67, "255.255.255.255");
  ask();
  setInterval(ask, 1000);
});`;
