// The same with a million mutated flows.
import "./mutated.long.test.js";
