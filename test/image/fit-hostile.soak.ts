// The same with a million mutated FITs.
import "./fit-hostile.long.test.js";
