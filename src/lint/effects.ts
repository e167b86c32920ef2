// What a command changes of what is known, when it works and when it does not. Commands that are not
// here change nothing that the rules look at.
import type { Board } from "../boards/index.js";
import type { ScriptCommand } from "./command.js";
import { isBoot, loadForm } from "./commands.js";
import { forgetting, type Loaded, type State, withFilled, withVariable } from "./state.js";
import { addressOf, expanded, valueIn } from "./values.js";

/** What is known after a command. Undefined: nothing comes there. */
export interface Outcome {
  readonly success: State | undefined;
  readonly failure: State | undefined;
}

type Effect = (command: ScriptCommand, before: State, read: boolean, board?: Board) => Outcome;

const both = (state: State): Outcome => ({ success: state, failure: state });

const setenv: Effect = ({ args }, before) => {
  const [name, ...values] = args.filter((each, index) => index > 0 || !/^-f$/.test(each.text));
  if (!name) return both(before);
  const value = values.length === 0 ? { text: "" } : valueIn(values, before);
  const state = withVariable(before, name.text, value);
  const server = /^(?:tftp)?serverip$/.test(name.text) ? { own: true } : before.server;
  return { success: { ...state, server }, failure: { ...state, server } };
};

const env: Effect = (command, before, read, board) => {
  const [first, ...rest] = command.args;
  if (first?.text === "set") return setenv({ ...command, args: rest }, before, read, board);
  if (first?.text === "import" || first?.text === "default") return both(forgetting(before));
  return both(before);
};

/** What leaves a result in the variable of its first word: a number, so it is not empty. */
const calculate: Effect = ({ args: [name] }, before) =>
  both(name ? withVariable(before, name.text, { text: undefined, filled: "calculated" }) : before);

/** What a person is asked for, which can be nothing. */
const ask: Effect = ({ args: [name] }, before) =>
  both(name ? withVariable(before, name.text, { text: undefined }) : before);

/** `part uuid mmc 0:1 NAME` and its kind. */
const inLastWord: Effect = ({ args }, before) => {
  const name = args.length > 2 ? args.at(-1) : undefined;
  return both(name ? withVariable(before, name.text, { text: undefined }) : before);
};

const getValue: Effect = ({ args: [kind, , name] }, before) =>
  both(
    kind?.text === "get" && name ? withVariable(before, name.text, { text: undefined }) : before,
  );

const dhcp: Effect = (command, before, read, board) => {
  const told = { ...before, server: { dhcp: command, own: false } };
  return load(command, told, read, board);
};

const load: Effect = (command, before, read, board) => {
  const texts = command.args.map(({ text }) => text);
  const form = loadForm(command.name, texts);
  if (!form) return both(before);
  // A single word that is no address is a file, and goes to where `loadaddr` says.
  const only =
    texts.length === 1 && form.file === 1 && !/^(?:\$\{.*\}|[0-9a-fx]+)$/i.test(texts[0] ?? "");
  const address = only ? "${loadaddr}" : (texts[form.address] ?? "${loadaddr}");
  const file = only ? texts[0] : form.file === undefined ? undefined : texts[form.file];
  const { key } = addressOf(address, before, board);
  const name = file === undefined ? {} : { file: expanded(file, before) };
  const loaded: Loaded = { command, key, ...name, over: form.over, unread: !read };
  const success = {
    ...withVariable(before, "filesize", { text: undefined }),
    memory: new Map(before.memory).set(key, [loaded]),
    last: [loaded],
  };
  // Who does not ask whether it worked takes `filesize` for the size of this file all the same.
  return { success, failure: { ...before, last: read ? before.last : [loaded] } };
};

/** What looks at memory, or at what a transfer left: then somebody has asked. */
const look: Effect = ({ args }, before, read, board) => {
  if (!read) return both(before);
  const words = args.flatMap(({ text }) => (text.startsWith("-") ? [] : [text.replace(/^\*/, "")]));
  const keys = new Set(words.map((text) => addressOf(text, before, board).key));
  const asksSize = words.some((text) => /\$\{file(?:size|addr)\}/.test(text));
  const seen = (loaded: Loaded) =>
    loaded.unread && (keys.has(loaded.key) || (asksSize && before.last?.includes(loaded)));
  const memory = new Map(
    [...before.memory].map(([key, all]) => [
      key,
      all.map((each) => (seen(each) ? { ...each, unread: false } : each)),
    ]),
  );
  return asked(args, { ...before, memory });
};

/** `test -n "${v}"` and `test -z "${v}"` say on which side `v` is not empty. */
function asked([operator, word, ...more]: ScriptCommand["args"], state: State): Outcome {
  const name = /^\$\{([^}]*)\}$/.exec(word?.text ?? "")?.[1];
  if (name === undefined || more.length > 0) return both(state);
  const filled = withFilled(state, name);
  if (operator?.text === "-n") return { success: filled, failure: state };
  return operator?.text === "-z" ? { success: state, failure: filled } : both(state);
}

const leave: Effect = () => ({ success: undefined, failure: undefined });

const effects: Readonly<Record<string, Effect>> = {
  setenv,
  env,
  setexpr: calculate,
  askenv: ask,
  part: inLastWord,
  fstype: inLastWord,
  fsuuid: inLastWord,
  fdt: (command, before, read, board) =>
    command.args[0]?.text === "addr"
      ? look(command, before, read, board)
      : getValue(command, before, read),
  dhcp,
  bootp: dhcp,
  source: (_, before) => both(forgetting(before)),
  true: (_, before) => ({ success: before, failure: undefined }),
  false: (_, before) => ({ success: undefined, failure: before }),
  reset: leave,
  poweroff: leave,
  exit: leave,
  test: look,
  itest: look,
  iminfo: look,
  crc32: look,
  hash: look,
  sha256sum: look,
  sha1sum: look,
  md5sum: look,
  size: (_, before) =>
    both({ ...withVariable(before, "filesize", { text: undefined }), last: undefined }),
  unzip: (_, before) => both({ ...before, last: undefined }),
};

/** What `command` makes of `before`. `read`: whether somebody looks at its status. */
export const effectOf: Effect = (command, before, read, board) => {
  const { name, args } = command;
  // A command from a variable can be any.
  if (name === "") return both(forgetting(before));
  if (isBoot(name)) return { success: undefined, failure: before };
  const effect = Object.hasOwn(effects, name) ? effects[name] : undefined;
  if (effect) return effect(command, before, read, board);
  const texts = args.map(({ text }) => text);
  return loadForm(name, texts) ? load(command, before, read, board) : both(before);
};
