// The header of an OP-TEE binary, as far as mkimage reads it for `-O tee`: OP-TEE's own numbers
// replace load address and entry point (U-Boot tools/default_image.c, include/tee/optee.h).
import type { Content } from "../content.js";
import { gap, layout, u32le } from "../layout.js";

const opteeHeader = layout({
  magic: { kind: u32le },
  version: { kind: gap(8) },
  loadHigh: { kind: u32le },
  load: { kind: u32le },
  sizes: { kind: gap(8) },
});

const OPTEE_MAGIC = 0x4554504f;

/** Load address and entry point of an OP-TEE binary; undefined when `content` is none. */
export function opteeAddresses(content: Content): { load: number; entry: number } | undefined {
  const header = opteeHeader.decode(content.read(0, opteeHeader.size));
  if (header?.magic !== OPTEE_MAGIC) return undefined;
  // The binary is entered behind its header, where that header says it wants to be.
  return { load: (header.load - opteeHeader.size) >>> 0, entry: header.load };
}
