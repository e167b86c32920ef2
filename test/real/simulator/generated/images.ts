// Cases for source, iminfo and imxtract: images of the pool, whole, damaged, and none at all.
import { at, type Family, type Ground, load } from "./family.js";
import { imageNames } from "./pool.js";
import type { Random } from "./random.js";

type Form = (random: Random, ground: Ground) => string;

const part = (random: Random): string =>
  random.pick([
    ...["", "", ":one", ":two", ":none", ":", "#first", "#second", "#none", "#", ":kernel"],
    ...["#conf-1", ":one#first", "#first:two"],
  ]);

const run: Form = (random, ground) =>
  `source ${random.pick([at(ground), at(ground), `0x${at(ground)}`])}${part(random)}`;

const extract: Form = (random, ground) => {
  const what = random.pick(["0", "1", "2", "7", "one", "kernel", "fdt", "none", "x", "''"]);
  const to = random.chance(70) ? ` ${at(ground, 0x20000)}` : "";
  return `imxtract ${at(ground)} ${what}${to}; echo $?; printenv filesize fileaddr; md.b ${at(ground, 0x20000)} 10`;
};

const odd: Form = (random) => random.pick(["source 1 2", "imxtract", "imxtract 1 2 3 4"]);

const forms: readonly Form[] = [
  ...[run, run, run, extract, extract],
  (_, ground) => `iminfo ${at(ground)}`,
  (_, ground) => `iminfo ${at(ground)}`,
  (_, ground) => `iminfo ${at(ground)} ${at(ground, 0x10000)}`,
  odd,
];

export const images: Family = {
  name: "images",
  make(random, ground) {
    return [
      `setenv filesize; setenv fileaddr; mw.q ${at(ground)} 0 200; mw.q ${at(ground, 0x10000)} 0 20; mw.q ${at(ground, 0x20000)} 0 20`,
      load(ground, random.pick(imageNames)),
      ...(random.chance(15)
        ? [`mw.b ${at(ground, random.below(80))} ${random.pick(["0", "ff", "1"])}`]
        : []),
      ...(random.chance(20) ? [`setenv verify ${random.pick(["n", "y", "0", ""])}`] : []),
      ...random.some(1, 2, () => `${random.pick(forms)(random, ground)}; echo $?`),
      "setenv verify",
    ];
  },
};
