// A `try` whose `else` does once more what has just failed: the same file from the same server.
import { diagnose } from "../../diagnostics/index.js";
import { type Block, type Statement, statementsOf } from "../../language/index.js";
import type { FlowCheck } from "../contract.js";

export const elseSame: FlowCheck = ({ program }, report) => {
  for (const { body } of program.scripts.values()) {
    for (const statement of statementsOf(body)) {
      if (statement.type !== "try" || statement.otherwise.length === 0) continue;
      const [again] = statement.otherwise.filter(matters);
      const [first] = statement.body.filter(matters);
      if (!again || !first || shape(statement.otherwise) !== shape(statement.body)) continue;
      const labels = [{ span: again.span }, { span: first.span, text: "this has just failed" }];
      report(diagnose("else-same", {}, labels));
    }
  }
};

const matters = ({ type }: Statement) => type !== "print";

/** `block` as text, without places and without what only speaks; tftp is what is meant unsaid. */
function shape(block: Block): string {
  const tftp = { type: "device", kind: { type: "name", name: "tftp" } };
  const whole = block.filter(matters).map((statement) => {
    const fetches = statement.type === "load" || statement.type === "chain";
    return fetches && !statement.from ? { ...statement, from: tftp } : statement;
  });
  // Keys in order: a device that is written and one that is not have theirs in different ones.
  const sorted = (value: object) =>
    Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(whole, (key, value) => {
    if (key === "span") return undefined;
    return value && typeof value === "object" && !Array.isArray(value) ? sorted(value) : value;
  });
}
