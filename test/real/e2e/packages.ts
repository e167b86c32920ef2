// Files out of Debian's packages for other machines, downloaded and unpacked but never installed, and
// kept between runs. Needs apt to know their architecture, which .ci/run sees to.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { run } from "../../tools/tools.js";
import { cache } from "./board.js";

/**
 * The directory with those files of `packages` that match one of `names`: shell patterns for the
 * end of a path. There they have no folders. Where apt cannot help (no such architecture, no network) it says
 * so and gives nothing.
 * @throws then under UBOOTC_REQUIRE_TOOLS.
 */
export function fetchFiles(
  packages: readonly string[],
  names: readonly string[],
  architecture: "arm64" | "armhf" = "arm64",
) {
  const all = packages.map((name) => `${name}:${architecture}`);
  return fetched(all, `${names}`, "", (work, archives, result) =>
    takeOut(work, archives, names, result),
  );
}

/** The directory with all files of `packages`, as they would be installed. As `fetchFiles`. */
export function fetchTree(packages: readonly string[]) {
  const arm64 = packages.map((name) => `${name}:arm64`);
  return fetched(arm64, "tree", "", unpack);
}

/**
 * The same of packages for all architectures out of another component of Debian, such as
 * `non-free-firmware`: what is known of it is fetched too, and the machine's own apt left alone.
 */
export function fetchTreeFrom(component: string, packages: readonly string[]) {
  return fetched(packages, "tree", component, unpack);
}

type Take = (work: string, archives: readonly string[], result: string) => void;

/** The directory that `take` filled from the archives of `packages`, now or at an earlier time. */
function fetched(packages: readonly string[], what: string, component: string, take: Take) {
  try {
    const apt = component === "" ? "apt-get" : aptFor(component);
    const all = packages.join(" ");
    // Names, versions and digests: a new version is another directory.
    const about = `${shell(`${apt} download --print-uris ${all}`)}${what}`;
    const digest = createHash("sha256").update(about).digest("hex").slice(0, 16);
    const directory = join(cache, `${packages[0]?.replace(/:.*/, "")}-${digest}`);
    if (!existsSync(directory)) download(`${apt} download ${all}`, take, directory);
    return directory;
  } catch (error) {
    if (process.env.UBOOTC_REQUIRE_TOOLS) throw error;
    console.warn(`skipped: needs Debian's ${packages.join(", ")}: ${error}`);
    return undefined;
  }
}

/** apt-get with lists of its own, in which there is only `component` of the release that runs here. */
function aptFor(component: string): string {
  const folder = join(cache, `apt-${component}`);
  for (const name of ["lists/partial", "cache/archives/partial"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const known = shell("apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT)'");
  const [, site, codename] = /^(\S+) (\w+) main$/m.exec(known) ?? [];
  const key = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const source = `deb [signed-by=${key}] ${site} ${codename} ${component}\n`;
  writeFileSync(join(folder, "sources.list"), source);
  const settings = {
    "Dir::Etc::sourcelist": join(folder, "sources.list"),
    "Dir::Etc::sourceparts": "-",
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::Cache": join(folder, "cache"),
  };
  const apt = `apt-get ${Object.entries(settings)
    .map(([name, value]) => `-o ${name}=${value}`)
    .join(" ")}`;
  shell(`${apt} -q update`);
  return apt;
}

function download(command: string, take: Take, directory: string): void {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "download-"));
  try {
    shell(command, work);
    const result = join(work, "result");
    mkdirSync(result);
    const archives = readdirSync(work).filter((name) => name.endsWith(".deb"));
    take(work, archives, result);
    renameSync(result, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function unpack(work: string, archives: readonly string[], result: string): void {
  for (const file of archives) shell(`dpkg-deb -x '${file}' '${result}'`, work);
}

function takeOut(
  work: string,
  archives: readonly string[],
  names: readonly string[],
  result: string,
): void {
  const tree = join(work, "tree");
  mkdirSync(tree);
  const members = names.map((name) => `'*/${name}'`).join(" ");
  for (const file of archives) {
    // Each package has some of the files; tar complains about the others.
    shell(`dpkg-deb --fsys-tarfile ${file} | tar -x -C tree --wildcards ${members} || :`, work);
  }
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const target = join(result, entry.name);
    if (existsSync(target)) throw new Error(`${archives}: more than one ${entry.name}`);
    renameSync(join(entry.parentPath, entry.name), target);
  }
}

/**
 * What `command` printed.
 * @throws when it fails.
 */
export function shell(command: string, cwd?: string): string {
  // Programs that make and look into disks are where only root finds them.
  const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  const { status, stdout, stderr } = run("sh", ["-c", command], { env, ...(cwd && { cwd }) });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}
