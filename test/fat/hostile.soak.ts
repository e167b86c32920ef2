// The same with a hundred thousand damaged volumes of each kind.
import "./hostile.test.js";
