// Loading: `load` and `chain`, and what `boot` loads by itself.

import { commandState } from "../../boards/index.js";
import type { Span } from "../../diagnostics/index.js";
import { assign, command, type List, type Simple, type Word, when } from "../../hush/index.js";
import { hex, type InMemory, type Placed } from "../../memory/index.js";
import { containerOf } from "../../program/index.js";
import {
  type ChainStep,
  isStorage,
  type LoadStep,
  type Origin,
  rootOf,
} from "../../steps/index.js";
import { CONFIG } from "../script-image.js";
import { scanOf, storageWords, variablesOf } from "./devices.js";
import { type Frame, needs, quietly, type State, step } from "./state.js";
import { wordFor } from "./words.js";

/** Where something is: a number, and the variable that holds it where one does. */
type Address = Pick<Placed, "start" | "variable">;

/** An address as a word: the variable that holds it, or its digits. */
export function addressWord({ start, variable }: Address, state: State, span: Span): Word {
  if (variable === undefined) return [hex(start)];
  if (!state.addresses.has(variable)) state.addresses.set(variable, span);
  return [{ variable }];
}

/** The shell variable that holds the size of a loaded file, for what needs it later. */
export const sizeVariable = (name: string) => `ubootc_size_${name.replace(/[^A-Za-z0-9]/g, "_")}`;

/** Where `boot` gets what is not loaded yet. */
export const OVER_TFTP: Origin = { kind: "tftp", span: undefined };

export function lowerLoad(load: LoadStep, state: State, frame: Frame): List {
  const loads = state.analysis.momentOf.get(load)?.loads ?? [];
  return loads.flatMap((each) => loadFile(each, load.from, load.span, state, frame));
}

/** Loads a file to where it belongs. */
export function loadFile(
  file: InMemory,
  from: Origin,
  span: Span,
  state: State,
  frame: Frame,
): List {
  const { provision } = file;
  state.fetches(provision.name, rootOf(from));
  const what = `load ${provision.name} (${provision.file})`;
  const list = fetch([provision.file], from, file, what, span, state, frame);
  if (provision.kind !== "initrd" || provision.wrapped) return list;
  const size = assign(sizeVariable(provision.name), [{ variable: "filesize" }]);
  return [...list, quietly(state, frame, span, size)];
}

/** Fetches a file: one attempt a server, then a look whether anything came. */
function fetch(
  file: Word,
  from: Origin,
  placed: Address,
  what: string,
  span: Span,
  state: State,
  frame: Frame,
): List {
  const attempts = attemptsFor(file, from, placed, span, state);
  const late = file.flatMap((part) => (typeof part === "string" ? [] : [part.variable]));
  // An empty file is a success that leaves the size of the file before (net/tftp.c).
  const filled = command(
    "test",
    "-n",
    [{ variable: "filesize" }],
    "-a",
    [{ variable: "filesize" }],
    "!=",
    "0",
  );
  return [
    ...needs(state, frame, span, [...variablesOf(from), ...late]),
    ...scanOf(from).map((scan) => quietly(state, frame, span, scan)),
    command("setenv", "filesize"),
    step(state, frame, span, what, ...attempts),
    step(state, frame, span, `${what} is empty`, filled),
  ];
}

function attemptsFor(
  file: Word,
  from: Origin,
  placed: Address,
  span: Span,
  state: State,
): readonly Simple[] {
  const address = addressWord(placed, state, span);
  if (isStorage(from)) {
    // boot.scr can be in / or in /boot/: what belongs to it is where it is.
    const prefix: Word = from.kind === "sdcard" ? [{ variable: "prefix" }] : [];
    return [command("load", ...storageWords(from), address, [...prefix, ...file])];
  }
  state.needs.add("network");
  if (from.kind === "tftp") state.needs.add("tftp");
  const folder = "folder" in from && from.folder ? wordFor(from.folder, state.client) : [];
  const lwip = state.board.net.stack === "lwip";
  return state.servers.map((server) => {
    switch (from.kind) {
      case "http":
        return lwip
          ? command("wget", address, [`http://${server}`, ...folder, "/", ...file])
          : command("wget", address, [`${server}:`, ...folder, "/", ...file]);
      case "nfs":
        return command("nfs", address, [`${server}:`, ...folder, "/", ...file]);
      default:
        return command("tftpboot", address, [`${server}:`, ...file]);
    }
  });
}

export function lowerChain(chain: ChainStep, state: State, frame: Frame): List {
  const { span, from, script } = chain;
  const slot = state.analysis.momentOf.get(chain)?.chained?.slot;
  if (!slot) return [];
  const file = wordFor(chain.file, state.client);
  state.needs.add("images");
  const shown = file.map((part) => (typeof part === "string" ? part : `\${${part.variable}}`));
  const what = `chain ${script.name} (${shown.join("")})`;
  const address = addressWord(slot, state, span);
  // By its configuration: only then is a signature of it looked at (cmd/source.c).
  const runs = containerOf(script, state.board) === "fit" ? [...address, `#${CONFIG}`] : address;
  return [
    ...fetch(file, from, slot, what, span, state, frame),
    ...looked(what, address, span, state, frame),
    step(state, frame, span, what, command("source", runs)),
    ...leaving(state, frame),
  ];
}

/** Fails where a checksum of the image at `address` is wrong; nothing where U-Boot cannot look. */
export function looked(what: string, address: Word, span: Span, state: State, frame: Frame): List {
  if (commandState(state.board, "iminfo") === "disabled") return [];
  return [step(state, frame, span, `${what} is damaged`, command("iminfo", address))];
}

/** Set by a script that went for the prompt: whoever called it does not go on either. */
export const LEAVING = "ubootc_shell";

function leaving(state: State, frame: Frame): List {
  if (!state.leaves) return [];
  return [when(command("test", [{ variable: LEAVING }], "=", "yes"), leaveAll(frame))];
}

/** Makes every block around fail for good, so that nothing more runs. */
export function leaveAll(frame: Frame): List {
  const frames: Frame[] = [];
  for (let each: Frame | undefined = frame; each; each = each.outer) frames.push(each);
  return frames.map((each) => {
    each.dirty = true;
    return assign(each.flag, "shell");
  });
}
