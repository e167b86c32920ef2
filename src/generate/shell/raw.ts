// `uboot "…"`, the escape hatch: the author's own line as it is, and its failure that of a step.
import { assign, command, type List, when } from "../../hush/index.js";
import { textFor } from "../../program/index.js";
import type { UbootStep } from "../../steps/index.js";
import { type Frame, failureText, type State, step, unlessFailed } from "./state.js";

export function lowerRaw({ line, span, compound }: UbootStep, state: State, frame: Frame): List {
  const text = textFor(line, state.client).trim();
  const what = text.length > 40 ? `uboot ${text.slice(0, 40)}...` : `uboot ${text}`;
  if (!compound) return [step(state, frame, span, what, { type: "raw", text })];
  const { dirty } = frame;
  frame.dirty = true;
  return unlessFailed(frame, dirty, [
    command("false"),
    when({ type: "raw", text }, [], [assign(frame.flag, failureText(span, what))]),
  ]);
}
