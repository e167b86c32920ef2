// Scripts and their statements.
import { bytes } from "../bytes.js";
import { code, page } from "./entry.js";

export const scripts = {
  "chain-self": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` chains to itself`,
    help: () => "use `retry forever pause 5s { … }` to go on trying",
    explain: page(
      "Each `chain` runs the next script inside the one before, and the memory that this takes is given back only when the inner one ends. A script that chains to itself ends with a board that hangs or resets.",
      "To try again and again, use `retry forever pause 5s { … }`.",
    ),
  }),
  "script-elsewhere": code<{ name: string; place: string; device: string }>({
    severity: "error",
    message: ({ name, place, device }) =>
      `\`${name}\` is put on ${place}, and this looks for it on ${device}`,
    help: () => "leave `from` out, or change the place behind `on`",
    explain: page(
      "A script is written to one place, the one that its declaration names behind `on`. The statement looks for it on another device, where it will not be found.",
      "Leave `from` out: the script is then looked for where it is put. Or change the place behind `on`.",
    ),
  }),
  "condition-too-wide": code<{ count: number; most: number }>({
    severity: "error",
    message: ({ count, most }) =>
      `this condition comes to ${count} alternatives; at most ${most} can be written`,
    help: () => "take it apart into nested `if`s",
    explain: page(
      "U-Boot's two shells have no parentheses and no `not` in common, so a condition is written out as every way in which it can be true. Each `and` between groups of `or` multiplies their number.",
      "An `if` inside an `if` asks for one group after the other, without writing out their combinations.",
    ),
  }),
  "raw-unbalanced": code<{ why: string }>({
    severity: "error",
    message: ({ why }) => `this line would take the rest of the script with it: ${why}`,
    help: () => "each `uboot` line is whole by itself: close what it opens",
    explain: page(
      "What `uboot` holds is written into the script as it is. A quote or an `if` without its end would take the lines behind it along, and the script would do something else, or nothing.",
      "Close what the line opens. Each `uboot` line has to be whole by itself: an `if` with its `fi`, a `do` with its `done`.",
    ),
  }),
  "too-many-arguments": code<{ count: number; most: number; board: string }>({
    severity: "error",
    message: ({ count, most, board }) => `this becomes ${count} words; ${board} takes ${most}`,
    help: () => "shorten the statement; if your board takes more: board mine from … { maxargs 64 }",
    byHand: () => "put the words of a value into quotes: they are one argument then",
    explain: page(
      "U-Boot splits a command into at most CONFIG_SYS_MAXARGS words and drops or refuses the rest.",
      "For a board of your own with a larger value say so: board mine from rpi_3 { maxargs 64 }.",
    ),
  }),
  "not-portable": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `${what} means different things to U-Boot's two shells`,
    help: () => "remove it, or use `uboot` for a board whose shell you know",
    explain: page(
      "U-Boot has two shells, the old hush and the one that came with v2024.04, and they disagree about apostrophes, backslashes, characters outside of ASCII and unusual names of variables. What is written here would mean one thing on one board and another on the next.",
      'Names of variables are letters, digits and _, beginning with a letter; `serial#` can be read. For a board whose shell you know, `uboot "…"` takes the line as it is.',
    ),
  }),
  "script-too-large": code<{ name: string; size: number; most: number }>({
    severity: "error",
    message: ({ name, size, most }) =>
      `\`${name}\` comes to ${bytes(size)}; U-Boot reads ${bytes(most)}`,
    help: () => "use --strip, or take it apart with `chain`",
    byHand: () => "take it apart, and `source` one part from the other",
    explain: page(
      "Standard boot reads at most 64 KiB of a script, the header of the image included, and scripts are given that much memory here.",
      "Leave out comments and indentation with --strip, or move a part into another script and `chain` to it.",
    ),
  }),
};
