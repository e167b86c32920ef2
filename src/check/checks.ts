// All checks, in the order they run. One file per fault, which has the fault's code for its name.
// A check reads and reports; it never decides what is generated.
import type {
  ArgumentCheck,
  ClientCheck,
  FlowCheck,
  RunCheck,
  ShellCheck,
  StepCheck,
} from "./contract.js";
import { bootOrderNetwork } from "./firmware/boot-order-network.js";
import { bootOrderRest } from "./firmware/boot-order-rest.js";
import { bootconfUnknown } from "./firmware/bootconf-unknown.js";
import { cmdlineLines } from "./firmware/cmdline-lines.js";
import { configFile } from "./firmware/config-file.js";
import { configFilter } from "./firmware/config-filter.js";
import { configIdle } from "./firmware/config-idle.js";
import { configLong } from "./firmware/config-long.js";
import { configOld } from "./firmware/config-old.js";
import { configUnknown } from "./firmware/config-unknown.js";
import { tftpIp } from "./firmware/tftp-ip.js";
import { tftpPrefix } from "./firmware/tftp-prefix.js";
import { bootUnsigned } from "./fits/boot-unsigned.js";
import { fitMissing } from "./fits/fit-missing.js";
import { fitUnsigned } from "./fits/fit-unsigned.js";
import { fitWrappedTwice } from "./fits/fit-wrapped-twice.js";
import { hashWeak } from "./fits/hash-weak.js";
import { noloadCompressed } from "./fits/noload-compressed.js";
import { signatureIgnored } from "./fits/signature-ignored.js";
import { blockWrap } from "./flow/block-wrap.js";
import { bootargsTooLong } from "./flow/bootargs-too-long.js";
import { chainCycle } from "./flow/chain-cycle.js";
import { commandAmbiguous } from "./flow/command-ambiguous.js";
import { commandMissing } from "./flow/command-missing.js";
import { consoleUnknown } from "./flow/console-unknown.js";
import { elseSame } from "./flow/else-same.js";
import { expandedNever } from "./flow/expanded-never.js";
import { fdtHigh } from "./flow/fdt-high.js";
import { fetchedEnvironment } from "./flow/fetched-environment.js";
import { nameColon } from "./flow/name-colon.js";
import { nameTooLong } from "./flow/name-too-long.js";
import { nfsPath } from "./flow/nfs-path.js";
import { nfsUdp } from "./flow/nfs-udp.js";
import { noFallback } from "./flow/no-fallback.js";
import { rootUnreachable } from "./flow/root-unreachable.js";
import { saveWear } from "./flow/save-wear.js";
import { unreachable } from "./flow/unreachable.js";
import { unusedFile } from "./flow/unused-file.js";
import { unusedScript } from "./flow/unused-script.js";
import { variableUnset } from "./flow/variable-unset.js";
import { dtbMissing } from "./images/dtb-missing.js";
import { kernelWrappedTwice } from "./images/kernel-wrapped-twice.js";
import { legacyImage } from "./images/legacy-image.js";
import { overlayAlone } from "./images/overlay-alone.js";
import { overlayMissing } from "./images/overlay-missing.js";
import { overlaySymbols } from "./images/overlay-symbols.js";
import { fileAmiss, startAmiss } from "./images/payloads.js";
import { wrongBootCommand } from "./images/wrong-boot-command.js";
import { dtbReserved } from "./memory/dtb-reserved.js";
import { kernelOverlap } from "./memory/kernel-overlap.js";
import { kernelOverwrites } from "./memory/kernel-overwrites.js";
import { kernelTooLarge } from "./memory/kernel-too-large.js";
import { littleHeadroom } from "./memory/little-headroom.js";
import { outsideMemory } from "./memory/outside-memory.js";
import { regionOverlap } from "./memory/region-overlap.js";
import { relocationOverwrites } from "./memory/relocation-overwrites.js";
import { rawUnchecked } from "./security/raw-unchecked.js";
import { secret, secretInFile } from "./security/secret.js";

export const flowChecks: readonly FlowCheck[] = [
  fileAmiss,
  kernelWrappedTwice,
  hashWeak,
  noloadCompressed,
  fitWrappedTwice,
  unusedFile,
  unusedScript,
  chainCycle,
  unreachable,
  elseSame,
  blockWrap,
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
  startAmiss,
  dtbMissing,
  overlayAlone,
  overlayMissing,
  overlaySymbols,
  wrongBootCommand,
  variableUnset,
  expandedNever,
  noFallback,
  nameColon,
  legacyImage,
  fitMissing,
  fitUnsigned,
  bootUnsigned,
  signatureIgnored,
  saveWear,
  fdtHigh,
  rawUnchecked,
  fetchedEnvironment,
];
export const shellChecks: readonly ShellCheck[] = [commandMissing, commandAmbiguous];
export const clientChecks: readonly ClientCheck[] = [nameTooLong];
