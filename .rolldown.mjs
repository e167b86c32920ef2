// The command in a few files instead of some three hundred, most of which are small: half of the time
// that it took to start went into opening them. Packages stay packages.
import { isAbsolute } from "node:path";

/** @type {import("rolldown").RolldownOptions} */
export default {
  input: ["dist/cli/main.js", "dist/tftp/thread.js"],
  platform: "node",
  external: (id) => !/^[./#]/.test(id) && !isAbsolute(id),
  logLevel: "silent",
  output: { dir: "dist/bin", format: "esm" },
};
