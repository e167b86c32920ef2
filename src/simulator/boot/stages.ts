// bootm, whole or in steps: `bootm start`, `loados` and so on leave what the next step goes on with.
// Left out: `preload`, and what a build for tracing does at `fake`. Governed by cmd/bootm.c and
// bootm_run_states in boot/bootm.c.
import { setUpTree } from "../fdt/set-up.js";
import type { Machine } from "../machine.js";
import {
  type FoundParts,
  findParts,
  isLinux,
  type Kernel,
  type Loaded,
  loadKernel,
  unloaded,
} from "./bootm.js";
import type { Found } from "./find.js";
import { treeSize } from "./find.js";
import {
  handOver,
  lacksTree,
  type Moved,
  moveRamdisk,
  moveTree,
  type Start,
  startKernel,
  treeFailed,
} from "./hand-over.js";
import { Regions } from "./regions.js";

/** How far a boot has come: U-Boot's `images`. */
export interface Progress {
  /** The steps that were begun, a bit each. */
  steps: number;
  kernel?: Kernel;
  ramdisk?: Found;
  tree?: Found;
  regions: Regions;
  loaded?: Loaded;
  /** Where they are now. */
  moved: { ramdisk?: Moved; tree?: Moved };
}

type Status = number | "usage";

/** A step, by the bits of include/image.h. */
interface Step {
  readonly bit: number;
  run(machine: Machine, progress: Progress): Status;
  /** Cannot be done without the kernel's system. */
  readonly needsKernel?: true;
}

const START = 1;

const failed = (machine: Machine): number => {
  machine.print("subcommand failed (err=-1)\n");
  return 1;
};

const steps: Readonly<Record<string, Step>> = {
  loados: { bit: 0x8, run: loadSystem },
  ramdisk: { bit: 0x10, run: placeRamdisk },
  fdt: { bit: 0x20, run: placeTree },
  // Nothing for them to do on Arm, RISC-V and x86.
  cmdline: { bit: 0x40, run: failed, needsKernel: true },
  bdt: { bit: 0x80, run: failed, needsKernel: true },
  prep: { bit: 0x100, run: prepare, needsKernel: true },
  fake: { bit: 0x200, run: () => 0, needsKernel: true },
  go: { bit: 0x400, run: go, needsKernel: true },
};

/** `bootm [addr [ramdisk | - [fdt]]]` and `bootm STEP …`, from its arguments. */
export function bootm(machine: Machine, args: readonly string[], progress: Progress): Status {
  const [first] = args;
  if (first !== undefined && !/^(?:0x)?[0-9a-f]*(?:$|[:#])/i.test(first)) {
    return step(machine, args, progress);
  }
  const parts = start(machine, args, progress);
  if (!parts) return 1;
  const { kernel, ramdisk, tree } = parts;
  const loaded = loadKernel(machine, kernel, args.length);
  if (typeof loaded === "number") return loaded;
  if (!isLinux(machine, kernel)) return 1;
  return handOver(machine, { command: "bootm", ...loaded, ramdisk, tree });
}

/** Nothing is begun. */
export const idle = (machine: Machine): Progress => ({
  steps: 0,
  regions: new Regions(machine),
  moved: {},
});

/** Forgets what was begun. */
export function begin(machine: Machine, progress: Progress): void {
  for (const name of ["kernel", "ramdisk", "tree", "loaded"] as const) delete progress[name];
  Object.assign(progress, idle(machine), { steps: START });
}

function start(
  machine: Machine,
  args: readonly string[],
  progress: Progress,
): FoundParts | undefined {
  begin(machine, progress);
  const parts = findParts(machine, args);
  Object.assign(progress, parts);
  return "tree" in parts ? parts : undefined;
}

/** A step by its name, or by the beginning of it when that is clear. */
function step(machine: Machine, args: readonly string[], progress: Progress): Status {
  const [asked = "", ...rest] = args;
  const name = asked.split(".", 1)[0] as string;
  const names = ["start", ...Object.keys(steps)].filter((each) => each.startsWith(name));
  const found = names.find((each) => each === name) ?? (names.length === 1 ? names[0] : undefined);
  if (found === "start") return start(machine, rest, progress) ? 0 : 1;
  const chosen = found === undefined ? undefined : steps[found];
  if (!chosen) return "usage";
  if (progress.steps >= chosen.bit) {
    machine.print("Trying to execute a command out of order\n");
    return "usage";
  }
  progress.steps |= chosen.bit;
  if (!chosen.needsKernel) return chosen.run(machine, progress);
  if (!progress.kernel) {
    machine.print("ERROR: booting os 'Invalid OS' (0) is not supported\n");
    return 1;
  }
  return isLinux(machine, progress.kernel) ? chosen.run(machine, progress) : 1;
}

function loadSystem(machine: Machine, progress: Progress): number {
  if (!progress.kernel) {
    // Nothing is loaded to where nothing lies.
    machine.print("   XIP Invalid Image\n");
    return 0;
  }
  const loaded = loadKernel(machine, progress.kernel, 0);
  if (typeof loaded === "number") return loaded;
  progress.loaded = loaded;
  progress.regions.reserve(loaded.kernel.address, loaded.occupies);
  return 0;
}

function placeRamdisk(machine: Machine, progress: Progress): number {
  const { ramdisk, regions } = progress;
  if (!ramdisk) {
    for (const name of ["initrd_start", "initrd_end"]) machine.environment.set(name, "0");
    return 0;
  }
  const moved = moveRamdisk(machine, regions, ramdisk);
  if (moved === "failed") return 1;
  progress.moved.ramdisk = moved;
  return 0;
}

function placeTree(machine: Machine, progress: Progress): number {
  const tree = progress.moved.tree ?? progress.tree;
  if (!tree) return 0;
  const moved = moveTree(machine, progress.regions, tree);
  if (moved === "failed") return 1;
  progress.moved.tree = moved;
  return 0;
}

/** The tree in its last place, with what the kernel is told in it. */
function prepare(machine: Machine, progress: Progress): number {
  if (!progress.tree) return lacksTree(machine) ? 1 : 0;
  if (placeTree(machine, progress) !== 0) return treeFailed(machine);
  setUpTree(machine, progress.moved.ramdisk);
  return 0;
}

function go(machine: Machine, progress: Progress): number {
  const { kernel, ramdisk, tree, moved } = progress;
  if (!kernel) return 1;
  const begun: Start = {
    command: "bootm",
    ...(progress.loaded ?? unloaded(kernel)),
    ramdisk,
    tree,
  };
  const place = moved.tree ?? tree;
  if (!place) {
    machine.print("\nStarting kernel ...\n\n");
    machine.end({ kind: "hang", why: "there is no device tree" });
    return 1;
  }
  const now = { address: place.address, size: treeSize(machine, place.address) };
  startKernel(machine, begun, moved.ramdisk, now, "own command line");
  return 0;
}
