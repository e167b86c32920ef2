// Makes src/boards/command-names.ts from U-Boot's sources: which commands there are, in which releases,
// and which only a vendor's tree or board has. Run: node tools/u-boot-commands.js TREE [VENDOR=TREE]…
// TREE is a git repository of U-Boot with its tags. Reads the macros of include/command.h.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const [tree, ...vendors] = process.argv.slice(2);
if (!tree) {
  console.error("usage: node tools/u-boot-commands.js TREE [VENDOR=TREE]…");
  process.exit(2);
}

/** Releases that are looked at, besides the newest that the tree has: two a year since v2021.01. */
const FIRST = 2021;

/** Folders whose commands belong to one vendor's chips or boards, and are in no other build. */
const vendorFolder = /^(?:arch|board|drivers)\//;

const git = (repository, ...args) =>
  execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });

/** The commands of `revision`: name to the folder that it is in. */
function commandsOf(repository, revision) {
  const pattern = "U_BOOT_CMD(REP)?(_COMPLETE|_WITH_SUBCMDS|_REP_COMPLETE)?[[:space:]]*[(]";
  const found = new Map();
  let text;
  try {
    text = git(
      repository,
      "grep",
      "-hE",
      "-A2",
      "--heading",
      "--break",
      pattern,
      revision,
      "--",
      "*.c",
    );
  } catch {
    return found;
  }
  let file = "";
  let open = "";
  for (const line of text.split("\n")) {
    if (line.startsWith(`${revision}:`)) {
      file = line.slice(revision.length + 1);
      open = "";
      continue;
    }
    const begun = /^\s*U_BOOT_CMD(?:REP)?(?:_COMPLETE|_WITH_SUBCMDS|_REP_COMPLETE)?\s*\((.*)/.exec(
      line,
    );
    if (begun) open = begun[1];
    else if (open !== "") open += line;
    else continue;
    if (begun && open === "") open = " ";
    const [, name] = /^\s*([a-z][a-z0-9_]*)\s*,/.exec(open.replace(/\/\*.*?\*\//g, "")) ?? [];
    if (name === undefined) continue;
    // A command may be defined by cmd/ and again by an architecture.
    if (!found.has(name) || !vendorFolder.test(file)) found.set(name, file);
    open = "";
  }
  return found;
}

const releases = git(tree, "tag", "--list", "v20*")
  .split("\n")
  .filter((tag) => /^v\d{4}\.\d\d$/.test(tag) && Number(tag.slice(1, 5)) >= FIRST)
  .sort();
const newest = git(tree, "describe", "--tags", "--abbrev=0", "HEAD").trim();
const all = [...releases, ...(releases.includes(newest) ? [] : [newest])];

/** Per command: the first and the last of `all` that has it, and whether it is a vendor's. */
const known = new Map();
for (const [index, release] of all.entries()) {
  for (const [name, file] of commandsOf(tree, release)) {
    const { first = index } = known.get(name) ?? {};
    known.set(name, { first, last: index, vendor: vendorFolder.test(file) });
  }
}

const own = [];
const since = [];
const until = [];
const theirs = new Map();
for (const [name, { first, last, vendor }] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (vendor) theirs.set(name, "its chip or board");
  else own.push(name);
  if (first > 0) since.push(`${name} ${all[first]}`);
  if (last < all.length - 1) until.push(`${name} ${all[last]}`);
}
for (const each of vendors) {
  const [vendor, repository] = each.split("=");
  for (const name of commandsOf(repository, "HEAD").keys()) {
    if (known.has(name) && !known.get(name).vendor) continue;
    const before = theirs.get(name);
    theirs.set(name, before && before !== "its chip or board" ? `${before}, ${vendor}` : vendor);
  }
}

const wrapped = (words) => {
  const lines = [""];
  for (const word of words) {
    if (lines.at(-1).length + word.length > 96) lines.push("");
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.map((line) => ` ${line}`).join("\n");
};
const byVendor = Map.groupBy
  ? Map.groupBy([...theirs.keys()].sort(), (name) => theirs.get(name))
  : [...theirs.keys()].sort().reduce((groups, name) => {
      const vendor = theirs.get(name);
      return groups.set(vendor, [...(groups.get(vendor) ?? []), name]);
    }, new Map());

const text = `// Made by tools/u-boot-commands.js from U-Boot's sources, ${all[0]} to ${all.at(-1)}: do not edit.
// Names of commands, as the macros of include/command.h declare them.

/** The newest release that was looked at, and the oldest. */
export const commandsOf = { newest: "${all.at(-1)}", oldest: "${all[0]}" } as const;

/** Commands of cmd/, boot/, common/, lib/ and net/, in any of these releases. */
export const ownNames = \`
${wrapped(own)}\`;

/** The release that first had a command: pairs; the others are as old as the oldest. */
export const sinceRelease = \`
${wrapped(since)}\`;

/** The last release that had a command: pairs; the others are there still. */
export const untilRelease = \`
${wrapped(until)}\`;

/** Commands that only some vendor's builds have, by whose. */
export const vendorNames: Readonly<Record<string, string>> = {
${[...byVendor].map(([vendor, names]) => `  "${vendor}": \`\n  ${wrapped(names)}\`,`).join("\n")}
};
`;
writeFileSync(join(import.meta.dirname, "../src/boards/command-names.ts"), text);
console.log(`${own.length} commands, ${theirs.size} of vendors, ${all.length} releases`);
