// Files out of Debian's packages for arm64, downloaded and unpacked but never installed, and kept
// between runs. Needs apt to know the architecture arm64, which .ci/run sees to.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tools/tools.js";
import { cache } from "./board.js";

/**
 * The directory with those files of `packages` that match one of `names`: shell patterns for the
 * end of a path. There they have no folders. Where apt cannot help (no arm64, no network) it says
 * so and gives nothing.
 * @throws then under UBOOTC_REQUIRE_TOOLS.
 */
export function fetchFiles(packages: readonly string[], names: readonly string[]) {
  try {
    const what = packages.map((name) => `${name}:arm64`).join(" ");
    // Names, versions and digests: a new version is another directory.
    const about = `${shell(`apt-get download --print-uris ${what}`)}${names}`;
    const digest = createHash("sha256").update(about).digest("hex").slice(0, 16);
    const directory = join(cache, `${packages[0]}-${digest}`);
    if (!existsSync(directory)) download(what, names, directory);
    return directory;
  } catch (error) {
    if (process.env.UBOOTC_REQUIRE_TOOLS) throw error;
    console.warn(`skipped: needs Debian's ${packages.join(", ")} for arm64: ${error}`);
    return undefined;
  }
}

function download(what: string, names: readonly string[], directory: string): void {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "download-"));
  try {
    shell(`apt-get download ${what}`, work);
    const [tree, result] = [join(work, "tree"), join(work, "result")];
    for (const folder of [tree, result]) mkdirSync(folder);
    const members = names.map((name) => `'*/${name}'`).join(" ");
    for (const file of readdirSync(work).filter((name) => name.endsWith(".deb"))) {
      // Each package has some of the files; tar complains about the others.
      shell(`dpkg-deb --fsys-tarfile ${file} | tar -x -C tree --wildcards ${members} || :`, work);
    }
    for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const target = join(result, entry.name);
      if (existsSync(target)) throw new Error(`${what}: more than one ${entry.name}`);
      renameSync(join(entry.parentPath, entry.name), target);
    }
    renameSync(result, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * What `command` printed.
 * @throws when it fails.
 */
export function shell(command: string, cwd?: string): string {
  const { status, stdout, stderr } = run("sh", ["-c", command], cwd === undefined ? {} : { cwd });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}
