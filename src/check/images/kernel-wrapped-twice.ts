// `as uimage` around what is a uImage already: U-Boot takes off one header and starts the other.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { givenOf } from "./payloads.js";

export const kernelWrappedTwice: FlowCheck = ({ program }, report) => {
  for (const provision of program.provisions.values()) {
    const { name, input, wrapped, file } = provision;
    if (!wrapped || !input) continue;
    const { inside } = givenOf(provision, input);
    if (inside.outer.kind !== "uimage" && inside.inner.kind !== "uimage") continue;
    report(diagnose("kernel-wrapped-twice", { name, input: input.name, file }, provision.span));
  }
};
