// The same with a million mutated flows.
import "./mutated.test.js";
