// Single commands of a script as statements of a flow.
import type { SimpleCommand } from "../hush/index.js";
import {
  type Argument,
  commandOf,
  type Locate,
  loadForm,
  type ScriptCommand,
} from "../lint/index.js";
import { bootargsText } from "./bootargs.js";
import { conditionText, negated } from "./conditions.js";
import { type Found, originOf } from "./found.js";
import { addressText, deviceText, fileText, plainValue, valueText } from "./words.js";

/** What a command became. */
export interface Statement {
  readonly lines: readonly string[];
  /** Whether it can fail: then a script that does not look at its status goes on. */
  readonly fails: boolean;
  /** Whether a kernel is started, or a part of one loaded for it. */
  readonly starts?: "boot" | "load";
}

/** What writing needs to know. */
export interface Importing {
  readonly text: string;
  readonly locate: Locate;
  /** Files that become declarations; undefined: all loads stay at the addresses of the script. */
  readonly found: Found | undefined;
  readonly comments: readonly { readonly start: number; readonly text: string }[];
  /** Variables that have a value by the time something is started. */
  readonly known: ReadonlySet<string>;
  /** Whether it matters which file system a file is on. */
  readonly mixed: boolean;
  /** Whether the kernel's root is on the server: then it is declared. */
  readonly nfsroot: boolean;
}

const sure = (...lines: readonly string[]): Statement => ({ lines, fails: false });
const risky = (...lines: readonly string[]): Statement => ({ lines, fails: true });

/** The statement for `node`; undefined when there is none. */
export function statementFor(node: SimpleCommand, importing: Importing): Statement | undefined {
  const { assignments, command } = commandOf(node, importing.locate);
  if (assignments.length === 0 && command) {
    return (
      declared(command, importing) ?? byAddress(command, importing) ?? plain(command, importing)
    );
  }
  if (command || assignments.length === 0) return undefined;
  const lines = assignments.map(({ name, value }) => {
    const text = valueText([value]);
    // A variable of the shell cannot be empty in every release.
    return text === undefined || text === '""' ? undefined : `local ${name} ${text}`;
  });
  return lines.every((each) => each !== undefined) ? sure(...lines) : undefined;
}

/** What is loaded and started by a name of the flow. */
function declared(command: ScriptCommand, { found }: Importing): Statement | undefined {
  if (!found) return undefined;
  const { start } = command.at;
  const [kernel, ...others] = found.boots.get(start) ?? [];
  if (kernel) {
    const rest = others.length > 0 ? ` with ${others.join(", ")}` : "";
    return { ...risky(`boot ${kernel}${rest}`), starts: "boot" };
  }
  const file = found.loads.get(start);
  const origin = file && originOf(command);
  if (!file || !origin) return undefined;
  const load = `load ${file.name}${origin.device ? ` from ${origin.device}` : ""}`;
  return { ...risky(...(command.name === "dhcp" ? ["dhcp", load] : [load])), starts: "load" };
}

