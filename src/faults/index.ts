// Faults: what is known to go wrong on the board, each once, as a predicate on small facts. Checks of flows,
// rules for scripts by hand and `inspect` ask them; where it stands in a text is theirs to say.
export {
  type AllOnes,
  allOnes,
  ambiguousOn,
  fetches,
  importsEnvironment,
  importsEverything,
  isNfsByUdp,
  missingOn,
  savesEnvironment,
  setTo,
  tooLongForTftp,
  unreachableRoot,
  type Words,
} from "./commands.js";
export type { FileFault, Given, Start, StartFault } from "./given.js";
export { article, type Inside, takeApart } from "./inside.js";
export { isFree, unpackedOver, writtenOver } from "./memory.js";
export { labelsMissing } from "./overlays.js";
export { foreignTo } from "./payloads/kernel-architecture.js";
export { fileFaults, startFaults } from "./payloads.js";
