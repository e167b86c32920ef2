// Inputs and outputs on a disk or in memory: the edge to the file system.
export {
  type FileContent,
  type FileProblem,
  failureOf,
  makeDirectory,
  type OpenedFile,
  openFile,
  ReadError,
  versionOf,
  writeContent,
  writeInto,
  writeNew,
} from "./disk.js";
export {
  type DiskFiles,
  diskFiles,
  type Files,
  type Inputs,
  isProblem,
  memoryFiles,
  pathBeside,
} from "./files.js";
export { inputProblem } from "./identity.js";
export { type Pending, pendingAt, type Removal } from "./journal.js";
export { LARGEST, LONGEST, MOST, readWhole, tooLarge, type Whole } from "./limits.js";
export { spool } from "./spool.js";
export { openAny } from "./stream.js";
export {
  freshFolderProblem,
  type TreeChange,
  type TreeFile,
  type TreeOptions,
  writeFolder,
  writeTree,
} from "./tree.js";
export { isUnpackable, UnpackError, unpack } from "./unpack.js";
