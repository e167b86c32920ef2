// What a script sets `bootargs` to.
import { setTo } from "../faults/index.js";
import type { Argument } from "./command.js";
import type { Script } from "./script.js";
import { expanded } from "./values.js";

/** Every value of `bootargs`, as far as it is known; each only the last time it is added to. */
export function argumentsIn({ moments }: Script) {
  const set = moments.flatMap(({ command: { name, args }, before }) => {
    const count = setTo("bootargs", [name, ...args.map((each) => each.text)])?.length ?? 0;
    const [variable, ...values] = args.slice(-count - 1);
    if (count === 0 || !variable) return [];
    const text = expanded(values.map((each) => each.text).join(" "), before);
    return [{ words: text.split(/\s+/), argument: spanning(variable, values) }];
  });
  return set.filter(({ words }, index) => {
    const next = set[index + 1]?.words;
    return !(next && words.every((each) => next.includes(each)));
  });
}

function spanning(variable: Argument, values: readonly Argument[]): Argument {
  const end = values.at(-1)?.at.end ?? variable.at.end;
  return { ...variable, at: { ...variable.at, end } };
}
