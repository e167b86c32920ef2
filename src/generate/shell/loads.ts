// Loading: `load` and `chain`, and what `boot` loads by itself.

import { commandState } from "../../boards/index.js";
import type { Span } from "../../diagnostics/index.js";
import { hex } from "../../ground/index.js";
import { assign, command, type List, type Simple, type Word, when } from "../../hush/index.js";
import type { InMemory, Placed } from "../../memory/index.js";
import { containerOf } from "../../program/index.js";
import {
  type CallStep,
  type ChainStep,
  type FetchStep,
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
  const address = addressWord(file, state, span);
  const list = fetch([provision.file], from, address, what, span, state, frame);
  if (provision.kind !== "initrd" || provision.wrapped) return list;
  const size = assign(sizeVariable(provision.name), [{ variable: "filesize" }]);
  return [...list, quietly(state, frame, span, size)];
}

/** Loads a file by its name; the status of `load` says all, that of a transfer that it came to an end. */
export function lowerFetch({ file, to, from, span }: FetchStep, state: State, frame: Frame): List {
  const [name, address] = [wordFor(file, state.client), wordFor(to, state.client)];
  const what = `load ${textWith(name)}`;
  if (!isStorage(from)) return fetch(name, from, address, what, span, state, frame);
  const attempts = attemptsFor(name, from, address, state);
  const scans = scanOf(from).map((scan) => quietly(state, frame, span, scan));
  return [
    ...needs(state, frame, span, onlyVariables([address, ...storageWords(from, state.client)])),
    ...scans,
    step(state, frame, span, what, ...attempts),
  ];
}

/** Words that are a variable and nothing else: without a value the command would be another one. */
const onlyVariables = (words: readonly Word[]) =>
  words.flatMap(([only, ...more]) =>
    typeof only === "object" && more.length === 0 ? [only.variable] : [],
  );

/** A command that the language has a form for, as it is. */
export function lowerCall({ verb, words, span }: CallStep, state: State, frame: Frame): List {
  const { client } = state;
  const all = words.flatMap((each) =>
    "kind" in each ? [...storageWords(each, client)] : [wordFor(each, client)],
  );
  const what = all.map(textWith).join(" ");
  return [
    // What a property is set to may well be empty.
    ...needs(state, frame, span, verb === "fdt" ? [] : onlyVariables(all)),
    step(state, frame, span, what.slice(0, LONGEST), command(...all)),
  ];
}

/** How much of a command is named when it failed. */
const LONGEST = 60;

/** `word` with its variables as they are written. */
const textWith = (word: Word) =>
  word.map((part) => (typeof part === "string" ? part : `\${${part.variable}}`)).join("");

/** Fetches a file: one attempt a server, then a look whether anything came. */
function fetch(
  file: Word,
  from: Origin,
  address: Word,
  what: string,
  span: Span,
  state: State,
  frame: Frame,
): List {
  const attempts = attemptsFor(file, from, address, state);
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

function attemptsFor(file: Word, from: Origin, address: Word, state: State): readonly Simple[] {
  if (isStorage(from)) {
    // boot.scr can be in / or in /boot/: what belongs to it is where it is.
    const prefix: Word = from.kind === "sdcard" ? [{ variable: "prefix" }] : [];
    const place = storageWords(from, state.client);
    return [command("load", ...place, address, [...prefix, ...file])];
  }
  state.needs.add("network");
  if (from.kind === "tftp") state.needs.add("tftp");
  const folder = "folder" in from && from.folder ? wordFor(from.folder, state.client) : [];
  const lwip = state.board.net.stack === "lwip";
  if (from.kind === "tftp" && from.server) {
    const server = wordFor(from.server, state.client);
    return [command("tftpboot", address, [...server, ":", ...file])];
  }
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
  const what = `chain ${script.name} (${textWith(file)})`;
  const address = addressWord(slot, state, span);
  // By its configuration: only then is a signature of it looked at (cmd/source.c).
  const runs = containerOf(script, state.board) === "fit" ? [...address, `#${CONFIG}`] : address;
  return [
    ...fetch(file, from, address, what, span, state, frame),
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
