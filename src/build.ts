// Putting a build on the disk: the files of a compilation and the manifest that lists them. A file
// that did not change is not touched; what a former build made and this one does not is removed.
import * as fs from "node:fs";
import { join } from "node:path";
import { type TreeChange, writeContent, writeTree } from "./files/index.js";
import { type Artifact, type ManifestEntry, manifestOf } from "./generate/index.js";
import { type Content, contentOf } from "./image/index.js";

/** The name of the manifest in the folder of a build. */
export const MANIFEST = "manifest.json";

/** What a build consists of now, and what had to be done for it. */
export interface Build extends TreeChange {
  readonly manifest: readonly ManifestEntry[];
}

/**
 * Writes `artifacts` and their manifest to `folder`; files of others that are in it are left alone.
 * `progress` is called after each file that was looked at.
 * @throws what the file system throws, with `folder` as it was unless the last renaming failed.
 */
export function writeBuild(
  folder: string,
  artifacts: readonly Artifact[],
  progress?: (done: number) => void,
): Build {
  const contents = new Map(artifacts.map((each) => [`${each.root}/${each.name}`, each.content]));
  const manifest = manifestOf(artifacts);
  const text = `${JSON.stringify({ files: manifest }, undefined, 1)}\n`;
  const files = manifest.map(({ path }) => ({ path, content: contents.get(path) as Content }));
  const former = formerFiles(join(folder, MANIFEST));
  const change = writeTree(folder, files, former.paths, progress);
  // Last: until then the old one still lists what a next build would have to remove.
  if (former.text !== text) {
    const content = contentOf(new TextEncoder().encode(text));
    const problem = writeContent(join(folder, MANIFEST), content);
    if (problem) throw new Error(problem.message);
  }
  return { manifest, ...change };
}

/** What a former build wrote; nothing when there was none or its manifest is not ours. */
function formerFiles(path: string): { text: string; paths: readonly string[] } {
  let text = "";
  try {
    text = fs.readFileSync(path, "utf8");
    const { files }: { files: { path: string }[] } = JSON.parse(text);
    return { text, paths: files.map((each) => String(each.path)) };
  } catch {
    return { text, paths: [] };
  }
}
