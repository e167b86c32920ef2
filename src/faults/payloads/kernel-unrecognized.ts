// Something in a uImage that does not look like a kernel. Since v2024.01 `bootm` looks for the magic of an
// Image where it starts Linux on 64-bit Arm; other architectures have kernels without one.
import { finding } from "../../diagnostics/index.js";
import { types } from "../../image/index.js";
import type { StartFault } from "../given.js";
import { IMAGE_MAGIC } from "./kernel-magic.js";

export const kernelUnrecognized: StartFault = (given, { board: { arch } }) => {
  const { kind, name, file, wrapped, inside } = given;
  const { inner, seen, header } = inside;
  if ((arch !== "arm64" && arch !== "riscv") || kind !== "kernel" || !seen) return undefined;
  // A uImage in a uImage is started with its header.
  if (inner.kind !== "unknown" && !(header && inner.kind === "uimage")) return undefined;
  // A uImage of something else was reported as that.
  if (header ? types.byId(header.type)?.name !== "kernel" : !wrapped) return undefined;
  if (arch === "riscv") return finding("kernel-unrecognized", { name, file, arch });
  return finding("kernel-magic", { name, file, command: "bootm", magic: IMAGE_MAGIC });
};
