// What a configuration's signature covers: the same bytes while a FIT is made as in the finished one, in
// steps that grow with the FIT and not with its square.
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { readFdt } from "../../src/image/fdt/read.js";
import { fdtRegions } from "../../src/image/fdt/regions.js";
import { childOf, propertyOf, textsOf } from "../../src/image/fdt/tree.js";
import {
  type Content,
  encodeFit,
  readItsText,
  storeTree,
  verifyFit,
} from "../../src/image/index.js";
import { Coverage } from "../../src/image/keys/coverage.js";
import { runs } from "../tools/runs.js";
import { controlTree, signingWith, TIME } from "./fit-bench.js";

const ALGORITHM = "sha256,ecdsa256";
const SIGNATURE = `algo = "${ALGORITHM}"; key-name-hint = "dev";`;

function signed(source: string) {
  const { tree, problems } = readItsText(`/dts-v1/; / { description = "x"; ${source} };`);
  if (!tree) throw new Error(problems.map(({ message }) => message).join("\n"));
  const signing = signingWith(ALGORITHM, { required: true });
  const made = encodeFit(storeTree(tree), { time: TIME, signing, control: controlTree(4096) });
  if (!made.image || !made.control) throw new Error("no FIT");
  return { image: made.image, control: made.control };
}

/** In how many regions of the finished FIT the nodes are that a signature names. */
function regionsIn(image: Content, name: string): number | undefined {
  const { tree, header } = readFdt(image);
  const signature = childOf(childOf(childOf(tree?.root, "configurations"), name), "signature-1");
  const nodes = textsOf(propertyOf(signature, "hashed-nodes")) ?? [];
  return header && fdtRegions(image, header, new Set(nodes))?.length;
}

/** A FIT of so many kernels, each with a configuration of its own. */
function manyOf(count: number): string {
  const all = Array.from({ length: count }, (_, at) => at);
  const images = all.map(
    (at) => `k${at} { description = "k"; data = "K"; type = "kernel"; arch = "arm64"; os = "linux";
      compression = "none"; load = <0>; entry = <0>; hash-1 { algo = "crc32"; }; };`,
  );
  const configurations = all.map(
    (at) => `c${at} { description = "c"; kernel = "k${at}"; signature-1 { ${SIGNATURE} }; };`,
  );
  return `images { ${images.join(" ")} }; configurations { ${configurations.join(" ")} };`;
}

it("is found in steps that grow with the FIT", () => {
  const steps = (count: number) => {
    const of = vi.spyOn(Coverage.prototype, "of");
    signed(manyOf(count));
    const made = new Set(of.mock.contexts as Coverage[]);
    of.mockRestore();
    return [...made].reduce((sum, each) => sum + each.steps, 0);
  };
  const [few, many] = [steps(16), steps(128)];
  expect(few).toBeGreaterThan(16);
  expect(many).toBeLessThan(9 * few);
});

const children = fc.shuffledSubarray(["hash-1", "hash-x", "cipher", "other", "hash"], {
  minLength: 1,
});
const image = fc.tuple(children, fc.boolean()).map(([names, external]) => {
  const inside = ["hash-0", ...names].map((name) =>
    name.startsWith("hash")
      ? `${name} { algo = "sha1"; };`
      : `${name} { a = <1>; b { c = "d"; }; };`,
  );
  const more = names.includes("cipher") ? "data-size-unciphered = <1>;" : "";
  return `description = "i"; data = "D"; ${more} ${external ? 'load = <0>; data-size-x = "1";' : ""} ${inside.join(" ")}`;
});

describe("a signature of any FIT", () => {
  it("is good, and of the bytes that the finished FIT has there", () => {
    fc.assert(
      fc.property(
        fc.array(image, { minLength: 2, maxLength: 5 }),
        fc.array(fc.shuffledSubarray(["kernel", "fdt", "ramdisk"], { minLength: 1 }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.array(fc.nat(4), { minLength: 9, maxLength: 9 }),
        (images, signs, which) => {
          const nodes = images.map((text, at) => `i${at} { ${text} };`).join(" ");
          const named = (at: number) => `"i${(which[at] ?? 0) % images.length}"`;
          const configurations = signs.map(
            (
              list,
              at,
            ) => `c${at} { description = "c"; kernel = ${named(3 * at)}; fdt = ${named(3 * at + 1)}, ${named(at)};
              ramdisk = ${named(3 * at + 2)};
              s { x = <1>; }; signature-1 { ${SIGNATURE} sign-images = ${list.map((each) => `"${each}"`).join(", ")}; }; };`,
          );
          const of = vi.spyOn(Coverage.prototype, "of");
          const { image, control } = signed(
            `images { ${nodes} }; aside { a = "b"; }; configurations { ${configurations.join(" ")} };`,
          );
          const found = verifyFit(image, control).configurations;
          expect(found.map(({ keys }) => keys)).toEqual(signs.map(() => ["dev"]));
          const counted = of.mock.results.map(({ value }) => value.regions);
          of.mockRestore();
          expect(counted).toEqual(signs.map((_, at) => regionsIn(image, `c${at}`)));
        },
      ),
      { numRuns: runs(200) },
    );
  });
});
