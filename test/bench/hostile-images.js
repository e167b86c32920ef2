// A million damaged images, trees and archives through every reader: none may throw or take long.
// Run by `npm run bench:image`; the same seed makes the same damage.
import { gzipSync } from "node:zlib";
import {
  bytesOf,
  contentOf,
  describePayload,
  encodeUImage,
  identify,
  identifyInside,
  listing,
  readUImage,
  uimageHeader,
} from "../../dist/image/index.js";

const count = Number(process.argv[2] ?? 1_000_000);
let state = Number(process.argv[3] ?? 1);

/** The next number below `limit`, from a linear congruential generator. */
function random(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

function image(type, ...texts) {
  const payload = texts.map((text) => contentOf(new TextEncoder().encode(text)));
  return bytesOf(encodeUImage({ type, arch: "arm64", payload }).image);
}

/** A tree of one node with a property, as numbers of 32 bits. */
const tree = new Uint8Array(
  [0xd00dfeed, 84, 56, 80, 40, 17, 16, 0, 4, 24, 0, 0, 0, 0, 1, 0, 3, 0, 0, 2, 9].flatMap(
    (word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255],
  ),
);

const whole = [
  image("script", "echo hi\n"),
  image("multi", "a", "bb", "cccc"),
  image("kernel", "kernel ".repeat(50)),
  gzipSync("kernel ".repeat(50)),
  tree,
];

function damaged() {
  const bytes = Uint8Array.from(whole[random(whole.length)]);
  for (let changes = random(6); changes >= 0; changes--) {
    bytes[random(bytes.length)] = [random(256), 0, 255][random(3)];
  }
  return random(3) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
}

function readAll(bytes) {
  const content = contentOf(bytes);
  const payload = identify(content);
  describePayload(payload);
  identifyInside(content, payload);
  const { header, parts, problems } = readUImage(content);
  if (header) listing({ header, parts });
  uimageHeader.dump(bytes);
  return problems;
}

const found = new Map();
let slowest = 0;
for (let index = 0; index < count; index++) {
  const bytes = damaged();
  const start = performance.now();
  for (const { code } of readAll(bytes)) found.set(code, (found.get(code) ?? 0) + 1);
  slowest = Math.max(slowest, performance.now() - start);
}
console.log(`${count} damaged files read, the slowest in ${slowest.toFixed(1)} ms`);
for (const [code, times] of [...found].sort()) console.log(`  ${code.padEnd(22)}${times}`);
