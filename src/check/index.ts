// Checking: what is known to go wrong on the board, found before it does.
export { checkPlan, scriptChecker } from "./check.js";
