// The files that a script boots, where they are there to be looked into (`--root`).
import type { Board } from "../boards/index.js";
import { diagnoseFound, diagnoseScript, type Label } from "../diagnostics/index.js";
import { fileFaults, type Given, startFaults, takeApart } from "../faults/index.js";
import { identify } from "../image/index.js";
import { type Arrangement, arrangementsIn, isFit, type Lying } from "./memory.js";
import type { Rule } from "./rule.js";

export const payloads: Rule = (script, report) => {
  const { board } = script;
  if (!board) return;
  for (const arrangement of arrangementsIn(script)) {
    const { kernel, command } = arrangement;
    if (kernel && isFit(kernel.content)) {
      if (board.images.fit) continue;
      const data = { board: board.id, what: `\`${kernel.name}\`` };
      report(diagnoseScript("fit-missing", data, labelsOf(kernel, arrangement)));
      continue;
    }
    if (kernel && wrapsLegacy(kernel) && !board.images.legacy) {
      const data = { board: board.id, what: `\`${kernel.name}\`` };
      report(diagnoseScript("legacy-image", data, labelsOf(kernel, arrangement)));
      continue;
    }
    for (const lying of arrangement.files) {
      const given = givenOf(lying, lying === kernel, lying === arrangement.initrd);
      const found = faultsOf(given, board, command)[0];
      if (found) report(diagnoseFound(found, "script", labelsOf(lying, arrangement)));
    }
  }
};

/** What is known to be wrong with `given`, the plainest first. */
export function faultsOf(given: Given, board: Board, command: string) {
  const start = { board, command };
  return [
    ...fileFaults.map((fault) => fault(given)),
    ...startFaults.map((fault) => fault(given, start)),
  ].flatMap((each) => each ?? []);
}

function givenOf({ name, content }: Lying, isKernel: boolean, isInitrd: boolean): Given {
  const kind = isKernel ? "kernel" : isInitrd ? "initrd" : "dtb";
  const inside = takeApart(content, identify(content));
  return { kind, name, file: name, content, inside, wrapped: false, packed: false };
}

const wrapsLegacy = ({ content }: Lying) => identify(content).kind === "uimage";

function labelsOf({ part }: Lying, { boot }: Arrangement): readonly Label[] {
  const loaded = part.loaded[0]?.command.at;
  const used = { span: part.argument.at };
  return loaded ? [{ span: loaded }, { ...used, text: `used by ${boot.command.name}` }] : [used];
}
