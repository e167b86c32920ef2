// Tests in a flow, and faults to try.
import { code, oneOf, page, quoted } from "./entry.js";

export const trials = {
  "test-expects-nothing": code<{ title: string }>({
    severity: "error",
    message: ({ title }) => `the test \`${title}\` expects nothing`,
    help: () => "say how it is to end: `expect boot NAME`, `expect prompt`, `expect fail`",
    explain: page(
      "A test without an `expect` cannot fail, so it shows nothing.",
      "Say how the board is to end (`expect boot`, `prompt`, `fail`, `reset`, `poweroff`), or what it is to print (`expect console`).",
    ),
  }),
  "test-ends-twice": code<{ first: string; second: string }>({
    severity: "error",
    message: ({ first, second }) =>
      `a board that ends in \`${first}\` does not end in \`${second}\``,
    help: () => "remove one of them, or write a second test",
    explain: page(
      "A boot ends once: with a kernel, at the prompt, in a reset or switched off. It cannot end in two of these ways.",
      "Remove one of them. If the two are meant for different clients or faults, write a test for each.",
    ),
  }),
  "start-unclear": code<{ starts: readonly string[] }>({
    severity: "error",
    message: ({ starts }) =>
      starts.length === 0
        ? "another script chains to each script, so there is no first one"
        : `the first script could be ${quoted(starts)}`,
    help: ({ starts }) =>
      starts.length === 0
        ? "name it: `start NAME`"
        : `name it: ${oneOf(starts.map((each) => `\`start ${each}\``))}`,
    explain: page(
      "A board begins with the script that U-Boot finds by itself: `boot.scr` on the card. If there is none, it begins with the script that no other one chains to. Here there are several of these, or none.",
      "Name the script: `start NAME` in a test, `--start NAME` on the command line.",
    ),
  }),
};
