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

interface Addresses {
  readonly load: number;
  readonly entry: number;
}

const OPTEE_MAGIC = 0x4554504f;

/** Load address and entry point of an OP-TEE binary; undefined when `content` is not one. */
export function opteeAddresses(content: Content): Addresses | undefined {
  const header = opteeHeader.decode(content.read(0, opteeHeader.size));
  return header?.magic === OPTEE_MAGIC ? opteeNumbers(content) : undefined;
}

/** What stands where an OP-TEE binary has them: mkimage takes that whatever `content` is. */
export function opteeNumbers(content: Content): Addresses {
  const start = new Uint8Array(opteeHeader.size);
  start.set(content.read(0, start.length));
  const load = opteeHeader.decode(start)?.load ?? 0;
  // The binary is entered after its header, where that header says it wants to be.
  return { load: (load - opteeHeader.size) >>> 0, entry: load };
}
