// Statements that are never run, since what stands before them does not come back.
import { diagnose, type Report } from "../../diagnostics/index.js";
import { type Block, missed, nests, type Statement } from "../../language/index.js";
import type { FlowCheck } from "../contract.js";
import { written } from "../texts.js";

export const unreachable: FlowCheck = ({ program }, report) => {
  for (const { body } of program.scripts.values()) endOf(body, report);
};

/** The statement after which nothing more of `block` runs; what follows one is reported. */
function endOf(block: Block, report: Report): Statement | undefined {
  let end: Statement | undefined;
  for (const [index, statement] of block.entries()) {
    const ends = endsAt(statement, report);
    end ??= ends ? statement : undefined;
    const next = block[index + 1];
    if (!ends || end !== statement || !next) continue;
    const labels = [{ span: next.span }, { span: statement.span, text: "ends here" }];
    report(diagnose("unreachable", { statement: written(next), after: statement.type }, labels));
  }
  return end;
}

/** Whether nothing comes after `statement`, however it goes. */
function endsAt(statement: Statement, report: Report): boolean {
  // A failure of these leaves the block, too.
  if (!nests(statement)) return /^(?:boot|reset|poweroff|fail|shell)$/.test(statement.type);
  switch (statement.type) {
    case "try": {
      const body = endOf(statement.body, report) ?? endOf(statement.next, report);
      return endOf(statement.otherwise, report) !== undefined && body !== undefined;
    }
    case "each":
      endOf(statement.body, report);
      return false;
    case "if": {
      const body = endOf(statement.body, report);
      const otherwise = endOf(statement.otherwise, report);
      return body !== undefined && otherwise !== undefined;
    }
    case "retry":
      return endOf(statement.body, report) !== undefined;
    default:
      return missed(statement);
  }
}
