// The folder server/ of a build: what the machine needs that the boards boot from. Each file is for
// the program it is named for; INSTALL.md says where they go.
import { contentOf } from "../../image/index.js";
import type { Program } from "../../program/index.js";
import type { Artifact } from "../artifact.js";
import { type BootFolder, bootFoldersOf, writtenTo } from "./boot-folders.js";
import { bootconf } from "./bootconf.js";
import { type ClientRoot, exportedOf, rootsOf } from "./exported.js";
import { exportsText, ganeshaText } from "./exports.js";
import { fstabText, type Mount } from "./fstab.js";
import { installation } from "./install.js";
import { serviceUnit } from "./service-unit.js";

/** The files for the server of `program`, whose other files are `artifacts`. */
export function serverFiles(program: Program, artifacts: readonly Artifact[]): readonly Artifact[] {
  const { name: flow } = program;
  const file = (name: string, text: string): Artifact => {
    const content = contentOf(new TextEncoder().encode(text));
    return { root: "server", name, content, madeFrom: [flow] };
  };
  // What boards write to is served from the folder that they write to, and not from the flow.
  const served = artifacts.some(({ root }) => root === "tftp") && writtenTo(program).length === 0;
  const exported = exportedOf(program);
  const roots = rootsOf(program);
  const fstabs = fstabsOf(program, roots);
  const files = [
    ...(served ? [serviceUnit(program)] : []),
    ...(exported.length > 0
      ? [
          file("exports", exportsText(flow, exported)),
          file("ganesha.conf", ganeshaText(flow, exported)),
        ]
      : []),
    ...[...fstabs].map(([text, { name }]) => file(name, text)),
    ...(program.eeprom ? [file("bootconf.txt", bootconf(program.eeprom).text)] : []),
  ];
  if (files.length === 0) return [];
  return [...files, installation({ program, artifacts, exported, fstabs: [...fstabs.values()] })];
}

/** A table of file systems, and the roots that it is for. */
interface Fstab {
  readonly name: string;
  readonly paths: string[];
}

/** The tables by their text: `fstab`, or with the name of a root and client where they differ. */
function fstabsOf(program: Program, roots: readonly ClientRoot[]): ReadonlyMap<string, Fstab> {
  const folders = bootFoldersOf(program);
  const texts = roots.map((root) => ({
    ...root,
    text: fstabText(mountsOf(root, folders, program)),
  }));
  const several = new Set(texts.map(({ text }) => text)).size > 1;
  const found = new Map<string, Fstab>();
  for (const { text, path, nfsroot, client } of texts) {
    const before = found.get(text);
    if (before) before.paths.push(path);
    else {
      const parts = several ? [nfsroot.name, ...(client ? [client.name] : [])] : [];
      found.set(text, { name: ["fstab", ...parts].join("-"), paths: [path] });
    }
  }
  return found;
}

/** What the client of a root mounts beside it. A root that several share cannot name their folders. */
function mountsOf(
  { nfsroot, client }: ClientRoot,
  folders: readonly BootFolder[],
  { servers, clients }: Program,
): readonly Mount[] {
  const server = nfsroot.server ?? servers[0]?.text;
  const whose = client ?? (clients.length === 1 ? clients[0] : undefined);
  const { version, protocol } = nfsroot;
  return folders.flatMap(({ path, mount, client: owner }) =>
    server !== undefined && (owner === undefined || owner === whose)
      ? [{ source: `${server}:${path}`, at: mount, version, protocol }]
      : [],
  );
}
