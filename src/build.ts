// Putting a build on the disk: the files of a compilation and the manifest that lists them. A file
// that did not change is not touched; what a former build made and this one does not is removed.
import * as fs from "node:fs";
import { join } from "node:path";
import { type Removal, type TreeChange, writeTree } from "./files/index.js";
import { type Artifact, type ManifestEntry, manifestOf } from "./generate/index.js";
import { type Content, contentOf } from "./image/index.js";

/** The name of the manifest in the folder of a build. */
export const MANIFEST = "manifest.json";

/** What a build consists of now, and what had to be done for it. */
export interface Build extends TreeChange {
  readonly manifest: readonly ManifestEntry[];
}

/** How a build is written. */
export interface BuildOptions {
  /** Called after each file that was looked at. */
  readonly progress?: (done: number) => void;
  /** Paths that the build was made from: it never writes over them. */
  readonly inputs?: Iterable<string>;
  /** Called when another build holds the folder for long, with its process and machine. */
  readonly waiting?: (holder: string) => void;
}

/**
 * Writes `artifacts` and their manifest to `folder`; files of others that are in it are left alone, and
 * other builds into it waited for. No link in it is followed.
 * @throws what the file system throws, with `folder` as it was, or such that the next build goes on.
 */
export function writeBuild(
  folder: string,
  artifacts: readonly Artifact[],
  options: BuildOptions | ((done: number) => void) = {},
): Build {
  const { progress, ...rest } = typeof options === "function" ? { progress: options } : options;
  const contents = new Map(artifacts.map((each) => [`${each.root}/${each.name}`, each.content]));
  const manifest = manifestOf(artifacts);
  const files = manifest.map(({ path }) => ({ path, content: contents.get(path) as Content }));
  const text = `${JSON.stringify({ files: manifest }, undefined, 1)}\n`;
  const own = { path: MANIFEST, content: contentOf(new TextEncoder().encode(text)) };
  const change = writeTree(folder, [...files, own], {
    ...rest,
    ...(progress && { progress: (done: number) => progress(Math.min(done, files.length)) }),
    former: () => formerFiles(join(folder, MANIFEST)),
  });
  const others = (paths: readonly string[]) => paths.filter((path) => path !== MANIFEST);
  const { written, unchanged } = change;
  return { manifest, ...change, written: others(written), unchanged: others(unchanged) };
}

/**
 * What a former build wrote; nothing when there was none, or its manifest was damaged.
 * @throws when the file is something of somebody else.
 */
function formerFiles(path: string): readonly Removal[] {
  let all: unknown;
  try {
    all = JSON.parse(fs.readFileSync(path, "utf8"));
  } catch {
    return [];
  }
  if (all === null || typeof all !== "object" || Array.isArray(all)) return [];
  const { files }: { files?: unknown } = all;
  if (!Array.isArray(files)) {
    throw new Error(`${path}: is no manifest of a build: choose another folder with -o`);
  }
  return files.filter(
    (each): each is Removal => typeof each?.path === "string" && typeof each.sha256 === "string",
  );
}
