// The commands that start a kernel.
import type { Commands } from "../../hush/index.js";
import type { Machine } from "../machine.js";
import { booti, bootz } from "./booti.js";
import { begin, bootm, idle } from "./stages.js";

/** bootm, booti and bootz take the addresses of kernel, ramdisk and tree. */
const WORDS = 4;

export { fitAt } from "./fit.js";
export { printFit } from "./fit-list.js";
export { checkHashes, dataAddress, printImage } from "./fit-print.js";
export { signaturesHold } from "./fit-sign.js";
export { handed } from "./hand-over.js";
export { dateText, formatAt, type LegacyImage, legacyAt, printLegacy, verifies } from "./legacy.js";
export type { LoadedFit } from "./loaded-fit.js";

/** `bootm`, `booti` and `bootz`. */
export function bootCommands(machine: Machine): Commands {
  const progress = idle(machine);
  const command = (boot: (machine: Machine, args: readonly string[]) => number) => ({
    run: (args: readonly string[]) => {
      begin(machine, progress);
      return boot(machine, args);
    },
    maxargs: WORDS,
  });
  return {
    bootm: {
      run: (args) => bootm(machine, args, progress),
      maxargs: machine.board.limits.maxargs,
    },
    booti: command(booti),
    bootz: command(bootz),
  };
}
