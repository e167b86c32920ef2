// Checking: what is known to go wrong on the board, found before it does.
export { check } from "./check.js";
