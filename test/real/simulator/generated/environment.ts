// Cases for env: variables of odd values, exported, imported, deleted and shown.
import { at, type Family, type Ground, load, names, quoted } from "./family.js";
import { environmentNames } from "./pool.js";
import type { Random } from "./random.js";

type Form = (random: Random, ground: Ground) => string;

const name = (random: Random): string =>
  random.chance(90)
    ? random.pick(names)
    : random.pick(["nosuch", "''", "a=b", ".hid", "A", "ipaddr", "-x"]);

const value = (random: Random): string =>
  random.pick([
    ...[
      "1",
      "two words",
      "a=b",
      "x\\y",
      "ends\\",
      "\\",
      "\\\\",
      "#no",
      " lead",
      "trail ",
      "$a",
      "${b}",
    ],
    ...["", "a;b", "é", "tab\there", "'quoted'", '"double"', "0x10", "line\\nline", "*", "a,b"],
  ]);

const set: Form = (random) => {
  const verb = random.pick(["setenv", "env set", "setenv -f", "env set -f"]);
  const words = random.pick([
    quoted(value(random)),
    `${quoted(value(random))} ${quoted(value(random))}`,
    "",
  ]);
  return `${verb} ${name(random)} ${words}`;
};

const some = (random: Random) => random.some(0, 3, () => name(random)).join(" ");

const dump = (ground: Ground) => `printenv filesize; md.b ${at(ground)} 30`;

const out: Form = (random, ground) => {
  const form = random.pick(["-t", "-b", "-c", "", "-t", "-x", "-tb", "-q"]);
  const size = random.pick(["", "", "", "-s 40 ", "-s 8 ", "-s 100 ", "-s 0 "]);
  const listed = random.chance(85) ? random.some(1, 3, () => random.pick(names)).join(" ") : "a";
  return `env export ${form} ${size}${at(ground)} ${listed}; echo $?; ${dump(ground)}`;
};

const exported: Form = (random, ground) => {
  const form = random.pick(["-t", "-b", "-c"]);
  const flags = random.pick(["", "", "-d ", "-r ", "-n "]);
  const size = random.pick(["${filesize}", "${filesize}", "-", "", "20", "5", "0", "4"]);
  const end = size === "" ? "" : ` ${some(random)}`;
  return `env export ${form} ${at(ground)} a b; setenv a 9; setenv b; env import ${flags}${form} ${at(ground)} ${size}${end}; echo $?`;
};

const into: Form = (random, ground) => {
  const form = random.pick(["-t", "-t", "", "-b", "-c", "-r -t", "-tr", "-d -t", "-t -d -r"]);
  const size = random.pick(["${filesize}", "${filesize}", "${filesize}", "10", "5", "100", "1"]);
  const listed = form.includes("d")
    ? random.some(1, 3, () => name(random)).join(" ")
    : some(random);
  return `${load(ground, random.pick(environmentNames))} ; env import ${form} ${at(ground)} ${size} ${listed}; echo $?`;
};

const rest: Form = (random) =>
  random.pick([
    `env delete ${some(random)}`,
    `env delete -f ${name(random)}`,
    `env exists ${name(random)}; echo $?`,
    `env exists`,
    `env print ${name(random)} ${name(random)}`,
    `printenv ${name(random)}`,
    `env default ${name(random)}; echo $?`,
    `env default -f ${name(random)}`,
    `env grep ${random.pick(["two", "a=", "-n ^a", "-v words", "-b 0x", "-e x.y", "-n a", "zzz"])}`,
    `run ${some(random)}`,
    `setenv y 'echo ran $a; false'; env run y; echo $?`,
    ...[
      "env",
      "env nosuch",
      "env e",
      "env d a",
      "env p a",
      "printenv -x",
      "setenv",
      "env import",
      "env export",
    ],
    `env import -t`,
    `env set; env delete`,
  ]);

const forms: readonly Form[] = [set, out, out, exported, exported, into, into, into, rest, rest];

export const environment: Family = {
  name: "env",
  make(random, ground) {
    return [
      `setenv filesize; setenv A; setenv .hid; setenv ipaddr; setenv nosuch; setenv ab; ${names.map((each) => `setenv ${each}`).join("; ")}`,
      `mw.b ${at(ground)} 0 400`,
      ...random.some(1, 3, () => `setenv ${random.pick(names)} ${quoted(value(random))}`),
      ...random.some(1, 3, () => `${random.pick(forms)(random, ground)}; echo $?`),
      `printenv ${names.join(" ")}`,
    ];
  },
};
