// Starting a kernel: what is not loaded yet is loaded, then the boot command that its image needs.

import { command, type List, type Word } from "../hush/index.js";
import type { BootStatement } from "../language/index.js";
import { hex, landingOf, servedSize } from "../memory/index.js";
import { companionOf, kernelOf, type Provision } from "../program/index.js";
import { addressWord, loadProvision, sizeVariable } from "./loads.js";
import { type Frame, needs, type State, step } from "./state.js";

export function lowerBoot(statement: BootStatement, state: State, frame: Frame): List {
  const { program, scope, report } = state;
  const { span } = statement;
  const kernel = kernelOf(program, statement.kernel, scope, report);
  const companions = statement.with.map((each) => companionOf(program, each, scope, report));
  if (!kernel || companions.some((each) => !each)) return [];
  const initrd = companions.find((each) => each?.kind === "initrd");
  const dtb = companions.find((each) => each?.kind === "dtb");
  const wanted = [kernel, initrd, dtb].filter(
    (each) => each?.input && !frame.loaded.has(each.name),
  );
  const loads = wanted.flatMap((each) =>
    each ? loadProvision(each, undefined, span, state, frame) : [],
  );
  const placed = frame.loaded.get(kernel.name);
  if (!placed) return loads;
  const load = kernel.load?.address ?? placed.start;
  const landing = landingOf(kernel, state.board, load, placed.start);
  const words: Word[] = [addressWord(placed, state, span)];
  const tree = dtbWord(dtb, state, frame, statement);
  if (initrd) words.push(initrdWord(initrd, state, frame, statement));
  else if (tree) words.push(["-"]);
  if (tree) words.push(tree);
  const what = `boot ${kernel.name}`;
  if (landing.command === "bootm") state.needs.add("images");
  return [
    ...loads,
    ...(dtb?.input || state.board.firmwareDtb === undefined
      ? []
      : needs(state, frame, span, [state.board.firmwareDtb])),
    ...(landing.unpacks === undefined ? [] : unpackingRoom(kernel, state)),
    step(state, frame, span, what, command(landing.command, ...words)),
    // A kernel that was started does not come back, whatever the status says.
    step(state, frame, span, `${what} came back`),
  ];
}

/** The device tree: what was loaded, or what the board's firmware left in memory. */
function dtbWord(
  dtb: Provision | undefined,
  state: State,
  frame: Frame,
  { span }: BootStatement,
): Word | undefined {
  if (dtb?.input) {
    const placed = frame.loaded.get(dtb.name);
    return placed && addressWord(placed, state, span);
  }
  const variable = state.board.firmwareDtb;
  return variable === undefined ? undefined : [{ variable }];
}

function initrdWord(initrd: Provision, state: State, frame: Frame, { span }: BootStatement): Word {
  const placed = frame.loaded.get(initrd.name);
  const address = placed ? addressWord(placed, state, span) : [];
  return initrd.wrapped || initrd.input?.payload.kind === "uimage"
    ? address
    : [...address, ":", { variable: sizeVariable(initrd.name) }];
}

/** `booti` unpacks to kernel_comp_addr_r first; boards without one get a place of ours. */
function unpackingRoom(kernel: Provision, state: State): List {
  const { addresses, kernelCompSize } = state.board;
  const room = state.placement.get(`unpack:${kernel.name}`);
  if (!room) return [];
  // The size is that of the compressed file; ten times as much may come out.
  const fits = (kernelCompSize ?? 0) >= servedSize(kernel);
  return addresses.kernel_comp_addr_r !== room.start || !fits
    ? [
        command("setenv", "kernel_comp_addr_r", hex(room.start)),
        command("setenv", "kernel_comp_size", hex(room.size)),
      ]
    : [];
}
