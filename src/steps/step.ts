// A script as it is for one board, and for all clients that take the same branches: references are
// the things themselves, values are read, devices and addresses taken apart, and what is known when
// compiling is decided. Values of clients stay open in wordings. Reading made sure that nothing in
// here is wrong by itself; whether it can boot is for the checks.
import type { Span } from "../diagnostics/index.js";
import type { ParsedScript } from "../hush/index.js";
import type { CallVerb } from "../language/index.js";
import type {
  FitConfig,
  Nfsroot,
  Provision,
  Script,
  VariablePart,
  Wording,
} from "../program/index.js";

/** An address written in the flow, and the variable that holds it where it was written as one. */
export interface Target {
  readonly address: number;
  readonly span: Span;
  readonly variable?: string;
}

/** A number of a device or partition: known, or what the board has in a variable, in hexadecimal. */
export type DeviceNumber = number | VariablePart;

/** A device with partitions. */
export type Storage =
  /** Wherever the running script came from. */
  | { readonly kind: "sdcard"; readonly span: Span | undefined }
  | {
      readonly kind: "mmc" | "virtio" | "usb" | "nvme" | "sata";
      readonly span: Span;
      readonly device: DeviceNumber;
      /** Undefined: the first that U-Boot takes for bootable. */
      readonly partition?: DeviceNumber;
    }
  /** As the board names it: interface, and number with or without a partition. */
  | {
      readonly kind: "device";
      readonly span: Span;
      readonly interface: Wording;
      readonly place: Wording;
    };

/** Where a file comes from. */
export type Origin =
  | Storage
  /** `server`: not one of the flow's, but what the board has for it. */
  | { readonly kind: "tftp"; readonly span: Span | undefined; readonly server?: Wording }
  | { readonly kind: "http" | "nfs"; readonly span: Span; readonly folder?: Wording };

/** Something that a step names, and where. */
export interface Named {
  readonly provision: Provision;
  readonly span: Span;
}

/** One of the kernel's arguments, or several that belong together. */
export type KernelArgument =
  | { readonly type: "text"; readonly span: Span; readonly key?: string; readonly value: Wording }
  | {
      readonly type: "nfsroot";
      readonly span: Span;
      readonly root: Nfsroot;
      readonly dhcp: boolean;
    };

/** What the board decides on. */
export type Condition = { readonly span: Span } & (
  | { readonly type: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly type: "not"; readonly inner: Condition }
  | { readonly type: "defined"; readonly name: string }
  | { readonly type: "exists"; readonly file: Wording; readonly device: Storage }
  | {
      readonly type: "compare";
      readonly operator: Comparison;
      readonly left: Wording;
      readonly right: Wording;
    }
  /** Something is wrong with it, which was said. */
  | { readonly type: "broken" }
);

/** How two values are compared: the first two as texts, the others as numbers. */
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

export type Steps = readonly Step[];

interface StepOf<T extends string> {
  readonly type: T;
  readonly span: Span;
}

export interface NetworkStep extends StepOf<"network"> {
  /** By the variables of U-Boot. */
  readonly settings: readonly { readonly variable: string; readonly value: Wording }[];
}
export interface PingStep extends StepOf<"ping"> {
  readonly host: Wording;
}
export interface LoadStep extends StepOf<"load"> {
  readonly provision: Provision;
  readonly to?: Target;
  readonly from: Origin;
}
export interface FetchStep extends StepOf<"fetch"> {
  readonly file: Wording;
  readonly to: Wording;
  readonly from: Origin;
}
export interface CallStep extends StepOf<"call"> {
  readonly verb: CallVerb;
  /** The command and its words. */
  readonly words: readonly (Wording | Storage)[];
}
export interface ChainStep extends StepOf<"chain"> {
  readonly script: Script;
  /** The name the board asks for. */
  readonly file: Wording;
  readonly to?: Target;
  readonly from: Origin;
}
export interface BootStep extends StepOf<"boot"> {
  readonly kernel: Named;
  /** What is started: the kernel, or the FIT that is made for it. */
  readonly started: Provision;
  /** Of a FIT. */
  readonly config?: FitConfig;
  readonly companions: readonly Named[];
}
export interface BootargsStep extends StepOf<"bootargs"> {
  readonly arguments: readonly KernelArgument[];
}
export interface SetStep extends StepOf<"set"> {
  readonly name: string;
  /** A variable of the shell, and not of the environment. */
  readonly local?: true;
  readonly value: Wording;
}
export interface UnsetStep extends StepOf<"unset"> {
  readonly name: string;
}
export interface IfStep extends StepOf<"if"> {
  readonly condition: Condition;
  readonly body: Steps;
  readonly otherwise: Steps;
}
export interface TryStep extends StepOf<"try"> {
  readonly body: Steps;
  readonly next: Steps;
  readonly otherwise: Steps;
}
export interface RetryStep extends StepOf<"retry"> {
  /** Undefined: for ever. */
  readonly count?: number;
  /** Between two attempts, ms. */
  readonly pause?: number;
  readonly body: Steps;
}
export interface EachStep extends StepOf<"each"> {
  readonly name: string;
  /** Words, separated by spaces; the board splits what is in a variable. */
  readonly values: readonly Wording[];
  readonly body: Steps;
}
export interface PrintStep extends StepOf<"print"> {
  readonly text: Wording;
}
export interface SleepStep extends StepOf<"sleep"> {
  /** In ms. */
  readonly duration: number;
}
export interface RunStep extends StepOf<"run"> {
  readonly name: string;
}
export interface FailStep extends StepOf<"fail"> {
  readonly text: Wording;
}
export interface UbootStep extends StepOf<"uboot"> {
  readonly line: Wording;
  /** The line as the old shell reads it, with a `_` for each value of a client. */
  readonly parsed: ParsedScript;
  /** More than one command, or a compound one. */
  readonly compound: boolean;
}
export type PlainStep = StepOf<"dhcp" | "save" | "reset" | "poweroff" | "shell">;
/** A statement that cannot be read, which was said: nothing is known of what it does. */
export type BrokenStep = StepOf<"broken">;

/** One statement of the language, read. */
export type Step =
  | PlainStep
  | NetworkStep
  | PingStep
  | LoadStep
  | FetchStep
  | CallStep
  | ChainStep
  | BootStep
  | BootargsStep
  | SetStep
  | UnsetStep
  | IfStep
  | TryStep
  | RetryStep
  | EachStep
  | PrintStep
  | SleepStep
  | RunStep
  | FailStep
  | UbootStep
  | BrokenStep;
