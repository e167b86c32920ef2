// Trials: a flow that was built, booted on simulated boards with this or that going wrong, and what
// became of it.

export { alike, clientNames } from "./alike.js";
export { allFaults, isBad, type Row, type Survey } from "./all-faults.js";
export { type Boot, type BootOptions, bootDesk, type Request } from "./boot.js";
export { Bench, type Desk } from "./desk.js";
export { junitOf } from "./junit.js";
export { type Folder, type LooseParts, looseDesk, withDevices } from "./loose.js";
export { type Failure, type Miss, runTest, type TestResult } from "./run-tests.js";
export { type ImageStart, refusalOf, type StartVerdict, startVerdict } from "./starts.js";
export { surveyText } from "./survey-text.js";
export { tapOf } from "./tap.js";
export {
  sourceOf,
  type TranscriptLine,
  traceText,
  transcriptOf,
  transcriptText,
} from "./transcript.js";
export { nameOf, type Severity, type Verdict, verdictOf } from "./verdict.js";
