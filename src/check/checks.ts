// All checks, in the order they run. One file per fault, which has the fault's code for its name.
// A check reads and reports; it never decides what is generated.
import type { Report } from "../diagnostics/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { Analysis, Plan } from "../memory/index.js";
import { dtbReserved } from "./dtb-reserved.js";
import { kernelOverlap } from "./kernel-overlap.js";
import { kernelOverwrites } from "./kernel-overwrites.js";
import { kernelTooLarge } from "./kernel-too-large.js";
import { littleHeadroom } from "./little-headroom.js";
import { outsideMemory } from "./outside-memory.js";
import { regionOverlap } from "./region-overlap.js";
import { relocationOverwrites } from "./relocation-overwrites.js";

/** Looks at the steps of a script, for a board and all clients that take the same branches. */
export type StepCheck = (analysis: Analysis, report: Report, plan: Plan) => void;

/** Looks at the shell that came out, once for all clients that take the same branches. */
export type ShellCheck = (script: GeneratedScript, report: Report, plan: Plan) => void;

/** Looks at the shell of each client: for what depends on a client's values, and cheap. */
export type ClientCheck = ShellCheck;

/** Looks at the flow as a whole. */
export type FlowCheck = (plan: Plan, report: Report) => void;

export const flowChecks: readonly FlowCheck[] = [];
export const stepChecks: readonly StepCheck[] = [
  outsideMemory,
  regionOverlap,
  kernelOverlap,
  kernelOverwrites,
  kernelTooLarge,
  relocationOverwrites,
  dtbReserved,
  littleHeadroom,
];
export const shellChecks: readonly ShellCheck[] = [];
export const clientChecks: readonly ClientCheck[] = [];
