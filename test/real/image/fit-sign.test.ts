// Signatures: the bytes of mkimage 2023.01 where those are decided, and U-Boot's own verifier where
// it is installed (see also test/real/e2e/fit.test.ts, where a board verifies).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bytesOf, contentOf, encodeFit, storeTree, verifyFit } from "../../../src/image/index.js";
import {
  controlTree,
  fitCheckSign,
  fitOf,
  hasFitCheckSign,
  type SignedSource,
  scratch,
  signedSource,
  signingWith,
  TIME,
  treeOf,
  writeInputs,
} from "../../image/fit-bench.js";
import { have } from "../../tools/tools.js";
import { mkimageFit, writeKeys } from "./mkimage-fit.js";

const folder = scratch();
writeInputs(folder);

const algorithms = [
  "sha256,rsa2048",
  "sha384,rsa2048",
  "sha512,rsa2048",
  "sha256,rsa3072",
  "sha512,rsa4096",
];
const inKernel = (algorithm: string) =>
  `signature-1 { algo = "${algorithm}"; key-name-hint = "dev"; };`;

const ways = [
  ["", {}],
  ["-r", { required: true }],
  ["-c comment", { comment: "comment" }],
  ["-c ab -r -o sha256,KEY", { comment: "ab", required: true, algorithm: "sha256,KEY" }],
] as const;

describe.runIf(have("mkimage", "dtc", "openssl"))("the same bytes as mkimage", () => {
  // Everything with one algorithm, one way with the others: keys and signatures take their time.
  const cases = ["sha1,rsa2048", ...algorithms].flatMap((algorithm) =>
    ways.slice(algorithm === "sha256,rsa2048" ? 0 : -1).map((way) => [algorithm, ...way] as const),
  );
  it.each(cases)("%s %s", (algorithm, flags, options) => {
    const key = algorithm.split(",")[1] ?? "";
    writeKeys(folder, algorithm);
    for (const [slack, external] of [
      [0, false],
      [700, false],
      [5000, true],
    ] as const) {
      const control = controlTree(slack);
      writeFileSync(join(folder, "control.dtb"), control.file);
      const args = flags
        .replace("KEY", key)
        .split(" ")
        .filter((flag) => flag !== "");
      const source = signedSource({ algorithm, inKernel: inKernel(algorithm) });
      const theirs = mkimageFit(folder, source, [
        ...["-k", "keys", "-K", "control.dtb", ...args],
        ...(external ? ["-E"] : []),
      ]);
      expect(theirs.said).toBeUndefined();
      const more = "algorithm" in options ? { algorithm: `sha256,${key}` } : {};
      const ours = fitOf(source, {
        ...{ time: TIME, control },
        signing: signingWith(algorithm, { ...options, ...more }),
        ...(external ? { external: {} } : {}),
      });
      expect(ours.image.equals(theirs.image ?? Buffer.of())).toBe(true);
      expect(ours.control).toEqual(readFileSync(join(folder, "control.dtb")));
    }
  });
});

/** A signed FIT and the control tree with its key. */
function signed(what: SignedSource, external = false) {
  const { image, control } = fitOf(signedSource(what), {
    ...{ time: TIME, control: controlTree(4096) },
    signing: signingWith(what.algorithm, { required: true }),
    ...(external ? { external: {} } : {}),
  });
  if (!control) throw new Error("no control tree");
  return { image, control };
}

const verdictOf = (image: Uint8Array, control: Uint8Array) =>
  verifyFit(contentOf(image), contentOf(control)).configurations[0];

const curves = ["sha256,ecdsa256", "sha384,ecdsa384", "sha512,ecdsa256"];

describe.each([...algorithms, ...curves])("%s is verified", (algorithm) => {
  it.each(["", 'padding = "pss";', 'padding = "pkcs-1.5";'])("%s", (more) => {
    for (const external of [false, true]) {
      const { image, control } = signed({ algorithm, more }, external);
      expect(verdictOf(image, control)).toMatchObject({
        verdict: "boots",
        keys: [algorithm.includes("rsa") ? "key-dev" : "dev"],
        problems: [],
      });
      // The host's verifier of 2023.01 reads no ECDSA key from a control tree.
      if (hasFitCheckSign && algorithm.includes("rsa")) {
        expect(fitCheckSign(folder, image, control)).toBe(true);
      }
    }
  });

  // Which knows one curve only.
  const signs = algorithm !== "sha384,ecdsa384" && have("mkimage", "dtc", "openssl");
  it.runIf(signs)("as mkimage signs it", () => {
    writeKeys(folder, algorithm);
    const source = signedSource({ algorithm });
    const theirs = mkimageFit(folder, source, ["-k", "keys"]);
    expect(theirs.said).toBeUndefined();
    const { control } = signed({ algorithm });
    expect(verdictOf(theirs.image ?? Buffer.of(), control)?.verdict).toBe("boots");
  });
});

describe("is not made", () => {
  const refuse = (what: Partial<SignedSource>, key = "sha256,rsa2048") => {
    const source = signedSource({ algorithm: "sha256,rsa2048", ...what });
    const { problems } = encodeFit(storeTree(treeOf(source)), { signing: signingWith(key) });
    return problems[0]?.code;
  };

  it.each([
    ["an algorithm no U-Boot has", { algorithm: "sha3,rsa2048" }, "signature-algo"],
    ["a key no U-Boot can read back", { algorithm: "sha256,secp521r1" }, "signature-algo"],
    ["an unknown padding", { more: 'padding = "oaep";' }, "signature-padding"],
    ["a property that names no image", { images: '"kernel", "nothing"' }, undefined],
    ["no image at all", { images: '"nothing"' }, "signature-images"],
  ])("with %s", (_, what, code) => expect(refuse(what)).toBe(code));

  it("with a key of another kind", () => {
    expect(refuse({}, "sha256,rsa4096")).toBe("signature-key");
    expect(refuse({}, "sha256,ecdsa256")).toBe("signature-key");
  });

  it("of an image without hash", () => {
    const source = signedSource({ algorithm: "sha256,rsa2048" }).replace(/hash-1/, "has-1");
    const { problems } = encodeFit(storeTree(treeOf(source)), {
      signing: signingWith("sha256,rsa2048"),
    });
    expect(problems[0]).toMatchObject({
      code: "signature-images",
      path: "/configurations/conf-1/signature-1",
    });
  });

  it("without its key, which is said", () => {
    const source = signedSource({ algorithm: "sha256,rsa2048" });
    const unsigned = fitOf(source, { signing: { signerOf: () => undefined, time: TIME } });
    expect(unsigned).toMatchObject({
      signed: [],
      unsigned: [
        { path: "/configurations/conf-1/signature-1", hint: "dev" },
        { path: "/configurations/conf-2/signature", hint: "dev" },
      ],
    });
    expect(bytesOf(contentOf(unsigned.image))).toEqual(fitOf(source, {}).image);
  });
});
