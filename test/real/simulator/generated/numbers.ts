// Cases for setexpr, itest and test: numbers, texts and patterns.
import { at, type Family, type Ground, load, quoted } from "./family.js";
import type { Random } from "./random.js";

type Form = (random: Random, ground: Ground) => string;

const number = (random: Random): string =>
  random.pick([
    ...[
      "0",
      "1",
      "2",
      "7",
      "9",
      "10",
      "a",
      "ff",
      "0x10",
      "0xffffffff",
      "ffffffffffffffff",
      "-1",
      "x",
    ],
    ...[
      "10000000000000000",
      "123456789",
      "''",
      "08",
      "1g",
      "0x",
      "+1",
      "80000000",
      "7fffffffffffffff",
    ],
  ]);
const width = (random: Random) => random.pick(["", "", "", ".b", ".w", ".l", ".q", ".s", ".x"]);
const operand = (random: Random, ground: Ground): string =>
  random.chance(20) ? `*${at(ground, random.pick([0, 1, 4, 8, 0x10]))}` : number(random);
const operator = (random: Random): string =>
  random.pick(["+", "-", "'*'", "/", "%", "'|'", "'&'", "^", "**", "x", "''", "'<<'", "=="]);

const calculate: Form = (random, ground) => {
  const [left, right] = [operand(random, ground), operand(random, ground)];
  const by = operator(random);
  const zero = /^(?:0|x|''|0x|-1|\+1)$/.test(right) || right.startsWith("*");
  // Dividing by zero kills a sandbox.
  return `setexpr${width(random)} v ${left} ${zero && /[/%]/.test(by) ? "+" : by} ${right}`;
};

const single: Form = (random, ground) => `setexpr${width(random)} v ${operand(random, ground)}`;

const format = (random: Random): string => {
  const flags = random.some(0, 2, () => random.pick(["0", "-", "+", " ", "#"])).join("");
  const size = random.pick(["", "", "1", "4", "8", "20", "0"]);
  const precision = random.pick(["", "", ".0", ".1", ".4", ".", ".12"]);
  return `%${flags}${size}${precision}${random.pick([..."duxXoisc%pb", "lx", "ld", "lu", "zx", "hx", "hhx", "llx", "q", ""])}`;
};
const formatted: Form = (random, ground) => {
  const text =
    random.pick(["", "a", "0x", "%% ", "é"]) +
    format(random) +
    random.pick(["", "", "z", format(random)]);
  return `setexpr${random.chance(85) ? "" : width(random)} v fmt ${quoted(text)} ${random.some(0, 3, () => operand(random, ground)).join(" ")}`;
};

const pattern = (random: Random): string =>
  random.pick([
    ...[
      "a",
      "[a-z]",
      "o+",
      "o*",
      "(o)(.)",
      "^h",
      "d$",
      "l.*l",
      "[^a-z]",
      "\\\\d",
      "x",
      "",
      ".",
      "(l)+",
    ],
    ...["a|b", "(", "[", "h?", "(.)(.)", "\\\\s", "wo.", "[lo]+", "(hello) (world)", "e??", "o+?"],
  ]);
const replacement = (random: Random): string =>
  random.pick(["X", "", "\\\\1", "<\\\\2\\\\1>", "\\\\0", "long replacement", "$", "\\\\9"]);
const text = (random: Random): string =>
  random.pick(["hello world", "foo", "", "aaaa", "a1b2c3", "x=y", "hello", "Hello World", "1.2.3"]);
const substitute: Form = (random) => {
  const verb = random.pick(["sub", "gsub"]);
  const given = random.chance(60) ? ` ${quoted(text(random))}` : "";
  return `setenv v ${quoted(text(random))}; setexpr v ${verb} ${quoted(pattern(random))} ${quoted(replacement(random))}${given}`;
};

const compare = (random: Random): string =>
  random.pick([
    "==",
    "!=",
    "<",
    ">",
    "-eq",
    "-ne",
    "-lt",
    "-gt",
    "-le",
    "-ge",
    "<=",
    ">=",
    "<>",
    "=",
    "-x",
  ]);
const itest: Form = (random, ground) => {
  const [left, right] = [operand(random, ground), operand(random, ground)];
  return `itest${width(random)} ${left} ${quoted(compare(random))} ${right}; echo $?`;
};
const word = (random: Random): string =>
  random.pick(["a", "b", "''", "1", "2", "10", "-n", "!", "abc", "-1", "0x10", "09", "'a b'"]);
const simple = (random: Random): string =>
  random.pick([
    `-n ${word(random)}`,
    `-z ${word(random)}`,
    `${word(random)} ${random.pick(["=", "!=", "'<'", "'>'"])} ${word(random)}`,
    `${word(random)} ${random.pick(["-eq", "-ne", "-lt", "-gt", "-le", "-ge", "-x", "=~"])} ${word(random)}`,
    word(random),
  ]);
const test: Form = (random) => {
  const more = random.some(0, 2, () => `${random.pick(["-a", "-o", "-x"])} ${simple(random)}`);
  return `test ${random.pick(["", "", "! "])}${[simple(random), ...more].join(" ")}; echo $?`;
};
const odd: Form = (random) =>
  random.pick([
    "setexpr",
    "setexpr v",
    "setexpr v 1 +",
    "setexpr v 1 + 2 3",
    "setexpr v fmt",
    "setexpr v sub a",
    "itest",
    "test",
    "itest 1",
    "itest 1 ==",
    "setexpr v 1 2 3",
  ]);

const forms: readonly Form[] = [
  ...[calculate, calculate, single, formatted, formatted, substitute, substitute, itest, itest],
  ...[test, test, odd],
];

export const numbers: Family = {
  name: "setexpr",
  make(random, ground) {
    return [
      "setenv v",
      load(ground, random.pick(["text", "noise"])),
      ...random.some(1, 4, () => `${random.pick(forms)(random, ground)}; echo $?; printenv v`),
    ];
  },
};
