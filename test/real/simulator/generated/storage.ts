// Cases for files and partitions: loaded, listed, sized and written, by good names and bad.
import { at, type Family, type Ground } from "./family.js";
import type { Random } from "./random.js";

type Form = (random: Random, ground: Ground) => string;

const name = (random: Random): string =>
  random.pick([
    ...[
      "text",
      "/text",
      "noise",
      "empty",
      "sub/other",
      "/sub/other",
      "sub/deep/file",
      "TEXT",
      "Text",
    ],
    ...[
      "sub",
      "/sub",
      "/",
      "sub/",
      "SUB/OTHER",
      "missing",
      "no/x",
      "sub/missing",
      "text/x",
      "''",
      ".",
    ],
    ...[
      "'Mixed Case.txt'",
      "'mixed case.TXT'",
      "sub/../text",
      "./text",
      "//text",
      "sub//other",
      "..",
      "sub/.",
    ],
  ]);

const place = (random: Random, { device }: Ground): string => {
  const [kind = "", number = ""] = device.split(" ");
  if (random.chance(75)) return `${device}:1`;
  return random.pick([
    ...[
      device,
      `${kind} ${number}:auto`,
      `${kind} ${number}:0`,
      `${kind} ${number}:2`,
      `${kind} 9:1`,
    ],
    ...[
      `${kind} x`,
      `nosuch ${number}:1`,
      `${kind} ${number}:x`,
      `${kind} ${number}:`,
      `${kind} ${number}:1x`,
    ],
    ...[
      `${kind} ${number}#none`,
      `${kind} ${number}:01`,
      `${kind} 0${number}:1`,
      `${kind} -`,
      `${kind} :1`,
    ],
    ...[`${kind} ${number}.0:1`, `${kind} ${number}:1:1`, kind, `${kind} ''`],
  ]);
};

const size = (random: Random): string => random.pick(["0", "1", "5", "10", "1000", "x"]);

const read: Form = (random, ground) => {
  const verb = random.pick(["load", "load", "load", "fatload", "ext4load", "ext2load"]);
  const more = random.pick([
    "",
    "",
    "",
    ` ${size(random)}`,
    ` ${size(random)} ${size(random)}`,
    " 5 1 2",
  ]);
  const to = random.chance(92)
    ? at(ground)
    : random.pick(["x", "''", `0x${at(ground)}`, `${at(ground)}z`]);
  return `${verb} ${place(random, ground)} ${to} ${name(random)}${more}; echo $?; printenv filesize fileaddr; md.b ${at(ground)} 10`;
};

const sizes: Form = (random, ground) => {
  const verb = random.pick(["size", "size", "fatsize", "ext4size", "ext2size"]);
  return `${verb} ${place(random, ground)} ${name(random)}; echo $?; printenv filesize`;
};

const listed: Form = (random, ground) => {
  const verb = random.pick(["ls", "ls", "fatls", "ext4ls", "ext2ls"]);
  return `${verb} ${place(random, ground)} ${random.pick(["sub", "/sub", "sub/deep", "SUB", "missing", "text", "sub/", "sub/deep/"])}`;
};

const exists: Form = (random, ground) =>
  `test -e ${place(random, ground)} ${name(random)}; echo $?`;

const about: Form = (random, ground) => {
  const { device } = ground;
  const [kind = ""] = device.split(" ");
  return random.pick([
    `fstype ${place(random, ground)}`,
    `fstype ${place(random, ground)} x; printenv x`,
    `part list ${device} x; printenv x`,
    `part list ${device} -bootable x; printenv x`,
    `part list ${device} -foo x`,
    `part list ${kind} 9 x`,
    `part start ${device} ${random.pick(["1", "2", "0", "x", "1 x", "1 x y"])}; printenv x`,
    `part size ${device} ${random.pick(["1", "2", "0", "x", "1 x", "1 x y"])}; printenv x`,
    `part number ${device} ${random.pick(["1", "2", "0", "x", "1 x", "x x"])}; printenv x`,
    `part uuid ${device}:${random.pick(["1", "2", "0", "x", "1 x"])}; printenv x`,
    `part type ${device}:${random.pick(["1", "2", "1 x"])}; printenv x`,
    "part",
    `part ${random.pick(["list", "start", "uuid", "number", "x"])} ${kind}`,
    `part ${random.pick(["x", "nosuch"])} ${device}`,
  ]);
};

