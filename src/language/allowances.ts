// Every `allow` of a flow with the stretch of text that it covers, so that no later stage has to
// carry them along.
import type { Allowance } from "../diagnostics/index.js";
import type { Declaration, SyntaxTree } from "./declarations.js";
import type { Block, Statement } from "./syntax.js";
import { blocksOf } from "./visit.js";

/** The allowances of `tree`, in the order they are written. */
export function allowancesOf({ declarations }: SyntaxTree): readonly Allowance[] {
  return declarations.flatMap((declaration) => [
    ...ownOf(declaration),
    ...(declaration.type === "script" ? inBlock(declaration.body) : []),
  ]);
}

const inBlock = (block: Block): readonly Allowance[] =>
  block.flatMap((statement) => [...ownOf(statement), ...blocksOf(statement).flatMap(inBlock)]);

function ownOf({ allowances = [], span }: Declaration | Statement): readonly Allowance[] {
  return allowances.map(({ code, why, ...allow }) => ({
    code: code.name,
    at: code.span,
    why,
    span: allow.span,
    covers: span,
  }));
}
