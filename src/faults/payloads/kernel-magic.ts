// A kernel without a header that the board's boot command refuses, since its magic is not there.
import { finding } from "../../diagnostics/index.js";
import type { StartFault } from "../given.js";

/** What `booti`, and on 64-bit Arm `bootm`, look for. */
export const IMAGE_MAGIC = "the magic of an Image at offset 56";

/** What the boot commands look for (cmd/booti.c, cmd/bootz.c). */
const magics: Readonly<Record<string, string>> = {
  booti: IMAGE_MAGIC,
  bootz: "the magic of a zImage at offset 36",
};

export const kernelMagic: StartFault = (given, { board, command = board.boot.command }) => {
  const { kind, name, file, wrapped, inside } = given;
  const magic = Object.hasOwn(magics, command) ? magics[command] : undefined;
  if (magic === undefined || kind !== "kernel" || wrapped || inside.header) return undefined;
  if (!inside.seen || inside.inner.kind !== "unknown") return undefined;
  return finding("kernel-magic", { name, file, command, magic });
};
