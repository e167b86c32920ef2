// `fdt_high` as all ones, copied from old articles: on 32 bit it keeps the device tree where it was
// loaded, on 64 bit 0xffffffff is a limit like any other (boot/image-fdt.c, doc/usage/environment.rst).
import { diagnose, type Span } from "../../diagnostics/index.js";
import type { Statement } from "../../language/index.js";
import type { StepCheck } from "../checks.js";
import { rawCommands } from "../raw.js";
import { statementsOf } from "../texts.js";

export const fdtHigh: StepCheck = ({ block, board }, report) => {
  for (const statement of statementsOf(block)) {
    const { text, span } = limitIn(statement) ?? {};
    const digits = /^(?:0x)?(f{8}|f{16})$/i.exec(text ?? "")?.[1];
    if (text === undefined || digits === undefined) continue;
    const stays = digits.length === board.bits / 4;
    if (!stays && board.bits === 32) continue;
    report(diagnose("fdt-high", { value: text, stays, bits: board.bits }, span));
  }
};

/** What `statement` sets `fdt_high` to. */
function limitIn(statement: Statement): { text: string; span: Span } | undefined {
  if (statement.type === "set" && statement.name.name === "fdt_high") {
    const { value } = statement;
    const text =
      value.type === "bare"
        ? value.text
        : value.type === "name"
          ? value.name
          : value.type === "text"
            ? value.parts.join("")
            : "";
    return { text, span: value.span };
  }
  for (const words of rawCommands(statement)) {
    const [name, text] = words[0] === "setenv" ? words.slice(1) : words.slice(2);
    if (/^(?:setenv|env)$/.test(words[0] ?? "") && name === "fdt_high" && text !== undefined) {
      return { text, span: statement.span };
    }
  }
  return undefined;
}
