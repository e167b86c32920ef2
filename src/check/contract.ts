// What every check is: what it looks at, and where it reports.
import type { Board } from "../boards/index.js";
import type { Report } from "../diagnostics/index.js";
import type { GeneratedScript } from "../generate/index.js";
import type { Analysis, Plan, Run } from "../memory/index.js";
import type { Client } from "../program/index.js";
import type { KernelArguments } from "./arguments.js";

/** Looks at the steps of a script, for a board and all clients that take the same branches. */
export type StepCheck = (analysis: Analysis, report: Report, plan: Plan) => void;

/** Looks at the shell that came out, once for all clients that take the same branches. */
export type ShellCheck = (script: GeneratedScript, report: Report, plan: Plan) => void;

/** Looks at the shell of each client: for what depends on a client's values, and cheap. */
export type ClientCheck = ShellCheck;

/** Looks at what one client's values make of a script, before that is generated. */
export type RunCheck = (run: Run, report: Report, plan: Plan) => void;

/** Who boots a kernel, and what is known then. */
export interface Booting {
  readonly board: Board;
  readonly client?: Client;
  /** Whether an initrd comes with a kernel. */
  readonly initrd: boolean;
}

/** Looks at the arguments of a kernel as one client gets them. */
export type ArgumentCheck = (
  bootargs: KernelArguments,
  boot: Booting,
  report: Report,
  plan: Plan,
) => void;

/** Looks at the flow as a whole. */
export type FlowCheck = (plan: Plan, report: Report) => void;