/** Of names that no other case has. */
const written: Form = (random, ground) => {
  const { device } = ground;
  const file = `w${random.below(1e9).toString(36)}`;
  const verb = random.pick(["save", "fatwrite"]);
  const again = random.pick([
    "",
    `${verb} ${device}:1 ${at(ground)} ${file} 3; size ${device}:1 ${file}; printenv filesize; `,
    `${verb} ${device}:1 ${at(ground)} ${file} 4 2; `,
    `${verb} ${device}:1 ${at(ground)} ${file} 4 100; `,
    `${verb} ${device}:1 ${at(ground)} ${file.toUpperCase()} 3; `,
    `fatmkdir ${device}:1 ${file}; `,
    `fatrm ${device}:1 ${file}; echo $?; `,
    `fatmkdir ${device}:1 ${file}d; ${verb} ${device}:1 ${at(ground)} ${file}d/in 3; fatls ${device}:1 ${file}d; fatrm ${device}:1 ${file}d; ${verb} ${device}:1 ${at(ground)} ${file}d 3; fatrm ${device}:1 ${file}d/in; fatrm ${device}:1 ${file}d; `,
  ]);
  const number = random.pick(["5", "0", "400", "x"]);
  return `${verb} ${device}:1 ${at(ground)} ${file} ${number}; echo $?; ${again}echo $?; load ${device}:1 ${at(ground, 0x1000)} ${file}; md.b ${at(ground, 0x1000)} 8; fatrm ${device}:1 ${file}; echo $?`;
};

const refused: Form = (random, ground) => {
  const { device } = ground;
  const verb = random.pick(["save", "fatwrite"]);
  return random.pick([
    `${verb} ${device}:1 ${at(ground)} sub 4`,
    `${verb} ${device}:1 ${at(ground)} no/dir 4`,
    `${verb} ${device}:9 ${at(ground)} x 4`,
    `${verb} ${device}:1`,
    `${verb} ${device}:1 ${at(ground)} x`,
    `${verb} ${device}:1 ${at(ground)} '' 4`,
    `${verb} ${device}:1 ${at(ground)} / 4`,
    `${verb} ${device}:1 ${at(ground)} text/x 4`,
    `fatmkdir ${device}:1 sub`,
    `fatmkdir ${device}:1 text`,
    `fatmkdir ${device}:1 no/dir`,
    `fatmkdir ${device}:1 SUB`,
    `fatrm ${device}:1 missing`,
    `fatrm ${device}:1 sub`,
    `fatrm ${device}:1 no/x`,
    `ext4write ${device}:1 ${at(ground)} x 4`,
  ]);
};

const odd: Form = (random) =>
  random.pick([
    "load",
    "size",
    "ls",
    "fatload",
    "fatls",
    "fstype",
    "size a",
    "ls a b c d",
    "fstype a",
    "load a b c d e f g",
  ]);

const forms: readonly Form[] = [
  ...[read, read, read, sizes, sizes, listed, exists, exists, about, about, written, refused, odd],
];

export const storage: Family = {
  name: "files",
  make(random, ground) {
    return [
      `setenv filesize; setenv fileaddr; setenv x; mw.q ${at(ground)} 3130313031303130 80; mw.q ${at(ground, 0x1000)} 0 20`,
      ...random.some(1, 3, () => `${random.pick(forms)(random, ground)}; echo $?`),
    ];
  },
};
