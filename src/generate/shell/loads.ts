// Loading: `load` and `chain`, and what `boot` loads by itself.

import { commandState } from "../../boards/index.js";
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
import { type Emit, type Frame, needs, quietly, type State, step } from "./state.js";
import { wordFor } from "./words.js";

/** Where something is: a number, and the variable that holds it where one does. */
type Address = Pick<Placed, "start" | "variable">;

/** An address as a word: the variable that holds it, or its digits. */
export function addressWord({ state, span }: Emit, { start, variable }: Address): Word {
  if (variable === undefined) return [hex(start)];
  if (!state.addresses.has(variable)) state.addresses.set(variable, span);
  return [{ variable }];
}

/** The shell variable that holds the size of a loaded file, for what needs it later. */
export const sizeVariable = (name: string) => `ubootc_size_${name.replace(/[^A-Za-z0-9]/g, "_")}`;

/** Where `boot` gets what is not loaded yet. */
export const OVER_TFTP: Origin = { kind: "tftp", span: undefined };

export function lowerLoad(load: LoadStep, emit: Emit): List {
  const loads = emit.state.analysis.momentOf.get(load)?.loads ?? [];
  return loads.flatMap((each) => loadFile(emit, each, load.from));
}

/** Loads a file to where it belongs. */
export function loadFile(emit: Emit, file: InMemory, from: Origin): List {
  const { provision } = file;
  emit.state.fetches(provision.name, rootOf(from));
  const what = `load ${provision.name} (${provision.file})`;
  const address = addressWord(emit, file);
  const list = fetch(emit, what, [provision.file], from, address);
  if (provision.kind !== "initrd" || provision.wrapped) return list;
  const size = assign(sizeVariable(provision.name), [{ variable: "filesize" }]);
  return [...list, quietly(emit, size)];
}

/** Loads a file by its name; the status of `load` says all, that of a transfer that it came to an end. */
export function lowerFetch({ file, to, from }: FetchStep, emit: Emit): List {
  const { state } = emit;
  const [name, address] = [wordFor(file, state.client), wordFor(to, state.client)];
  const what = `load ${textWith(name)}`;
  if (!isStorage(from)) return fetch(emit, what, name, from, address);
  const attempts = attemptsFor(name, from, address, state);
  const scans = scanOf(from).map((scan) => quietly(emit, scan));
  return [
    ...needs(emit, onlyVariables([address, ...storageWords(from, state.client)])),
    ...scans,
    step(emit, what, ...attempts),
  ];
}

/** Words that are a variable and nothing else: without a value the command would be another one. */
const onlyVariables = (words: readonly Word[]) =>
  words.flatMap(([only, ...more]) =>
    typeof only === "object" && more.length === 0 ? [only.variable] : [],
  );

/** A command that the language has a form for, as it is. */
export function lowerCall({ verb, words }: CallStep, emit: Emit): List {
  const { client } = emit.state;
  const all = words.flatMap((each) =>
    "kind" in each ? [...storageWords(each, client)] : [wordFor(each, client)],
  );
  const what = all.map(textWith).join(" ");
  return [
    // What a property is set to may well be empty.
    ...needs(emit, verb === "fdt" ? [] : onlyVariables(all)),
    step(emit, what.slice(0, LONGEST), command(...all)),
  ];
}

/** How much of a command is named when it failed. */
const LONGEST = 60;

/** `word` with its variables as they are written. */
const textWith = (word: Word) =>
  word.map((part) => (typeof part === "string" ? part : `\${${part.variable}}`)).join("");

/** Fetches a file: one attempt a server, then a look whether anything came. */
function fetch(emit: Emit, what: string, file: Word, from: Origin, address: Word): List {
  const attempts = attemptsFor(file, from, address, emit.state);
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
    ...needs(emit, [...variablesOf(from), ...late]),
    ...scanOf(from).map((scan) => quietly(emit, scan)),
    command("setenv", "filesize"),
    step(emit, what, ...attempts),
    step(emit, `${what} is empty`, filled),
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

export function lowerChain(chain: ChainStep, emit: Emit): List {
  const { state, frame } = emit;
  const { from, script } = chain;
  const slot = state.analysis.momentOf.get(chain)?.chained?.slot;
  if (!slot) return [];
  const file = wordFor(chain.file, state.client);
  state.needs.add("images");
  const what = `chain ${script.name} (${textWith(file)})`;
  const address = addressWord(emit, slot);
  // By its configuration: only then is a signature of it looked at (cmd/source.c).
  const runs = containerOf(script, state.board) === "fit" ? [...address, `#${CONFIG}`] : address;
  return [
    ...fetch(emit, what, file, from, address),
    ...looked(emit, what, address),
    step(emit, what, command("source", runs)),
    ...leaving(state, frame),
  ];
}

/** Fails where a checksum of the image at `address` is wrong; nothing where U-Boot cannot look. */
export function looked(emit: Emit, what: string, address: Word): List {
  if (commandState(emit.state.board, "iminfo") === "disabled") return [];
  return [step(emit, `${what} is damaged`, command("iminfo", address))];
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
