// A kernel whose gzip data are cut or damaged. U-Boot stops where they end too early, and does not look at the
// checksum after them (lib/gunzip.c). Left out: other compressions, which take much longer to undo.
import { inflateRawSync } from "node:zlib";
import { finding } from "../../diagnostics/index.js";
import { type Content, deflatedFrom, readUImage, slice } from "../../image/index.js";
import type { FileFault } from "../given.js";

/** What a kernel unpacks to at most, in bytes: who unpacks more is caught by the board's limit. */
const MOST = 256 << 20;

export const compressionDamaged: FileFault = ({ kind, name, file, content, inside, packed }) => {
  const { header, compression } = inside;
  if (kind !== "kernel" || packed || compression !== "gzip") return undefined;
  // Of a uImage that is damaged that is said.
  if (header && readUImage(content).problems.some((each) => each.severity === "damage")) {
    return undefined;
  }
  const data = header ? slice(content, 64, header.size) : content;
  return isWhole(content, data) ? undefined : finding("compression-damaged", { name, file });
};

const known = new WeakMap<Content, boolean>();

function isWhole(content: Content, data: Content): boolean {
  let whole = known.get(content);
  if (whole === undefined) {
    whole = inflates(data);
    known.set(content, whole);
  }
  return whole;
}

function inflates(data: Content): boolean {
  const start = deflatedFrom(data);
  if (start === undefined) return false;
  try {
    inflateRawSync(data.read(start, data.size - start), { maxOutputLength: MOST });
    return true;
  } catch (problem) {
    return problem instanceof RangeError;
  }
}
