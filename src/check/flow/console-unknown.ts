// A console for the kernel that the board does not have. Of what looks like a console at all only
// serial ports are compared: screens, USB adapters and the like can be there or not.
import { diagnose, type Label } from "../../diagnostics/index.js";
import type { ArgumentCheck } from "../contract.js";

/** Names of serial ports that are part of an SoC, as their drivers in Linux make them. */
const SERIAL = /^tty(?:S|AMA|O|mxc|LP|STM|SC|SAC|PS|UL|AML|THS|SIF|MSM|MV|AS)\d+$/;

/** What any console of Linux is called, and those that firmware puts in. */
const CONSOLE =
  /^(?:tty\d*|tty(?:[A-Z][A-Za-z]*|mxc)\d+|serial\d+|hvc\d+|hvsi\d+|lp\d+|brl\d*|netcon\w*|uart\w*|ttynull|null)$/;

export const consoleUnknown: ArgumentCheck = ({ list }, { board, client }, report) => {
  const known = [...new Set(board.console.map(deviceOf))];
  if (known.length === 0) return;
  for (const { text, span } of list) {
    // What is no word is refused elsewhere.
    const name = /^console=([\w,.:/-]+)$/.exec(text)?.[1];
    const device = name && deviceOf(name);
    if (device === undefined || known.includes(device)) continue;
    if (CONSOLE.test(device) && !SERIAL.test(device)) continue;
    const given = client && [...client.values.values()].find((each) => each.text === name);
    const labels: Label[] = given
      ? [{ span: given.span }, { span, text: "used here" }]
      : [{ span }];
    report(diagnose("console-unknown", { name: device, board: board.id, known }, labels));
  }
};

/** `ttyS0,115200n8` is the device `ttyS0`. */
const deviceOf = (name: string) => name.split(",")[0] ?? name;
