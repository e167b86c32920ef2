// Cases for fdt: a tree of the pool, read and changed by some forms of the command.
import { at, type Family, type Ground, load, quoted } from "./family.js";
import { overlayNames, treeNames, treePaths, treeProperties } from "./pool.js";
import type { Random } from "./random.js";

type Form = (random: Random, ground: Ground) => string;

const path = (random: Random): string => {
  const real = random.pick(treePaths);
  const kind = random.below(20);
  if (kind < 14) return real;
  if (kind === 14) return random.pick(["al", "al/sub", "bad", "no", "nowhere/x", "long"]);
  if (kind === 15) return `${real}/`;
  if (kind === 16) return real.replace(/@[^/]*/g, "");
  if (kind === 17) return `/${real}`;
  return random.pick(["/nosuch", "/a/nosuch", "nosuch", "''", "/a@1", "/", "/dup", "/dup@2"]);
};

const property = (random: Random): string =>
  random.chance(88) ? random.pick(treeProperties) : random.pick(["none", "'#none'", "''", "reg"]);

const number = (random: Random): string => {
  const value = random.pick([0, 1, 2, 7, 10, 0x1000, 0x40000000, 0xffffffff, 2 ** 32, 0x123456789]);
  return random.pick([value.toString(16), `0x${value.toString(16)}`, `${value}`]);
};

const word = (random: Random): string =>
  random.pick(["a", "okay", "two words", "", "x,y-z", "1", "-1", "<1", "[1", "é", "a\\b", "\t"]);

const cell = (random: Random): string =>
  random.pick([
    ...["1", "0", "0x10", "010", "08", "0xffffffff", "0x1122334455667788", "4294967296", "99"],
    ...["0x", "?", "abc", "1a", "0xg", "-1", "0X5", "00"],
  ]);

const byte = (random: Random): string =>
  random.pick(["00", "1", "ff", "0x12", "1122", "fff", "g", "0", "a0", "7e", "41", "42", "0xg"]);

const values = (random: Random): string => {
  switch (random.below(7)) {
    case 0:
      return "";
    case 1:
      return quoted(`<${random.some(0, 4, () => cell(random)).join(" ")}>`);
    case 2: {
      const cells = random.some(1, 4, () => cell(random));
      return `${random.chance(50) ? "'<'" : `'<${cell(random)}'`} ${cells.join(" ")} '>'`;
    }
    case 3:
      return quoted(`[${random.some(0, 5, () => byte(random)).join(" ")}]`);
    case 4:
      return quoted(
        random.pick([
          "<1 2",
          "[1 2",
          "<1>x",
          "[1]x",
          "< 1>",
          "[ 1]",
          "<1  2>",
          "[1  2 ]",
          "<>",
          "[]",
        ]),
      );
    default:
      return random.some(1, 3, () => quoted(word(random))).join(" ");
  }
};

const get: Form = (random) => {
  const [where, name] = [path(random), property(random)];
  const index = random.pick(["", "", " 0", " 1", " 2", " 9", " 0x1", " x", " 0 1"]);
  return random.pick([
    `fdt get value x ${where} ${name}${index}`,
    `fdt get value x ${where} ${name}${index}`,
    `fdt get value x ${where} ${name}`,
    `fdt get name x ${where}${index}`,
    `fdt get size x ${where} ${name}`,
    `fdt get size x ${where}`,
    `fdt get ${random.pick(["v", "va", "size", "n", "q", "''"])} x ${where} ${name}`,
    `fdt get value x ${where}`,
  ]);
};

const print: Form = (random) => {
  const verb = random.pick(["print", "print", "list", "p", "l"]);
  return random.pick([
    `fdt ${verb} ${path(random)}`,
    `fdt ${verb} ${path(random)} ${property(random)}`,
  ]);
};

const set: Form = (random) => {
  const [where, name] = [path(random), random.chance(60) ? property(random) : "new"];
  const read = random.pick([`fdt print ${where}`, `fdt get value x ${where} ${name}`]);
  return `fdt set ${where} ${name} ${values(random)}; echo $?; ${read}`;
};

const node: Form = (random) => {
  const name = random.pick([
    "new",
    "new@1",
    "a",
    "sub",
    "dup",
    "b@10",
    "x_y.z",
    "toolong0123456789012345678901234567890123456789",
  ]);
  const where = path(random);
  return `fdt mknode ${where} ${name}; echo $?; fdt list ${where}`;
};

const remove: Form = (random) => {
  const where = path(random);
  const what = random.chance(60) ? ` ${property(random)}` : "";
  return where === "/" && what === ""
    ? "fdt rm"
    : `fdt rm ${where}${what}; echo $?; fdt list ${where}`;
};

