// A folder with a flow and a table of clients, for the tests of `ubootc build`.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { clientTable, emptyFolder, kernel, put, tableFlow, ubootc } from "./cli.js";

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
