// Compiles a flow for these tests and shows what came out as text: the scripts as they are printed,
// and the files of the build with what the manifest says of each, sizes and hashes left out.
import { basename } from "node:path";
import { compile } from "../../src/compile.js";
import { type Diagnostic, render } from "../../src/diagnostics/index.js";
import { diskFiles, type Files } from "../../src/files/index.js";
import { type Artifact, manifestOf } from "../../src/generate/index.js";
import { bytesOf, contentOf, readFit, uimageHeader } from "../../src/image/index.js";
import { inputs } from "./inputs.js";

export interface BuildOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly strip?: boolean;
  /** Files that stand for others of the same path, such as the flow itself. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** What a build comes to. */
export interface Built {
  /** The text of each script, by its path below the output folder. */
  readonly scripts: ReadonlyMap<string, string>;
  /** One line a file: path, load address, client. */
  readonly files: string;
}

/** The files made of the flow at `path`, or the mistakes in it. */
export function tryBuild(path: string, { texts = {}, ...options }: BuildOptions = {}) {
  const disk = diskFiles();
  const files: Files = {
    open(asked) {
      const text = texts[asked];
      const made =
        text === undefined ? inputs.get(basename(asked)) : new TextEncoder().encode(text);
      return made ? contentOf(made) : disk.open(asked);
    },
    list(asked) {
      const names = Object.keys(texts).filter((name) => name.startsWith(`${asked}/`));
      return names.length > 0
        ? names.map((name) => name.slice(asked.length + 1))
        : (disk.list?.(asked) ?? []);
    },
  };
  try {
    const { artifacts, diagnostics } = compile(path, { files, ...options });
    return { built: artifacts && show(artifacts), diagnostics };
  } finally {
    disk.close();
  }
}

/**
 * The files made of the flow at `path`.
 * @throws with the diagnostics when there is something wrong with it.
 */
export function build(path: string, options: BuildOptions = {}): Built {
  const { built, diagnostics } = tryBuild(path, options);
  if (!built) throw new Error(shown(diagnostics));
  return built;
}

/** `diagnostics` as a person sees them. */
export function shown(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((each) => render(each)).join("\n");
}

function show(artifacts: readonly Artifact[]): Built {
  const scripts = new Map<string, string>();
  for (const { root, name, content } of artifacts) {
    const bytes = bytesOf(content);
    const text = scriptIn(bytes);
    if (text) scripts.set(`${root}/${name}`, new TextDecoder().decode(text));
  }
  const lines = manifestOf(artifacts).map(({ path, load, client }) =>
    [path, ...(load ? [`loads at ${load}`] : []), ...(client ? [`for ${client}`] : [])].join("  "),
  );
  return { scripts, files: lines.map((line) => `${line}\n`).join("") };
}

const SCRIPT = 6;

/** The text of a script in its image; undefined for what is no script. */
function scriptIn(bytes: Uint8Array): Uint8Array | undefined {
  // Behind a legacy header stand the length of the one script and a zero.
  if (uimageHeader.decode(bytes)?.type === SCRIPT) return bytes.subarray(uimageHeader.size + 8);
  const [image] = readFit(contentOf(bytes)).images;
  return image?.type === "script" && image.data ? bytesOf(image.data) : undefined;
}