const headerFields = [
  ...["magic", "totalsize", "off_dt_struct", "off_dt_strings", "off_mem_rsvmap", "version"],
  ...["last_comp_version", "boot_cpuid_phys", "size_dt_strings", "size_dt_struct", "nosuch", "''"],
] as const;

const header: Form = (random) =>
  random.pick([
    "fdt header",
    `fdt header get x ${random.pick(headerFields)}`,
    `fdt header got x ${random.pick(headerFields)}`,
    `fdt header x y ${random.pick(headerFields)}`,
    "fdt header get x",
  ]);

const reservations: Form = (random) => {
  const verb = random.pick([
    `add ${number(random)} ${number(random)}`,
    `add ${number(random)}`,
    `delete ${random.pick(["0", "1", "2", "7", "x"])}`,
    "delete",
    "print",
    "p",
    "x",
  ]);
  return `fdt rsvmem ${verb}; echo $?; fdt rsvmem print`;
};

const chosen: Form = (random) => {
  const args = random.pick(["", ` ${number(random)} ${number(random)}`, ` ${number(random)}`]);
  const bootargs = random.pick(["setenv bootargs; ", "setenv bootargs a=b c; ", ""]);
  const shown = ["bootargs", "linux,initrd-start", "linux,initrd-end"];
  const read = shown.map((name) => `fdt print /chosen ${name}`).join("; ");
  return `${bootargs}fdt chosen${args}; echo $?; ${read}; fdt rsvmem print`;
};

const memory: Form = (random) => {
  const cells = random.chance(40)
    ? `fdt set / '#address-cells' '<${random.pick([1, 2])}>'; fdt set / '#size-cells' '<${random.pick([1, 2])}>'; `
    : "";
  const args = random.pick([`${number(random)} ${number(random)}`, number(random), ""]);
  return `${cells}fdt memory ${args}; echo $?; fdt print /memory`;
};

const size: Form = (random) => {
  const by = random.pick(["", " 0", " 1", " 100", " 800", " 1000", " 5000", " x"]);
  return `fdt resize${by}; echo $?; fdt header get x totalsize`;
};

const address: Form = (random, ground) => {
  const [first, second] = [at(ground), at(ground, 0x20000)];
  return random.pick([
    ...["fdt addr", "fdt addr -q", "fdt addr -x", "fdt addr 0x", "fdt addr -c -x"],
    `fdt addr ${first} ${random.pick(["10", "1000", "8000"])}; fdt header get x totalsize`,
    `fdt addr ${second}`,
    `fdt addr -q ${second}`,
    `fdt move ${first} ${second}; fdt list`,
    `fdt move ${first} ${second} ${random.pick(["10", "2000", "9000"])}; fdt header get x totalsize`,
    `fdt move ${second} ${first}; echo $?; fdt addr`,
    "fdt move",
    `fdt move ${first}`,
  ]);
};

const apply: Form = (random, ground) => {
  const overlay = at(ground, 0x40000);
  const room = random.chance(80) ? "fdt resize 2000; " : "";
  const name = random.pick(overlayNames);
  return `${load(ground, name, 0x40000)}; ${room}fdt apply ${overlay}; echo $?; fdt print /; fdt print ${path(random)}`;
};

const odd: Form = (random) =>
  random.pick([
    ...[
      "fdt",
      "fdt x",
      "fdt a",
      "fdt m",
      "fdt s",
      "fdt r",
      "fdt b",
      "fdt c",
      "fdt set",
      "fdt set /",
    ],
    ...[
      "fdt get",
      "fdt get value",
      "fdt get value x",
      "fdt get value x /a",
      "fdt mknode /",
      "fdt rm",
    ],
    ...[
      "fdt bootcpu 3; fdt header get x boot_cpuid_phys",
      "fdt bootcpu",
      "fdt bootcpu 1 2",
      "fdt boot 5",
    ],
  ]);

const forms: readonly Form[] = [
  ...[get, get, get, print, print, set, set, set, node, remove, header, reservations, chosen],
  ...[memory, size, address, apply, odd],
];

export const trees: Family = {
  name: "fdt",
  make(random, ground) {
    const some = random.some(1, 4, () => random.pick(forms)(random, ground));
    return [
      "setenv x 77",
      load(ground, random.pick(treeNames)),
      `mw.q ${at(ground, 0x20000)} 0 8; fdt addr ${at(ground)}`,
      ...(random.chance(70) ? [`fdt resize ${random.pick(["0", "400", "1000"])}`] : []),
      ...some.map((form) => `${form}; echo $?; printenv x`),
    ];
  },
};
