// The virtual board: a script of U-Boot, run on the desk, in a world where anything can fail.
export type * from "./ending.js";
export { type Around, withFaults } from "./faults.js";
export type { Found, FoundOn } from "./found.js";
export { entriesIn } from "./listing.js";
export type { Family, Machine } from "./machine.js";
export { Memory, type Origin, type Piece, type Reading, type Write } from "./memory.js";
export type * from "./options.js";
export * from "./simulate.js";
export * from "./world.js";
