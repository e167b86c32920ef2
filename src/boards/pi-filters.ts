// The filters of config.txt, which stand in brackets before lines for some boards only. Sources:
// Raspberry Pi's documentation ("Conditional filters"), the release notes of rpi-eeprom for the
// expressions, and what the firmware itself carries.
import type { PiModel } from "./board.js";

/** Filters that name models, and the generation that each is of. */
const models: ReadonlyMap<string, PiModel> = new Map(
  (
    [
      ["pi0", "pi0 pi0w pi02 cm0"],
      ["pi1", "pi1 cm1"],
      ["pi2", "pi2"],
      ["pi3", "pi3 pi3+ cm3 cm3+"],
      ["pi4", "pi4 pi4b pi400 cm4 cm4s"],
      ["pi5", "pi5 pi500 cm5"],
    ] as const
  ).flatMap(([model, names]) => names.split(" ").map((name) => [name, model] as const)),
);

/** Filters that are a word; the others have a value in them. */
export const configFilters: ReadonlySet<string> = new Set([
  ...["all", "none", "tryboot"],
  ...models.keys(),
]);

/** Numbers without a sign that a filter compares: `[partition=2]`, `[bootvar0&0x10]`, `[boot_count>3]`. */
const VARIABLES = [
  ...["partition", "boot_partition", "boot_count", "boot_arg1", "bootvar0", "cust_otp[0-7]"],
  ...["board_attributes", "psu_current_profile"],
].join("|");
const NUMBER = "(?:0x[0-9a-f]{1,8}|\\d{1,10})";
const expression = new RegExp(
  `^(?:${VARIABLES})(?:[=<>]${NUMBER}|&${NUMBER}(?:=${NUMBER})?)$`,
  "i",
);

/** Filters with a value in them, but for expressions. */
const VALUED =
  /^(?:EDID=\S+|HDMI:[01]|0x[0-9a-f]{1,16}|gpio\d{1,2}=[01]|board-type=0x[0-9a-f]{1,4})$/i;

/** Who reads a file with filters in it. */
export type FilterReader = "firmware" | "bootloader";

/** Whether `reader` knows the filter between `[` and `]`. */
export function isConfigFilter(filter: string, reader: FilterReader = "firmware"): boolean {
  // The bootloader begins before there are screens; what follows its `[config.txt]` is the firmware's.
  if (reader === "bootloader" && /^(?:EDID|HDMI)/i.test(filter)) return false;
  if (reader === "bootloader" && filter === "config.txt") return true;
  return configFilters.has(filter.toLowerCase()) || VALUED.test(filter) || expression.test(filter);
}

/** The generation of boards that a filter names; undefined where it is about something else. */
export const filterModel = (filter: string): PiModel | undefined =>
  models.get(filter.toLowerCase());

/** The digits of a filter for one board's serial number, without leading zeros. */
export const filterSerial = (filter: string): string | undefined =>
  /^0x0*([0-9a-f]{1,16})$/i.exec(filter)?.[1]?.toLowerCase();
