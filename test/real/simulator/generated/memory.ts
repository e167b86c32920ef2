// Cases for memory: shown, filled, copied, compared, summed up and unpacked.
import { at, type Family, type Ground, load } from "./family.js";
import { packedNames } from "./pool.js";
import type { Random } from "./random.js";

type Form = (random: Random, ground: Ground) => string;

const place = (random: Random, ground: Ground): string => {
  const text = at(ground, random.pick([0, 0, 1, 2, 4, 8, 0x10, 0x1f, 0x40, 0x80, 0x100]));
  return random.chance(15) ? `0x${text}` : text;
};
const aligned = (random: Random, ground: Ground) =>
  at(ground, random.pick([0, 0, 8, 0x10, 0x40, 0x80, 0x100]));
const count = (random: Random): string =>
  random.pick(["1", "2", "3", "4", "5", "8", "10", "0x11", "20", "0", "x", "41", "7"]);
const width = (random: Random): string =>
  random.pick(["", "", ".b", ".b", ".w", ".l", ".q", ".b", ".x", ".s"]);
const number = (random: Random): string =>
  random.pick([
    "0",
    "1",
    "ff",
    "61",
    "0x62",
    "12345678",
    "123456789abcdef0",
    "x",
    "deadbeef",
    "7a7a",
  ]);

const show: Form = (random, ground) => {
  const first = `md${width(random)} ${aligned(random, ground)} ${count(random)}`;
  return random.pick([
    first,
    first,
    `${first}; md`,
    `${first}; md${width(random)}`,
    `md ${aligned(random, ground)}`,
  ]);
};
const fill: Form = (random, ground) =>
  `mw${width(random)} ${aligned(random, ground)} ${number(random)} ${random.chance(60) ? count(random) : ""}`;
const copy: Form = (random, ground) =>
  `cp${width(random)} ${aligned(random, ground)} ${aligned(random, ground)} ${count(random)}; echo $?; md.b ${at(ground)} 40`;
const compare: Form = (random, ground) =>
  `cmp${width(random)} ${aligned(random, ground)} ${aligned(random, ground)} ${count(random)}`;

const algorithm = (random: Random): string =>
  random.pick([
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "crc32",
    "SHA256",
    "sha384",
    "crc",
    "nosuch",
    "''",
    "crc16-ccitt",
  ]);
const target = (random: Random, ground: Ground): string =>
  random.pick(["", "", " v", ` *${at(ground, 0x200)}`, ` ${at(ground, 0x200)}`, " v w"]);

const hash: Form = (random, ground) => {
  const check = random.pick(["", "", "", "-v "]);
  return `setenv v; hash ${check}${algorithm(random)} ${place(random, ground)} ${count(random)}${target(random, ground)}; echo $?; printenv v; md.b ${at(ground, 0x200)} 10`;
};
const verify: Form = (random, ground) => {
  const name = random.pick(["md5", "sha1", "sha256", "crc32"]);
  const [from, size] = [place(random, ground), count(random)];
  const spoil = random.pick(["", "", `mw.b ${from} 33; `, "setenv v zz; ", "setenv v 00; "]);
  return `hash ${name} ${from} ${size} v; printenv v; ${spoil}hash -v ${name} ${from} ${size} v; echo $?; hash -v ${name} ${from} ${size} *${at(ground, 0x200)}`;
};
const sum: Form = (random, ground) => {
  const name = random.pick(["crc32", "crc32", "md5sum", "sha1sum"]);
  const check = name === "crc32" && random.chance(25) ? "-v " : "";
  return `setenv v; ${name} ${check}${place(random, ground)} ${count(random)}${target(random, ground)}; echo $?; printenv v; md.b ${at(ground, 0x200)} 10`;
};
const sums: Form = (random, ground) => {
  const [from, size] = [place(random, ground), count(random)];
  return `crc32 ${from} ${size} ${at(ground, 0x200)}; crc32 -v ${from} ${size} *${at(ground, 0x200)}; echo $?; crc32 -v ${from} ${size} ${number(random)}; echo $?`;
};
const unpack: Form = (random, ground) => {
  const limit = random.pick(["", "", " 1000", " 10", " 100000"]);
  const verb = random.pick(["unzip", "unzip", "unzip", `unlz4`]);
  return `setenv filesize; mw.b ${at(ground, 0x1000)} 0 4000; mw.b ${at(ground, 0x20000)} 0 2000; ${load(ground, random.pick(packedNames), 0x1000)}; setenv filesize; ${verb} ${at(ground, 0x1000)} ${at(ground, 0x20000)}${limit}; echo $?; printenv filesize && md.b ${at(ground, 0x20000)} 20`;
};
const base: Form = (random, ground) => {
  const offset = random.pick(["10", "0", "x", "0x20", ""]);
  return `base ${offset}; md.b ${at(ground)} 10; mw.b ${at(ground)} 55 3; cmp.b ${at(ground)} ${at(ground, 3)} 4; crc32 ${at(ground)} 10; base 0; md.b ${at(ground)} 40`;
};
const odd: Form = (random) =>
  random.pick([
    ...[
      "md",
      "mw",
      "cp",
      "cmp",
      "crc32",
      "hash",
      "md5sum",
      "sha1sum",
      "unzip",
      "hash md5",
      "base 1 2",
    ],
    ...[
      "mw.b",
      "cp 1",
      "cmp 1 2",
      "hash md5 1",
      "crc32 1",
      "mw 1",
      "unzip 1",
      "hash -v",
      "unlz4 1 2",
    ],
  ]);

const forms: readonly Form[] = [
  ...[show, show, show, fill, fill, copy, copy, compare, compare, hash, hash, verify],
  ...[sum, sum, sums, unpack, base, odd],
];

export const memory: Family = {
  name: "memory",
  make(random, ground) {
    return [
      `mw.b ${at(ground)} 0 400; base 0; md.b ${at(ground)} 4; setenv ${at(ground, 0x200)}`,
      load(ground, random.pick(["text", "noise", "zeros"])),
      ...random.some(1, 4, () => `${random.pick(forms)(random, ground)}; echo $?`),
    ];
  },
};
