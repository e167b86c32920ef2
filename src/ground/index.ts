// What every floor may stand on: no knowledge of boards, boots or formats.
export { descriptorLimit, isExhausted } from "./descriptors.js";
export { type Mishap, mishapOf, SafetyNet } from "./safety-net.js";
