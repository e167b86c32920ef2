// The same with hundreds of thousands of scripts.
import "./hostile.test.js";
