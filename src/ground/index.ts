// What every floor may stand on: no knowledge of boards, boots or formats.

export { descriptorLimit, isExhausted } from "./descriptors.js";
export {
  labelValue,
  makeName,
  makeTarget,
  markdownText,
  oneLine,
  printableAscii,
  shellWord,
  unitArgument,
  unitText,
  xmlText,
} from "./escapes.js";
export { holdsKey, isKeyText } from "./private-key.js";
export { type Mishap, mishapOf, SafetyNet } from "./safety-net.js";
export { fileName, hex } from "./words.js";
