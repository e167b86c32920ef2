// A file whose name ends like that of a compression it does not have, such as an Image.gz that a
// download has unpacked.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";
import { article } from "../inside.js";

const endings: Readonly<Record<string, readonly string[]>> = {
  gz: ["gzip"],
  bz2: ["bzip2"],
  lzma: ["lzma"],
  lzo: ["lzo"],
  lz4: ["lz4", "lz4-legacy"],
  zst: ["zstd"],
  xz: ["xz"],
};

export const compressionName: FileFault = ({ file, inside: { outer } }) => {
  const expected = endings[/\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ""];
  if (!expected) return undefined;
  if (outer.kind === "compressed" && expected.includes(outer.compression)) return undefined;
  return finding("compression-name", { file, expected: expected[0] ?? "", found: article(outer) });
};
