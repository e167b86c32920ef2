// `uboot "…"`, the escape hatch: the author's own line as it is, and its failure that of a step.
import { assign, command, type List, when } from "../../hush/index.js";
import { textFor } from "../../program/index.js";
import type { UbootStep } from "../../steps/index.js";
import { type Emit, failureText, step, unlessFailed } from "./state.js";

export function lowerRaw({ line, compound }: UbootStep, emit: Emit): List {
  const { state, frame, span } = emit;
  const text = textFor(line, state.client).trim();
  const what = text.length > 40 ? `uboot ${text.slice(0, 40)}...` : `uboot ${text}`;
  if (!compound) return [step(emit, what, { type: "raw", text })];
  const { dirty } = frame;
  frame.dirty = true;
  return unlessFailed(frame, dirty, [
    command("false"),
    when({ type: "raw", text }, [], [assign(frame.flag, failureText(span, what))]),
  ]);
}
