// Damaged FITs and sources through every reader: nothing throws, hangs or takes much memory. Ten
// thousand; `--mode soak` tries a million.
import { expect, it } from "vitest";
import {
  contentOf,
  describePayload,
  encodeFit,
  fitListing,
  identify,
  readItsText,
  reopenFit,
  verifyFit,
  walkFdt,
} from "../../src/image/index.js";
import { isQuick, runs } from "../tools/runs.js";
import { controlTree, fitOf, signedSource, signingWith, TIME } from "./fit-bench.js";

const count = process.env.MODE === "soak" ? 1_000_000 : runs(10_000);
let state = 1;

/** The next number below `limit`, from a linear congruential generator: the same every time. */
function random(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

const ALGORITHM = "sha256,rsa2048";
const options = {
  ...{ time: TIME, control: controlTree(4096) },
  signing: signingWith(ALGORITHM, { required: true }),
};
const source = signedSource({ algorithm: ALGORITHM });
const inside = fitOf(source, options);
const outside = fitOf(source, { ...options, external: {} });
const control = contentOf(inside.control ?? Buffer.of());

/** How often the bytes of a file may be read on the way through all readers. */
const MOST = 100;

/** The content of `file`, and how many of its bytes were read so far. */
function counted(file: Uint8Array) {
  const whole = contentOf(file);
  let bytes = 0;
  const content = {
    size: whole.size,
    read(offset: number, length: number) {
      bytes += length;
      return whole.read(offset, length);
    },
  };
  return { content, bytes: () => bytes };
}

/** Words that mean something in a tree, and those at the edges. */
const words = [0, 1, 2, 3, 4, 9, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0];

function damaged(): Buffer {
  const file = Buffer.from([inside, outside][random(2)]?.image ?? []);
  for (let changes = random(5); changes >= 0; changes--) {
    if (random(2) === 0)
      file.writeUInt8([random(256), 0, 255][random(3)] ?? 0, random(file.length));
    else
      file.writeUInt32BE(words[random(words.length)] ?? random(4096), 4 * random(file.length >> 2));
  }
  return random(4) === 0 ? file.subarray(0, random(file.length)) : file;
}

it(`${count} damaged FITs`, { timeout: 600_000 + 10 * count }, () => {
  const before = process.memoryUsage().rss;
  for (let index = 0; index < count; index++) {
    const file = damaged();
    const { content, bytes } = counted(file);
    describePayload(identify(content));
    const { fit } = verifyFit(content, control);
    fitListing(fit);
    const usable = fit.problems.every(({ code }) => !code.startsWith("data-"));
    // Signing and hashing anew takes longest, so not every time.
    if (fit.tree && usable && index % 16 === 0) {
      const external = random(2) === 0;
      encodeFit(reopenFit({ ...fit, tree: fit.tree }, external), external ? { external: {} } : {});
    }
    expect(bytes(), `${index}`).toBeLessThan(MOST * (file.length + 1000));
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(256 << 20);
});

it("as many damaged sources", { timeout: 600_000 + 10 * count }, () => {
  const pieces = [
    "{",
    "}",
    ";",
    "<",
    ">",
    '"',
    "/",
    "&",
    "l:",
    "= ",
    "/incbin/",
    '/include/ "x"',
    "(",
    "@",
  ];
  for (let index = 0; index < count / 10; index++) {
    const text = [...source];
    for (let changes = random(4); changes >= 0; changes--) {
      text.splice(random(text.length), random(3), pieces[random(pieces.length)] ?? "");
    }
    const { tree, problems } = readItsText(text.join(""));
    expect(tree === undefined).toBe(problems.length > 0);
  }
});

it("damaged keys", () => {
  const whole = inside.control ?? Buffer.of();
  for (let index = 0; index < count / 100; index++) {
    const keys = Buffer.from(whole);
    for (let changes = random(5); changes >= 0; changes--) {
      keys.writeUInt8(random(256), random(keys.length));
    }
    expect(verifyFit(contentOf(inside.image), contentOf(keys)).configurations).toHaveLength(2);
  }
});

it.skipIf(isQuick)("a FIT that has the same data many times is refused, not read for ever", () => {
  const node = (index: number) => `i${index} { data = "x"; hash { algo = "sha512"; }; };`;
  const images = Array.from({ length: 400 }, (_, index) => node(index)).join(" ");
  const { image } = fitOf(`/dts-v1/; / { description = ""; images { ${images} }; };`, {
    external: {},
  });
  const file = Buffer.concat([image, Buffer.alloc(8 << 20)]);
  for (const item of walkFdt(contentOf(file))) {
    if (item.kind === "property" && item.name === "data-size")
      file.set([0, 0x70, 0, 0], item.offset);
  }
  const { content, bytes } = counted(file);
  const { images: checked } = verifyFit(content);
  expect(bytes()).toBeLessThan(MOST * (file.length + 1000));
  expect(checked.get("i399")).toMatchObject([{ code: "too-large" }]);
});
