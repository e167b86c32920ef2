// The least a TFTP server can do with Node's datagrams: it answers each ACK with the next prepared
// blocks and knows nothing else, no timer, no second file, no loss. What it costs is what Node costs,
// so that a server that costs as much has nothing left to gain. A contender of tftp.bench.ts.
//
// tftp-floor.js FILE PORT
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";

const [path, port] = process.argv.slice(2);
const file = readFileSync(path);
const known = new Map();

/** All blocks of the file as DATA packets. */
function packetsOf(blksize) {
  const last = Math.floor(file.length / blksize) + 1;
  return Array.from({ length: last }, (_, index) => {
    const data = file.subarray(index * blksize, (index + 1) * blksize);
    return Buffer.concat([Buffer.from([0, 3, ((index + 1) >> 8) & 255, (index + 1) & 255]), data]);
  });
}

const listener = createSocket("udp4");
listener.on("message", (request, from) => {
  const words = request.toString("latin1", 2).split("\0");
  const asked = (option) => Number(words[words.indexOf(option) + 1]);
  const blksize = words.includes("blksize") ? asked("blksize") : 512;
  const windowsize = words.includes("windowsize") ? Math.min(16, asked("windowsize")) : 1;
  const plain = words.length === 3;
  if (!known.has(blksize)) known.set(blksize, packetsOf(blksize));
  const packets = known.get(blksize);
  const socket = createSocket("udp4");
  let acknowledged = 0;
  const fly = () => {
    for (const packet of packets.slice(acknowledged, acknowledged + windowsize))
      socket.send(packet);
  };
  socket.on("message", (ack) => {
    acknowledged += (ack.readUInt16BE(2) - acknowledged) & 0xffff;
    if (acknowledged === packets.length) socket.close();
    else fly();
  });
  socket.on("error", () => socket.close());
  socket.bind(0, "127.0.0.1", () =>
    socket.connect(from.port, from.address, () => {
      const granted = `blksize\0${blksize}\0windowsize\0${windowsize}\0`;
      if (plain) fly();
      else socket.send(Buffer.from(`\0\x06${granted}`, "latin1"));
    }),
  );
});
listener.bind(Number(port), "127.0.0.1");
