// A folder with a flow and a table of clients, for the tests of `ubootc build`.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { clientTable, emptyFolder, kernel, put, tableFlow } from "./cli.js";
import { ubootc } from "./here.js";

/** A folder with a flow of `clients` clients. */
export function lab(clients = 3): string {
  const folder = emptyFolder();
  put(folder, { "lab.boot": tableFlow, "lab.csv": clientTable(clients), "Image.gz": kernel });
  return folder;
}

/** Builds it. */
export const build = (cwd: string, ...args: string[]) =>
  ubootc(["build", "lab.boot", ...args], { cwd });

/** Every file below `folder`, hidden ones too, in order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !statSync(join(folder, name)).isDirectory())
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

/** What tells whether a file was touched, for every file below `folder`. */
export function marksOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesOf(folder).map((name) => {
      const { ino, mtimeNs } = statSync(join(folder, name), { bigint: true });
      return [name, `${ino} ${mtimeNs}`];
    }),
  );
}

/** Expects that the tree in `out` is what its manifest says, to the byte. */
export function expectWhole(out: string): void {
  const { files }: { files: { path: string; sha256: string; size: number }[] } = JSON.parse(
    readFileSync(join(out, "manifest.json"), "utf8"),
  );
  for (const { path, sha256, size } of files) {
    const bytes = readFileSync(join(out, path));
    const found = createHash("sha256").update(bytes).digest("hex");
    expect({ path, sha256: found, size: bytes.length }).toEqual({ path, sha256, size });
  }
}
