// Scripts and their statements.
import { bytes } from "../bytes.js";
import { code, page } from "./entry.js";

export const scripts = {
  "chain-self": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` chains to itself`,
    help: () => "use `retry forever pause 5s { … }` to go on trying",
    explain: page(
      "Each `chain` runs the next script inside the one before, and takes memory until that script ends. A script that chains to itself uses up the memory, and the board hangs or resets.",
      "To try again and again, use `retry forever pause 5s { … }`.",
    ),
  }),
  "script-elsewhere": code<{ name: string; place: string; device: string }>({
    severity: "error",
    message: ({ name, place, device }) =>
      `the build puts \`${name}\` on ${place}, and this looks for it on ${device}`,
    help: () => "remove `from`, or change the place after `on`",
    explain: page(
      "A build writes a script to one place, the one that its declaration names after `on`. The board looks for it on another device and does not find it.",
      "Remove `from`: the board then looks where the script is. Or change the place after `on`.",
    ),
  }),
  "condition-too-wide": code<{ count: number; most: number }>({
    severity: "error",
    message: ({ count, most }) =>
      `this condition becomes ${count} alternatives; a script can have at most ${most}`,
    help: () => "split it into nested `if`s",
    explain: page(
      "U-Boot's two shells have no parentheses and no `not` in common, so a condition becomes a list of every way in which it can be true. Each `and` between groups of `or` multiplies their number, and the script becomes too large.",
      "Write an `if` inside an `if`: it asks for one group after the other, without all their combinations.",
    ),
  }),
  "raw-unbalanced": code<{ why: string }>({
    severity: "error",
    message: ({ why }) => `this line would change the meaning of the lines after it: ${why}`,
    help: () => "close what the line opens: each `uboot` line has to be complete",
    explain: page(
      "The text of `uboot` goes into the script as it is. With a quote or an `if` that does not end, the lines after it become part of it, and the script does something else, or nothing.",
      "Close what the line opens. Each `uboot` line has to be complete: an `if` with its `fi`, a `do` with its `done`.",
    ),
  }),
  "too-many-arguments": code<{ count: number; most: number; board?: string }>({
    severity: "error",
    message: ({ count, most, board = "U-Boot of most boards" }) =>
      `this becomes ${count} words; ${board} takes ${most}`,
    help: () =>
      "shorten the statement; if your board takes more, say so: board mine from … { maxargs 64 }",
    byHand: () => "put the words of a value in quotes: they are then one argument",
    explain: page(
      "U-Boot splits a command into at most CONFIG_SYS_MAXARGS words. If there are more, it drops them or refuses the command.",
      "Shorten the statement. If your board has a larger value, say so: board mine from rpi_3 { maxargs 64 }.",
    ),
  }),
  "not-portable": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `${what} means different things to U-Boot's two shells`,
    help: () => "remove it, or use `uboot` for a board whose shell you know",
    explain: page(
      "U-Boot has two shells, the old hush and the one that came with v2024.04, and they disagree about apostrophes, backslashes, characters outside ASCII and unusual names of variables. This text would mean one thing on one board and something else on the next.",
      'Remove the character. Name variables with letters, digits and _, beginning with a letter; a flow can also read `serial#`. For a board whose shell you know, `uboot "…"` writes the line as it is.',
    ),
  }),
  "script-too-large": code<{ name: string; size: number; most: number }>({
    severity: "error",
    message: ({ name, size, most }) =>
      `\`${name}\` has ${bytes(size)}; U-Boot reads ${bytes(most)}`,
    help: () => "use --strip, or split it with `chain`",
    byHand: () => "split it, and `source` one part from the other",
    explain: page(
      "Standard boot reads at most 64 KiB of a script, with the header of the image, and ubootc keeps that much memory free for a script. A board does not run a larger one.",
      "Remove comments and indentation with --strip, or move a part into another script and `chain` to it.",
    ),
  }),
};
