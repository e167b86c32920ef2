// Folders where only the names of files are known: what `ls` shows of them.
import type { Entry } from "./world.js";

/**
 * What is in `folder` when the files `names` are there, components joined by `/`: files, then folders,
 * as a FAT file system lists them that was filled so. Undefined: there is no such folder.
 */
export function entriesIn(
  folder: string,
  names: Iterable<string>,
  sizeOf: (name: string) => number,
): readonly Entry[] | undefined {
  const plain = folder.replace(/^\/+|\/+$/g, "");
  const start = plain === "" ? "" : `${plain}/`;
  const inside = [...names].filter((name) => name.startsWith(start));
  if (plain !== "" && inside.length === 0) return undefined;
  const below = inside.map((name) => name.slice(start.length));
  const folders = new Set(
    below.filter((name) => name.includes("/")).map((name) => name.split("/")[0]),
  );
  return [
    ...(plain === "" ? [] : [{ name: "." }, { name: ".." }]),
    ...below
      .filter((name) => !name.includes("/"))
      .sort()
      .map((name) => ({ name, size: sizeOf(`${start}${name}`) })),
    ...[...folders].map((name) => ({ name: name as string })),
  ];
}
