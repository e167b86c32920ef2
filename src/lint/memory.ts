// Where the files of a boot lie in memory, as far as addresses and files are known.
import { type Board, defaultEnvironment, type Region } from "../boards/index.js";
import { type Files, isProblem } from "../files/index.js";
import { type Content, identify } from "../image/index.js";
import { type Landing, landingOf } from "../memory/index.js";
import { type BootCommand, type BootWord, baseName, bootsIn, onlyLoaded } from "./boots.js";
import type { Argument } from "./command.js";
import type { Script } from "./script.js";
import type { State } from "./state.js";
import { addressOf } from "./values.js";

/** The variables that hold an address when a script begins. */
export function addressVariables(board: Board): ReadonlySet<string> {
  const own = ["fileaddr", "fdtcontroladdr", board.firmwareDtb ?? "loadaddr"];
  return new Set([...Object.keys(defaultEnvironment(board)), ...own]);
}

/** A file in memory. */
export interface Lying extends Region {
  readonly name: string;
  readonly part: BootWord;
  readonly content: Content;
}

/** A boot of files that are all known, as far as they are. */
export interface Arrangement {
  readonly boot: BootCommand;
  readonly files: readonly Lying[];
  /** The boot command. */
  readonly command: string;
  readonly kernel?: Lying;
  readonly initrd?: Lying;
  /** What starting the kernel writes. */
  readonly landing?: Landing;
}

/** The boots of `script` whose files lie under the folder that the script's `find` looks into. */
export function arrangementsIn(script: Script): readonly Arrangement[] {
  const { board } = script;
  if (!board) return [];
  return bootsIn(script).map((boot) => {
    const [kernel, initrd, dtb] = [boot.kernel, boot.initrd, boot.dtb].map((part) =>
      lying(part, script),
    );
    const files = [kernel, initrd, dtb].filter((each): each is Lying => each !== undefined);
    const all = { boot, command: boot.command.name, files, ...(initrd && { initrd }) };
    if (!kernel) return all;
    if (isFit(kernel.content)) return { ...all, kernel };
    return { ...all, kernel, landing: landingAt(kernel, board) };
  });
}

/** Whether `content` is a FIT: what it holds goes where it says. */
export function isFit(content: Content): boolean {
  const payload = identify(content);
  return payload.kind === "fdt" && payload.fit;
}

function lying(part: BootWord | undefined, script: Script): Lying | undefined {
  const loaded = onlyLoaded(part);
  const start = part?.address.value;
  if (!part || !loaded || start === undefined) return undefined;
  const content = loaded.file === undefined ? undefined : script.find?.(loaded.file);
  if (!content) return undefined;
  return { name: baseName(loaded), part, content, start, size: content.size };
}

/** The file that is certain to be at the address that `argument` says. */
export function onlyFileAt({ text }: Argument, before: State, { board, find }: Script) {
  const loaded = before.memory.get(addressOf(text, before, board).key);
  const [only] = loaded?.length === 1 ? loaded : [];
  const content = only?.file === undefined ? undefined : find?.(only.file);
  return only && content ? { name: baseName(only), content } : undefined;
}

function landingAt({ content, name, part, start }: Lying, board: Board): Landing {
  const input = { name, path: name, content, payload: identify(content), span: part.argument.at };
  return landingOf({ input, wrapped: false }, board, 0, start);
}

/** The path of a file below the root, as a script names it, with the usual prefixes. */
function pathOf(file: string): string {
  return file
    .replace(/^(?:\$\{[^}]*\}|[\d.]+):/, "")
    .replace(/^\$\{prefix\}/, "")
    .replace(/^\/+/, "");
}

/** Whether a script says the whole name of a file. */
export function isWhole(file: string): boolean {
  const path = pathOf(file);
  return path !== "" && !path.includes("$") && !path.split("/").includes("..");
}

/** Finds what a script loads. */
export function finder(open: Files["open"]): (file: string) => Content | undefined {
  return (file) => {
    const path = pathOf(file);
    if (!isWhole(file)) return undefined;
    const opened = [path, `boot/${path}`].map(open);
    return opened.find((each): each is Content => !isProblem(each));
  };
}
