// `${filesize}` asked whether a file came: a load that fails leaves the size of the one before in it
// (fs/fs.c, net/net.c set it only when they have succeeded).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";
import type { Moment } from "./walk.js";

export const filesizeProof: Rule = ({ moments }, report) => {
  // Emptied before the load, it does say so.
  const empties = ({ command: { name, args } }: Moment) =>
    name === "setenv" && args[0]?.text === "filesize";
  if (moments.some(empties)) return;
  for (const { command, before } of moments) {
    const { name, args, at } = command;
    const [last, ...others] = before.last ?? [];
    if (
      name !== "test" ||
      !last?.unread ||
      others.length > 0 ||
      !asksForAny(args.map(({ text }) => text))
    ) {
      continue;
    }
    const data = { command: last.command.text };
    const labels = [
      { span: at },
      { span: last.command.at, text: "leaves it as it was when it fails" },
    ];
    report(diagnoseScript("filesize-proof", data, labels));
  }
};

/** `-n "${filesize}"`, `"${filesize}" != ""`, `"${filesize}" -gt 0` and their opposites. */
function asksForAny(texts: readonly string[]): boolean {
  const [first = "", second = "", third, ...rest] = texts[0] === "!" ? texts.slice(1) : texts;
  if (rest.length > 0) return false;
  if (third === undefined) return /^-[nz]$/.test(first) && second === "${filesize}";
  const isNothing = /^(?:|0|0x0)$/.test(third);
  return first === "${filesize}" && isNothing && /^(?:!?=|==|-(?:gt|ne|eq))$/.test(second);
}
