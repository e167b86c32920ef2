// Datagrams with any source port, 0 too, which takes a raw socket: python3 and root. On loopback only.
import { expect } from "vitest";
import { have, run } from "./tools.js";

/** Lines of its input: `from to hex`. */
const program = `
import socket, struct, sys
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
for line in sys.stdin:
    source, target, data = line.split()
    data = bytes.fromhex(data)
    header = struct.pack(">HHHH", int(source), int(target), 8 + len(data), 0)
    raw.sendto(header + data, ("127.0.0.1", 0))
`;

export const canForge = have("python3") && process.getuid?.() === 0;

/** Sends each of `lines`: `0 69 0001…` is a datagram from port 0 to port 69. */
export const forge = (lines: readonly string[]) =>
  expect(run("python3", ["-c", program], { input: `${lines.join("\n")}\n` })).toMatchObject({
    status: 0,
    stderr: "",
  });
