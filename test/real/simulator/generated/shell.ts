// Cases for the shell itself: lists, conditions, loops, quotes and variables.
import { type Family, names } from "./family.js";
import type { Random } from "./random.js";

const word = (random: Random): string =>
  random.pick([
    ...[
      "a",
      "1",
      "''",
      '""',
      "'b c'",
      '"d e"',
      "$x",
      "${y}",
      '"$x"',
      "'$x'",
      "\\$x",
      "a\\ b",
      "$?",
      "x\\*",
    ],
    ...[
      "*",
      "a*",
      "?",
      "[a]",
      "\\[",
      '"*"',
      "${z}",
      "a$x",
      "x=1",
      "\\\\",
      "#no",
      "a#b",
      "{a}",
      "$1",
      "$#",
    ],
    ...[
      "\\*?",
      "'\\'",
      '"\\$x"',
      '"\\\\"',
      "\\;",
      "a;b",
      "!",
      "-n",
      "$xy",
      "${x}y",
      "\\'",
      '"a\'b"',
      "$é",
    ],
  ]);

function simple(random: Random): string {
  const name = random.pick(names);
  return random.pick([
    `echo ${random.some(0, 4, () => word(random)).join(" ")}`,
    `echo ${word(random)}`,
    "true",
    "false",
    `${name}=${random.pick(["1", "'a b'", '"$x"', "$y", "", "$?"])}`,
    `setenv ${name} ${random.some(0, 2, () => word(random)).join(" ")}`,
    `test ${random.pick(["a = a", "-n $x", '-z "$y"', "$x = 1", "1 -lt 2"])}`,
    `run ${name}`,
    "nosuch",
    `printenv ${name}`,
    "exit 3",
    "",
  ]);
}

const list = (random: Random, depth: number): string => {
  const some = random.some(1, 3, () => statement(random, depth - 1));
  return some.reduce(
    (all, each) => `${all}${random.pick(["; ", "; ", " && ", " || ", "\n"])}${each}`,
  );
};

function statement(random: Random, depth: number): string {
  if (depth <= 0 || random.chance(45)) return simple(random);
  const inner = () => list(random, depth);
  switch (random.below(9)) {
    case 0:
      return `if ${simple(random)}; then ${inner()}; fi`;
    case 1:
      return `if ${simple(random)}; then ${inner()}; else ${inner()}; fi`;
    case 2:
      return `if ${simple(random)}; then ${inner()}; elif ${simple(random)}; then ${inner()}; fi`;
    case 3:
      return `for ${random.pick(names)} in ${random.some(0, 3, () => word(random)).join(" ")}; do ${inner()}; done`;
    case 4:
      return `x=1; while test "$x" != 111; do x=1$x; ${simple(random)}; done`;
    case 5:
      return `! ${simple(random)}`;
    case 6:
      return `{ ${inner()}; }`;
    case 7:
      return `( ${inner()} )`;
    default:
      return random.pick([
        ...[
          "if true",
          "then echo x",
          "fi",
          "echo 'open",
          'echo "open',
          "done",
          "for",
          "while",
          ")",
          "}",
        ],
        ...[
          "echo a & echo b",
          "echo a | echo b",
          "if; then",
          "for x; do echo",
          "echo a;; echo b",
          "|| echo",
        ],
      ]);
  }
}

export const shell: Family = {
  name: "shell",
  make(random) {
    return [
      `${names.map((each) => `setenv ${each}; ${each}=`).join("; ")}; z=`,
      `setenv x 1; setenv y 'p q'`,
      `setenv c '${list(random, 2).replaceAll("'", "")}'`,
      list(random, 3),
    ];
  },
};
