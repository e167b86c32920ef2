// Every code with its severity, its words and its explanation. Messages are written in codes/ and
// nowhere else. A code names the fault; the check's file, the fixture folder and the topic of
// `ubootc explain` have the same name.
import { byHand } from "./codes/by-hand.js";
import { clients } from "./codes/clients.js";
import type { Entry } from "./codes/entry.js";
import { firmware } from "./codes/firmware.js";
import { fits } from "./codes/fits.js";
import { images } from "./codes/images.js";
import { inputs } from "./codes/inputs.js";
import { memory } from "./codes/memory.js";
import { names } from "./codes/names.js";
import { policy } from "./codes/policy.js";
import { program } from "./codes/program.js";
import { scripts } from "./codes/scripts.js";
import { security } from "./codes/security.js";
import { text } from "./codes/text.js";
import { trials } from "./codes/trials.js";
import { values } from "./codes/values.js";

export type { Entry, Severity } from "./codes/entry.js";
export { keyFaults } from "./codes/fits.js";

const table = {
  ...text,
  ...fits,
  ...inputs,
  ...names,
  ...trials,
  ...clients,
  ...values,
  ...firmware,
  ...scripts,
  ...memory,
  ...policy,
  ...images,
  ...program,
  ...byHand,
  ...security,
};

/** The name of a fault. */
export type Code = keyof typeof table;

/** What the words of `C` need to know. */
export type Data<C extends Code> = (typeof table)[C] extends Entry<infer D> ? D : never;

/** The row of `code`. */
export function entryOf<C extends Code>(code: C): Entry<Data<C>> {
  return table[code] as unknown as Entry<Data<C>>;
}

/** Whether what `code` counts for can be changed: a check found it, or it is a warning anyway. */
export function isAdjustable(code: Code): boolean {
  const { check, severity } = entryOf(code);
  return check === true || severity === "warning";
}

/** The code of this name. */
export function findCode(name: string): Code | undefined {
  return allCodes.find((each) => each === name);
}

/** All codes, in the order of the table. */
export const allCodes = Object.keys(table) as Code[];
