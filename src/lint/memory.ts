// Where the files of a boot lie in memory, as far as addresses and files are known.
import { type Board, defaultEnvironment, type Region } from "../boards/index.js";
import { type Files, isProblem } from "../files/index.js";
import { type Content, identify } from "../image/index.js";
import { type Landing, landingOf } from "../memory/index.js";
import { type Boot, baseName, bootsIn, onlyLoaded, type Part } from "./boots.js";
import type { Script } from "./script.js";

/** The variables that hold an address when a script begins. */
export function addressVariables(board: Board): ReadonlySet<string> {
  const own = ["fileaddr", "fdtcontroladdr", board.firmwareDtb ?? "loadaddr"];
  return new Set([...Object.keys(defaultEnvironment(board)), ...own]);
}

/** A file in memory. */
export interface Lying extends Region {
  readonly name: string;
  readonly part: Part;
  readonly content: Content;
}

/** A boot of files that are all known, as far as they are. */
export interface Arrangement {
  readonly boot: Boot;
  readonly files: readonly Lying[];
  readonly kernel?: Lying;
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
    if (!kernel) return { boot, files };
    const landing = landingAt(kernel, board);
    return { boot, files, kernel, landing };
  });
}

function lying(part: Part | undefined, script: Script): Lying | undefined {
  const loaded = onlyLoaded(part);
  const start = part?.address.value;
  if (!part || !loaded || start === undefined) return undefined;
  const content = loaded.file === undefined ? undefined : script.find?.(loaded.file);
  if (!content) return undefined;
  return { name: baseName(loaded), part, content, start, size: content.size };
}

function landingAt({ content, name, part, start }: Lying, board: Board): Landing {
  const input = { name, path: name, content, payload: identify(content), span: part.argument.at };
  return landingOf({ input, wrapped: false }, board, 0, start);
}

/** Finds what a script loads: by its path as it is named, with the usual prefixes. */
export function finder(open: Files["open"]): (file: string) => Content | undefined {
  return (file) => {
    const path = file
      .replace(/^(?:\$\{[^}]*\}|[\d.]+):/, "")
      .replace(/^\$\{prefix\}/, "")
      .replace(/^\/+/, "");
    if (path === "" || path.includes("$") || path.split("/").includes("..")) return undefined;
    const opened = [path, `boot/${path}`].map(open);
    return opened.find((each): each is Content => !isProblem(each));
  };
}
