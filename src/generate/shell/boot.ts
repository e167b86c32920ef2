// Starting a kernel: what is not loaded yet is loaded, then the boot command that its image needs.

import { hex } from "../../ground/index.js";
import { command, type List, literal, variable, type Word } from "../../hush/index.js";
import type { InMemory, Landing, Moment, Placed, Start } from "../../memory/index.js";
import type { FitConfig } from "../../program/index.js";
import type { BootStep } from "../../steps/index.js";
import { addressWord, loadFile, looked, OVER_TFTP, sizeVariable } from "./loads.js";
import { type Emit, needs, type State, step } from "./state.js";

export function lowerBoot(boot: BootStep, emit: Emit): List {
  const { state } = emit;
  const moment = state.analysis.momentOf.get(boot);
  if (!moment?.start) return [];
  if (moment.start.config) return bootFit(moment, moment.start.config, emit);
  const { kernel, landing, initrd, dtb, unpack } = moment.start;
  const { firmwareDtb } = state.board;
  const words: Word[] = [addressWord(emit, kernel)];
  if (initrd) words.push(...initrdWords(initrd, landing, emit));
  const tree = dtb ? addressWord(emit, dtb) : firmwareDtb && variable(firmwareDtb);
  if (tree && !initrd) words.push(literal("-"));
  if (tree) words.push(tree);
  const what = `boot ${kernel.provision.name}`;
  if (landing.command === "bootm") state.needs.add("images");
  return [
    ...moment.loads.flatMap((each) => loadFile(emit, each, OVER_TFTP)),
    ...(dtb ? overlaySteps(moment.start, dtb, emit) : []),
    ...(dtb || !firmwareDtb ? [] : needs(emit, [firmwareDtb])),
    ...(unpack ? unpackingRoom(kernel, unpack, state) : []),
    step(emit, what, command(landing.command, ...words)),
    // A kernel that was started does not come back, whatever the status says.
    step(emit, `${what} came back`),
  ];
}

/** Starts a configuration of a FIT; everything else is in there, but perhaps for the tree. */
function bootFit({ loads, start }: Moment, config: FitConfig, emit: Emit): List {
  const { state } = emit;
  if (!start) return [];
  const { kernel, initrd, dtb } = start;
  const { firmwareDtb } = state.board;
  const at = [...addressWord(emit, kernel), `#${config.name}`];
  const tree = dtb ? undefined : firmwareDtb;
  const others = tree === undefined ? [] : [initrd ? at : "-", variable(tree)];
  const what = `boot ${kernel.provision.name} (${config.name})`;
  state.needs.add("images");
  return [
    ...loads.flatMap((each) => loadFile(emit, each, OVER_TFTP)),
    ...(tree === undefined ? [] : needs(emit, [tree])),
    // An overlay with a wrong hash is left out by bootm, which goes on (boot_get_fdt_fit).
    ...(config.overlays.length > 0 ? looked(emit, what, addressWord(emit, kernel)) : []),
    step(emit, what, command("bootm", at, ...others)),
    step(emit, `${what} came back`),
  ];
}

/** Applies the overlays to the tree in memory: what fails ruins it, so nothing is started then. */
function overlaySteps({ overlays, grows }: Start, tree: InMemory, emit: Emit): List {
  if (overlays.length === 0) return [];
  const { name } = tree.provision;
  const address = addressWord(emit, tree);
  return [
    step(emit, `fdt addr ${name}`, command("fdt", "addr", address)),
    step(emit, `fdt resize ${name}`, command("fdt", "resize", hex(grows))),
    ...overlays.map((each) => {
      const what = `fdt apply ${each.provision.name} to ${name}`;
      const overlay = addressWord(emit, each);
      return step(emit, what, command("fdt", "apply", overlay));
    }),
  ];
}

/** An initrd without a header is given with its size, as it was when it was loaded. */
function initrdWords(initrd: InMemory, { command }: Landing, emit: Emit): Word[] {
  const { provision } = initrd;
  const address = addressWord(emit, initrd);
  if (provision.wrapped || provision.input?.payload.kind === "uimage") return [address];
  const size = { variable: sizeVariable(provision.name) };
  // zboot takes the size of the kernel as well, which 0 leaves to its header (cmd/x86/zboot.c).
  return command === "zboot" ? [literal("0"), address, [size]] : [[...address, ":", size]];
}

/** `booti` unpacks to kernel_comp_addr_r first; boards without one get a place of ours. */
function unpackingRoom({ size }: InMemory, unpack: Placed, { board }: State): List {
  // The size is that of the compressed file; ten times as much may come out.
  const fits = (board.kernelCompSize ?? 0) >= size;
  return board.addresses.kernel_comp_addr_r !== unpack.start || !fits
    ? [
        command("setenv", "kernel_comp_addr_r", hex(unpack.start)),
        command("setenv", "kernel_comp_size", hex(unpack.size)),
      ]
    : [];
}