/** What is loaded to, and started at, an address. */
function byAddress(command: ScriptCommand, importing: Importing): Statement | undefined {
  const { name, args, written } = command;
  const [first, second, third, fourth] = args;
  const form = loadForm(
    name,
    args.map(({ text }) => text),
  );
  if (form?.over === "storage" && form.address === 2 && args.length === 4) {
    const [device, to, file] = [deviceText(first, second), addressText(third), fileText(fourth)];
    const anywhere = name === "load" || (!importing.mixed && /^(?:fat|ext[24])/.test(name));
    if (!device || !to || !file || !anywhere) return undefined;
    return risky(`load ${file} to ${to} from ${device}`);
  }
  if ((name === "tftpboot" || name === "dhcp") && args.length === 2) return transfer(command);
  if (/^boot[imz]$/.test(name)) return started(written, args, importing.known);
  if (name === "source" && args.length === 1) return withAddress("chain at", first);
  if (name === "fdt" && first && /^[a-z]+$/.test(first.text)) {
    const words = args.slice(1).map((each) => plainValue([each], /^[ -&(-[\]-~]*$/));
    if (!words.every((each) => each !== undefined)) return undefined;
    const shown = words.map((each) =>
      /^"(?:\$\{[^}]*\}|\d\w*)"$/.test(each) ? each.slice(1, -1) : each,
    );
    return risky(["fdt", first.text, ...shown].join(" "));
  }
  return undefined;
}

function withAddress(words: string, arg: Argument | undefined): Statement | undefined {
  const at = addressText(arg);
  return at === undefined ? undefined : risky(`${words} ${at}`);
}

/** `tftpboot ADDRESS [SERVER:]FILE`. */
function transfer({ name, args }: ScriptCommand): Statement | undefined {
  const [address, named] = args;
  const to = addressText(address);
  const whole = fileText(named);
  const [, server, file] = /^"(?:(\$\{[^}]*\}|\d+(?:\.\d+){3}):)?([^:]*)"$/.exec(whole ?? "") ?? [];
  if (!to || !file) return undefined;
  const load = `load "${file}" to ${to} from tftp "${server ?? "${serverip}"}"`;
  return risky(...(name === "dhcp" ? ["dhcp", load] : [load]));
}

/** `booti KERNEL [INITRD|- [TREE]]`; alone, or with a name that is not in full, it is something else. */
function started(
  written: string,
  args: readonly Argument[],
  known: ReadonlySet<string>,
): Statement | undefined {
  const [kernel, initrd, tree, ...more] = args.filter(({ text }) => text !== "\n");
  if (!/^boot[imz]$/.test(written) || !kernel || more.length > 0) return undefined;
  const at = addressText(kernel);
  const parts = [
    ["initrd", initrd?.text === "-" ? undefined : initrd] as const,
    ["dtb", tree?.text === "-" ? undefined : tree] as const,
  ].flatMap(([kind, arg]) => (arg ? [[kind, addressText(arg)] as const] : []));
  if (!at || /^[a-z]+$/.test(kernel.text) || parts.some(([, text]) => !text)) return undefined;
  const start = (chosen: typeof parts) => {
    const rest = chosen.map(([kind, text]) => `${kind} ${text}`).join(", ");
    return `boot ${written} at ${at}${rest === "" ? "" : ` with ${rest}`}`;
  };
  const [, last] = /^\$\{(\w+)\}$/.exec(parts.at(-1)?.[1] ?? "") ?? [];
  if (last === undefined || known.has(last)) return { ...risky(start(parts)), starts: "boot" };
  // Without a value the word is not there.
  const without = [`  ${start(parts)}`, "} else {", `  ${start(parts.slice(0, -1))}`];
  return { ...risky(`if defined ${last} {`, ...without, "}"), starts: "boot" };
}

/** What needs nothing but its own words. */
function plain(command: ScriptCommand, importing: Importing): Statement | undefined {
  const { name, args } = command;
  const [first, ...rest] = args;
  const word = first?.text ?? "";
  switch (name) {
    case "dhcp":
      return args.length === 0 ? risky("dhcp") : undefined;
    case "reset":
      return args.length === 0 ? sure("reset") : undefined;
    case "poweroff":
      return args.length === 0 ? risky("poweroff") : undefined;
    case "saveenv":
      return args.length === 0 ? risky("save") : undefined;
    case "echo":
      return printed(args);
    case "sleep":
      return args.length === 1 && /^\d+(?:\.\d{1,3})?$/.test(word)
        ? sure(`sleep ${word}s`)
        : undefined;
    case "ping":
      return args.length === 1 && /^[\d.]+$/.test(word) ? risky(`ping ${word}`) : undefined;
    case "run":
      return runs(args);
    case "setenv":
      return set(first, rest, importing.nfsroot);
    case "part":
      return partition(args);
    case "env":
      return environment(command, importing);
    case "test":
    case "itest":
    case "printenv":
      return tested(command);
    case "true":
      return args.length === 0 ? sure() : undefined;
    default:
      return undefined;
  }
}

function printed(args: readonly Argument[]): Statement | undefined {
  const value = valueText(args);
  return value !== undefined && args[0]?.text !== "-n" ? sure(`print ${value}`) : undefined;
}

function runs(args: readonly Argument[]): Statement | undefined {
  if (args.length === 0 || !args.every(({ text }) => isName(text))) return undefined;
  return risky(...args.map(({ text }) => `run ${text}`));
}

/** Names that a flow can set: letters, digits and _. */
const isName = (text: string) => /^[A-Za-z]\w*$/.test(text);
/** Names whose value may be refused once there is one (env/flags.c). */
const isGuarded = (name: string) => /^(?:eth\d*addr)$/.test(name);

function set(
  first: Argument | undefined,
  rest: readonly Argument[],
  nfsroot: boolean,
): Statement | undefined {
  const name = first?.text ?? "";
  if (!isName(name)) return undefined;
  const statement = isGuarded(name) ? risky : sure;
  if (rest.length === 0) return statement(`unset ${name}`);
  // The kernel takes the end of a line for a space.
  const value = valueText(name === "bootargs" ? rest.map(onOneLine) : rest);
  if (value === undefined) return undefined;
  return name === "bootargs"
    ? sure(...bootargsText(value, nfsroot))
    : statement(`set ${name} ${value}`);
}

const onOneLine = ({ word }: Argument): Pick<Argument, "word"> => ({
  word: {
    ...word,
    parts: word.parts.map((part) =>
      part.type === "text" ? { ...part, text: part.text.replace(/\\?\n/g, " ") } : part,
    ),
  },
});

/** `part uuid INTERFACE DEVICE NAME`. */
function partition([what, kind, where, name, ...more]: readonly Argument[]): Statement | undefined {
  const device = deviceText(kind, where);
  if (what?.text !== "uuid" || !device || more.length > 0 || !isName(name?.text ?? ""))
    return undefined;
  return risky(`set ${name?.text} uuid of ${device}`);
}

function environment(command: ScriptCommand, importing: Importing): Statement | undefined {
  const [what, ...args] = command.args;
  const other = { set: "setenv", save: "saveenv", run: "run", print: "printenv" }[what?.text ?? ""];
  if (other) return plain({ ...command, name: other, args }, importing);
  const [flag, at, size, ...names] = args;
  switch (what?.text) {
    case "delete":
      return args.length === 1 && isName(flag?.text ?? "")
        ? sure(`unset ${flag?.text}`)
        : undefined;
    case "exists":
      return tested(command);
    case "import": {
      const [from, length] = [addressText(at), size ? addressText(size) : ""];
      const known = names.every(({ text }) => /^[A-Za-z]\w*#?$/.test(text));
      if (flag?.text !== "-t" || !from || length === undefined || !known || size?.text === "-") {
        return undefined;
      }
      const only = names.length > 0 ? ` only ${names.map(({ text }) => text).join(", ")}` : "";
      return risky(`import env at ${from}${length === "" ? "" : ` size ${length}`}${only}`);
    }
    default:
      return undefined;
  }
}

/** A condition whose status somebody looks at. */
function tested(command: ScriptCommand): Statement | undefined {
  const condition = conditionText(command);
  if (condition === undefined) return undefined;
  return risky(`if ${negated(condition)} { fail "${command.name} says no" }`);
}
