// What a script loads, found before it is compiled, since every address depends on all of it.

import type { Board } from "../boards/index.js";
import { diagnose, nearest, type Report, type Span } from "../diagnostics/index.js";
import type { Block, Value } from "../language/index.js";
import {
  address,
  companionOf,
  isFile,
  kernelOf,
  type Program,
  type Provision,
  provisionOf,
  type Scope,
  startedAs,
  walk,
} from "../program/index.js";
import { draftOf } from "./fits.js";
import { growthBy } from "./grow.js";
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
  const add = (provision: Provision | undefined, span: Span, to?: Target, growth = 0) => {
    if (!provision || !isFile(provision)) return;
    const { name } = provision;
    const known = uses.get(name);
    const { to: before = [], anywhere = false, span: first = span } = known ?? {};
    const grows = Math.max(growth, known?.grows ?? 0);
    const size = servedSize(provision);
    const demands = to ? [...before, to] : before;
    // What `boot` finds loaded already needs no second place.
    const place = anywhere || (!to && before.length === 0);
    uses.set(name, { provision, size, span: first, to: demands, grows, anywhere: place });
  };
  walk(block, (statement) => {
    const { span } = statement;
    if (statement.type === "load") {
      const to = statement.to && targetOf(statement.to, board, scope, report);
      if (to || !statement.to) add(provisionOf(program, statement.what, scope, report), span, to);
    } else if (statement.type === "boot") {
      const kernel = kernelOf(program, statement.kernel, scope, report);
      const others = statement.with.map((each) => companionOf(program, each, scope, report));
      const started = startedAs(program, board, kernel, others);
      add(started, statement.kernel.span);
      const { config, with: companions } = statement;
      const [first] = companions;
      if (kernel?.fit && first) report(diagnose("fit-with", { name: kernel.name }, first.span));
      if (kernel && !kernel.fit && config) {
        report(diagnose("config-outside", { name: kernel.name }, config.span));
      }
      const growth = growthBy(others.filter((each) => each?.kind === "overlay"));
      for (const [index, each] of started === kernel ? others.entries() : []) {
        const { span } = statement.with[index] ?? statement;
        add(each, span, undefined, each?.kind === "dtb" ? growth : 0);
      }
    }
  });
  return [...uses.values()];
}

/** Bytes of a provision's file, our header included. */
export function servedSize(provision: Provision): number {
  if (provision.fit) return draftOf(provision.name, provision.fit).size;
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
