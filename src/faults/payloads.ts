// What is known to be wrong with files that boots are given, in the order in which it is said. One file
// per fault, which has the fault's code for its name.
import type { FileFault, StartFault } from "./given.js";
import { compressedTwice } from "./payloads/compressed-twice.js";
import { compressionDamaged } from "./payloads/compression-damaged.js";
import { compressionMismatch } from "./payloads/compression-mismatch.js";
import { compressionName } from "./payloads/compression-name.js";
import { compressionUnsupported } from "./payloads/compression-unsupported.js";
import { dtbBoard } from "./payloads/dtb-board.js";
import { dtbOverlay } from "./payloads/dtb-overlay.js";
import { dtbTruncated } from "./payloads/dtb-truncated.js";
import { initrdCompression } from "./payloads/initrd-compression.js";
import { kernelArchitecture } from "./payloads/kernel-architecture.js";
import { kernelEfi } from "./payloads/kernel-efi.js";
import { kernelElf } from "./payloads/kernel-elf.js";
import { kernelMagic } from "./payloads/kernel-magic.js";
import { kernelUnrecognized } from "./payloads/kernel-unrecognized.js";
import { overlayBase } from "./payloads/overlay-base.js";
import { uimageDamaged } from "./payloads/uimage-damaged.js";
import { wrongKind } from "./payloads/wrong-kind.js";

/** Of a file, wherever it is used. */
export const fileFaults: readonly FileFault[] = [
  wrongKind,
  kernelElf,
  uimageDamaged,
  compressedTwice,
  compressionMismatch,
  compressionDamaged,
  compressionName,
  initrdCompression,
  dtbTruncated,
  dtbOverlay,
  overlayBase,
];

/** Of a file for the board and the command that use it. */
export const startFaults: readonly StartFault[] = [
  kernelArchitecture,
  kernelEfi,
  kernelMagic,
  kernelUnrecognized,
  compressionUnsupported,
  dtbBoard,
];
