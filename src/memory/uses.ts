// What a script loads, found before it is compiled, since every address depends on all of it.

import type { Board } from "../boards/index.js";
import { diagnose, nearest, type Report, type Span } from "../diagnostics/index.js";
import type { Block, Value } from "../language/index.js";
import {
  address,
  companionOf,
  kernelOf,
  type Program,
  type Provision,
  provisionOf,
  type Scope,
  walk,
} from "../program/index.js";
import { packedOf } from "./kernels.js";
import type { Target, Use } from "./place.js";

const HEADER = 64;

/** Everything that `block` loads on `board`, each thing once. */
export function usesOf(
  program: Program,
  block: Block,
  board: Board,
  scope: Scope,
  report: Report,
): readonly Use[] {
  const uses = new Map<string, Use>();
  const add = (provision: Provision | undefined, span: Span, to?: Target) => {
    if (!provision?.input) return;
    const { name } = provision;
    const { to: before = [], anywhere = false, span: first = span } = uses.get(name) ?? {};
    const size = servedSize(provision);
    const demands = to ? [...before, to] : before;
    // What `boot` finds loaded already needs no second place.
    const place = anywhere || (!to && before.length === 0);
    uses.set(name, { provision, size, span: first, to: demands, anywhere: place });
  };
  walk(block, (statement) => {
    const { span } = statement;
    if (statement.type === "load") {
      const to = statement.to && targetOf(statement.to, board, scope, report);
      if (to || !statement.to) add(provisionOf(program, statement.what, scope, report), span, to);
    } else if (statement.type === "boot") {
      add(kernelOf(program, statement.kernel, scope, report), statement.kernel.span);
      for (const each of statement.with) {
        add(companionOf(program, each, scope, report), each.span);
      }
    }
  });
  return [...uses.values()];
}

/** Bytes of a provision's file, our header included. */
export function servedSize(provision: Provision): number {
  const packed = packedOf(provision);
  return (packed?.content.size ?? 0) + (provision.wrapped ? HEADER : 0);
}

/** The address that `to` names: a number, or what a variable of the board holds. */
export function targetOf(
  value: Value,
  board: Board,
  scope: Scope,
  report: Report,
): Target | undefined {
  const { span } = value;
  const name =
    value.type === "name" ? value.name : value.type === "variable" ? value.name : undefined;
  if (name === undefined) {
    const found = address(value, scope, report);
    return found === undefined ? undefined : { address: found, span };
  }
  const found = Object.hasOwn(board.addresses, name) ? board.addresses[name] : undefined;
  if (found !== undefined) return { address: found, span, variable: name };
  const known = Object.keys(board.addresses);
  report(
    diagnose(
      "address-unknown",
      { name, board: board.id, known, nearest: nearest(name, known) },
      span,
    ),
  );
  return undefined;
}
