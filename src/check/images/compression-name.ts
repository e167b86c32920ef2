// A file whose name ends like that of a compression it does not have, such as an Image.gz that a
// download has unpacked.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../checks.js";
import { article } from "./payloads.js";

const endings: Readonly<Record<string, readonly string[]>> = {
  gz: ["gzip"],
  bz2: ["bzip2"],
  lzma: ["lzma"],
  lzo: ["lzo"],
  lz4: ["lz4", "lz4-legacy"],
  zst: ["zstd"],
  xz: ["xz"],
};

export const compressionName: FlowCheck = ({ program }, report) => {
  for (const { input } of program.provisions.values()) {
    if (!input) continue;
    const { name, payload } = input;
    const expected = endings[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""];
    if (!expected) continue;
    if (payload.kind === "compressed" && expected.includes(payload.compression)) continue;
    const data = { file: name, expected: expected[0] ?? "", found: article(payload) };
    report(diagnose("compression-name", data, input.span));
  }
};
