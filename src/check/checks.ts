// All checks, in the order they run. One file per fault, which has the fault's code for its name.
// A check reads and reports; it never decides what is generated.
import type { Board } from "../boards/index.js";
import type { Report } from "../diagnostics/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { Analysis, Plan, Run } from "../memory/index.js";
import type { Client, Scope } from "../program/index.js";
import type { KernelArguments } from "./arguments.js";
import { blockWrap } from "./block-wrap.js";
import { bootOrderNetwork } from "./boot-order-network.js";
import { bootOrderRest } from "./boot-order-rest.js";
import { bootUnsigned } from "./boot-unsigned.js";
import { bootargsTooLong } from "./bootargs-too-long.js";
import { bootconfUnknown } from "./bootconf-unknown.js";
import { chainCycle } from "./chain-cycle.js";
import { cmdlineLines } from "./cmdline-lines.js";
import { commandAmbiguous } from "./command-ambiguous.js";
import { commandMissing } from "./command-missing.js";
import { compressedTwice } from "./compressed-twice.js";
import { compressionMismatch } from "./compression-mismatch.js";
import { compressionName } from "./compression-name.js";
import { compressionUnsupported } from "./compression-unsupported.js";
import { configFile } from "./config-file.js";
import { configFilter } from "./config-filter.js";
import { configIdle } from "./config-idle.js";
import { configLong } from "./config-long.js";
import { configOld } from "./config-old.js";
import { configUnknown } from "./config-unknown.js";
import { consoleUnknown } from "./console-unknown.js";
import { dtbBoard } from "./dtb-board.js";
import { dtbMissing } from "./dtb-missing.js";
import { dtbOverlay } from "./dtb-overlay.js";
import { dtbReserved } from "./dtb-reserved.js";
import { dtbTruncated } from "./dtb-truncated.js";
import { elseSame } from "./else-same.js";
import { fdtHigh } from "./fdt-high.js";
import { fetchedEnvironment } from "./fetched-environment.js";
import { fitMissing } from "./fit-missing.js";
import { fitUnsigned } from "./fit-unsigned.js";
import { fitWrappedTwice } from "./fit-wrapped-twice.js";
import { hashWeak } from "./hash-weak.js";
import { initrdCompression } from "./initrd-compression.js";
import { kernelArchitecture } from "./kernel-architecture.js";
import { kernelEfi } from "./kernel-efi.js";
import { kernelElf } from "./kernel-elf.js";
import { kernelMagic } from "./kernel-magic.js";
import { kernelOverlap } from "./kernel-overlap.js";
import { kernelOverwrites } from "./kernel-overwrites.js";
import { kernelTooLarge } from "./kernel-too-large.js";
import { kernelUnrecognized } from "./kernel-unrecognized.js";
import { kernelWrappedTwice } from "./kernel-wrapped-twice.js";
import { legacyImage } from "./legacy-image.js";
import { littleHeadroom } from "./little-headroom.js";
import { nameColon } from "./name-colon.js";
import { nameTooLong } from "./name-too-long.js";
import { nfsPath } from "./nfs-path.js";
import { nfsUdp } from "./nfs-udp.js";
import { noFallback } from "./no-fallback.js";
import { noloadCompressed } from "./noload-compressed.js";
import { outsideMemory } from "./outside-memory.js";
import { overlayAlone } from "./overlay-alone.js";
import { overlayBase } from "./overlay-base.js";
import { overlayMissing } from "./overlay-missing.js";
import { overlaySymbols } from "./overlay-symbols.js";
import { rawUnchecked } from "./raw-unchecked.js";
import { regionOverlap } from "./region-overlap.js";
import { relocationOverwrites } from "./relocation-overwrites.js";
import { rootUnreachable } from "./root-unreachable.js";
import { saveWear } from "./save-wear.js";
import { secret, secretInFile } from "./secret.js";
import { signatureIgnored } from "./signature-ignored.js";
import { tftpIp } from "./tftp-ip.js";
import { tftpPrefix } from "./tftp-prefix.js";
import { uimageDamaged } from "./uimage-damaged.js";
import { unreachable } from "./unreachable.js";
import { unusedFile } from "./unused-file.js";
import { unusedScript } from "./unused-script.js";
import { variableUnset } from "./variable-unset.js";
import { wrongBootCommand } from "./wrong-boot-command.js";
import { wrongKind } from "./wrong-kind.js";

/** Looks at the steps of a script, for a board and all clients that take the same branches. */
export type StepCheck = (analysis: Analysis, report: Report, plan: Plan) => void;

/** Looks at the shell that came out, once for all clients that take the same branches. */
export type ShellCheck = (script: GeneratedScript, report: Report, plan: Plan) => void;

/** Looks at the shell of each client: for what depends on a client's values, and cheap. */
export type ClientCheck = ShellCheck;

/** Looks at what one client's values make of a script, before that is generated. */
export type RunCheck = (run: Run, report: Report, plan: Plan) => void;

/** Who boots a kernel, and what is known then. */
export interface Boot {
  readonly board: Board;
  readonly client?: Client;
  readonly scope: Scope;
  /** Whether an initrd comes with a kernel. */
  readonly initrd: boolean;
}

/** Looks at the arguments of a kernel as one client gets them. */
export type ArgumentCheck = (
  bootargs: KernelArguments,
  boot: Boot,
  report: Report,
  plan: Plan,
) => void;

/** Looks at the flow as a whole. */
export type FlowCheck = (plan: Plan, report: Report) => void;

export const flowChecks: readonly FlowCheck[] = [
  wrongKind,
  kernelElf,
  kernelWrappedTwice,
  uimageDamaged,
  compressedTwice,
  compressionMismatch,
  compressionName,
  initrdCompression,
  dtbTruncated,
  dtbOverlay,
  overlayBase,
  hashWeak,
  noloadCompressed,
  fitWrappedTwice,
  unusedFile,
  unusedScript,
  chainCycle,
  unreachable,
  elseSame,
  blockWrap,
  saveWear,
  secretInFile,
  configUnknown,
  configFilter,
  configOld,
  configLong,
  configIdle,
  configFile,
  cmdlineLines,
  bootOrderNetwork,
  bootOrderRest,
  bootconfUnknown,
  tftpPrefix,
  tftpIp,
];
export const runChecks: readonly RunCheck[] = [secret];
export const argumentChecks: readonly ArgumentCheck[] = [
  bootargsTooLong,
  consoleUnknown,
  rootUnreachable,
  nfsPath,
  nfsUdp,
];
export const stepChecks: readonly StepCheck[] = [
  outsideMemory,
  regionOverlap,
  kernelOverlap,
  kernelOverwrites,
  kernelTooLarge,
  relocationOverwrites,
  dtbReserved,
  littleHeadroom,
  kernelArchitecture,
  kernelEfi,
  kernelMagic,
  kernelUnrecognized,
  compressionUnsupported,
  dtbBoard,
  dtbMissing,
  overlayAlone,
  overlayMissing,
  overlaySymbols,
  wrongBootCommand,
  variableUnset,
  noFallback,
  nameColon,
  legacyImage,
  fitMissing,
  fitUnsigned,
  bootUnsigned,
  signatureIgnored,
  fdtHigh,
  rawUnchecked,
  fetchedEnvironment,
];
export const shellChecks: readonly ShellCheck[] = [commandMissing, commandAmbiguous];
export const clientChecks: readonly ClientCheck[] = [nameTooLong];
