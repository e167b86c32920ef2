// All rules, in the order they run. One file per fault, which has the fault's code for its name. A rule
// reads and reports.
import { addressNamed } from "./address-name.js";
import { addressReused } from "./address-reused.js";
import { bootWithoutDtb } from "./boot-without-dtb.js";
import { commandAmbiguous } from "./command-ambiguous.js";
import { commandMissing } from "./command-missing.js";
import { commandUnknown } from "./command-unknown.js";
import { dhcpAutoload } from "./dhcp-autoload.js";
import { environmentLineEnds } from "./environment-line-ends.js";
import { expandedEarly } from "./expanded-early.js";
import { expandedNever } from "./expanded-never.js";
import { fdtHigh } from "./fdt-high.js";
import { fetchedEnvironment } from "./fetched-environment.js";
import { fileMissing } from "./file-missing.js";
import { filesizeProof } from "./filesize-proof.js";
import { filesizeStale } from "./filesize-stale.js";
import { forQuoted } from "./for-quoted.js";
import { foreignShell } from "./foreign-shell.js";
import { initrdHigh } from "./initrd-high.js";
import { initrdSize } from "./initrd-size.js";
import { kernelOverlap } from "./kernel-overlap.js";
import { kernelOverwrites } from "./kernel-overwrites.js";
import { legacyImage } from "./legacy-image.js";
import { lineEnds } from "./line-ends.js";
import { localShadowed } from "./local-shadowed.js";
import { nameTooLong } from "./name-too-long.js";
import { nfsUdp } from "./nfs-udp.js";
import { numberBase } from "./number-base.js";
import { outsideMemory } from "./outside-memory.js";
import { overlaySymbols } from "./overlay-symbols.js";
import { partUnchecked } from "./part-unchecked.js";
import { payloads } from "./payloads.js";
import { regionOverlap } from "./region-overlap.js";
import { rootUnreachable } from "./root-unreachable.js";
import type { Rule } from "./rule.js";
import { saveWear } from "./save-wear.js";
import { scriptSyntax } from "./script-syntax.js";
import { scriptTooLarge } from "./script-too-large.js";
import { serverAmbient } from "./server-ambient.js";
import { setenvName } from "./setenv-name.js";
import { shellDialect } from "./shell-dialect.js";
import { sleepUnit } from "./sleep-unit.js";
import { sourceAddress } from "./source-address.js";
import { statusIgnored } from "./status-ignored.js";
import { strayCharacter } from "./stray-character.js";
import { testFile } from "./test-file.js";
import { testOperator } from "./test-operator.js";
import { testUnquoted } from "./test-unquoted.js";
import { tooManyArguments } from "./too-many-arguments.js";
import { unpackPlace } from "./unpack-place.js";
import { variableUnset } from "./variable-unset.js";
import { wrongBootCommand } from "./wrong-boot-command.js";

/** Of the text. What they find makes the others guess. */
export const textRules: readonly Rule[] = [
  legacyImage,
  scriptTooLarge,
  lineEnds,
  strayCharacter,
  scriptSyntax,
];

/** Of the commands, one by one and in their order. */
export const commandRules: readonly Rule[] = [
  foreignShell,
  commandUnknown,
  commandMissing,
  commandAmbiguous,
  statusIgnored,
  testUnquoted,
  forQuoted,
  numberBase,
  serverAmbient,
  shellDialect,
  testOperator,
  testFile,
  setenvName,
  sleepUnit,
  addressNamed,
  dhcpAutoload,
  partUnchecked,
  filesizeProof,
  bootWithoutDtb,
  filesizeStale,
  initrdSize,
  wrongBootCommand,
  payloads,
  fileMissing,
  overlaySymbols,
  environmentLineEnds,
  unpackPlace,
  sourceAddress,
  addressReused,
  fdtHigh,
  initrdHigh,
  saveWear,
  fetchedEnvironment,
  expandedEarly,
  expandedNever,
  localShadowed,
  variableUnset,
  tooManyArguments,
  nameTooLong,
  rootUnreachable,
  nfsUdp,
  outsideMemory,
  regionOverlap,
  kernelOverlap,
  kernelOverwrites,
];
