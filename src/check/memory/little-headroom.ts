// A file that the flow put at an address has next to no room to grow before it reaches the next one:
// the build that makes it a little larger will not boot.
import { freeMemory } from "../../boards/index.js";
import { diagnose, type Report } from "../../diagnostics/index.js";
import { type Analysis, growthOf, type Moment, neighboursOf } from "../../memory/index.js";

/** Kernels and initrds of one version to the next have grown by more than this. */
const SHARE = 0.05;

export function littleHeadroom({ moments, board }: Analysis, report: Report): void {
  const free = freeMemory(board);
  for (const moment of moments) {
    for (const file of moment.loads) {
      if (!isFixed(moment)) continue;
      const { name } = file.provision;
      const { room, next } = growthOf({ ...file, name }, neighboursOf(moment), free);
      if (room < 0 || room >= file.size * SHARE) continue;
      const data = { name, room, size: file.size, next };
      report(diagnose("little-headroom", data, file.span));
    }
  }
}

/** Only what a person placed: what is placed here has room, or the board has none. */
function isFixed({ step }: Moment): boolean {
  return step.type === "load" && step.to !== undefined;
}
