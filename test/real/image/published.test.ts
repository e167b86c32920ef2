// Sources of FITs as people publish them: those in a tree of U-Boot, whose folder UBOOT_SOURCE names,
// as files and in its documentation. Their inputs are made up; the bytes are those of mkimage. None of
// them is kept here.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  bytesOf,
  contentOf,
  encodeFit,
  readIts,
  signerFromPem,
  storeTree,
} from "../../../src/image/index.js";
import { boardTree, keyFor, scratch, TIME } from "../../image/fit-bench.js";
import { have } from "../../tools/tools.js";
import { mkimageFit, writeKeys } from "./mkimage-fit.js";

/** Every source below `folder`, with where it stands. */
function sourcesIn(folder: string): (readonly [place: string, source: string])[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.flatMap((name): (readonly [string, string])[] => {
    if (!/^(board|doc|test)\/.*\.(its|rst|txt)$/.test(name)) return [];
    if (!existsSync(join(folder, name))) return [];
    const text = readFileSync(join(folder, name), "utf8");
    if (name.endsWith(".its")) return [[name, text]];
    // An example of the documentation ends with the line that closes its root, indented alike.
    const blocks = [...text.matchAll(/^([ \t]*)\/dts-v1\/;[\s\S]*?^\1\};/gm)];
    return blocks.map(([block], index) => [`${name} ${index + 1}`, block] as const);
  });
}

/** `source` with inputs in `folder`, every one made up. */
function withInputs(folder: string, source: string): string {
  const inside = source.replace(/(\/incbin\/\(\s*")([^"]*)/g, (_, start, name: string) => {
    return start + name.replace(/^\/+|\.\.\//g, "");
  });
  const names = [...inside.matchAll(/\/incbin\/\(\s*"([^"]*)"/g)].map(([, name]) => name ?? "");
  for (const [index, name] of names.entries()) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const bytes = /dtb/.test(name) ? boardTree : new TextEncoder().encode(`input ${index}\n`);
    writeFileSync(join(folder, name), bytes);
  }
  return inside;
}

const { UBOOT_SOURCE: tree = "" } = process.env;

describe.runIf(tree !== "" && have("mkimage", "dtc", "openssl"))("a published source", () => {
  const found = tree === "" ? [] : sourcesIn(tree);

  it.each(found)("%s", (_, published) => {
    const folder = scratch();
    const source = withInputs(folder, published);
    const algorithm = /algo = "(sha\d+,rsa\d+)"/.exec(source)?.[1] ?? "sha256,rsa2048";
    writeKeys(folder, algorithm);
    const signer = signerFromPem(keyFor(algorithm));
    const own = (hint: string) => (hint === "dev" ? signer : undefined);
    for (const flags of [[], ["-E"], ["-k", "keys"]]) {
      // There is chance in these signatures.
      if (flags[0] === "-k" && source.includes('"pss"')) continue;
      const theirs = mkimageFit(folder, source, flags);
      const open = (name: string) => {
        return { name, content: contentOf(readFileSync(join(folder, name))) };
      };
      const { tree: read } = readIts(open("source.its"), { open });
      const made =
        read &&
        encodeFit(storeTree(read), {
          time: TIME,
          ...(flags[0] === "-E" && { external: {} }),
          ...(flags[0] === "-k" && { signing: { signerOf: own, time: TIME } }),
        });
      const ours = made?.image && Buffer.from(bytesOf(made.image));
      if (theirs.image) expect(ours?.equals(theirs.image), flags.join(" ")).toBe(true);
      else expect(ours, theirs.said).toBeUndefined();
    }
  });
});
