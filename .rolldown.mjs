// The package's modules, each of them once: the command and the libraries are bundled together, and what
// several of them need lies in chunks beside the command, as does the thread of TFTP's workers. A few
// files instead of some three hundred halve what it takes to start. Packages stay packages; `#…` stays,
// so that who loads it chooses between Node and what runs anywhere (package.json, "imports").
import { isAbsolute, resolve } from "node:path";

/** Where TypeScript left its JavaScript. */
const made = resolve(".build");

/** What has a name outside: the command, the doors of the libraries, the two kinds of `#…`. */
const entries = [
  ...["index", "image/index", "hush/index", "tftp/index", "dhcp/index"],
  ...["image/crc32-node", "image/crc32-portable", "image/crypto-node", "image/crypto-portable"],
];

const DOOR = "door:";

/** A door only passes on: else the bundler would put the code itself there, away from its neighbours. */
const doors = {
  name: "doors",
  resolveId: (id) => (id.startsWith(DOOR) ? id : undefined),
  load: (id) =>
    id.startsWith(DOOR)
      ? `export * from ${JSON.stringify(`${made}/${id.slice(DOOR.length)}.js`)};`
      : undefined,
};

/** @type {import("rolldown").RolldownOptions} */
export default {
  input: {
    ...Object.fromEntries(entries.map((entry) => [entry, DOOR + entry])),
    "bin/main": `${made}/cli/main.js`,
    "bin/thread": `${made}/tftp/thread.js`,
  },
  plugins: [doors],
  platform: "neutral",
  external: (id) => id.startsWith("#") || (!/^[./]|^door:/.test(id) && !isAbsolute(id)),
  logLevel: "silent",
  output: { dir: "dist", format: "esm", chunkFileNames: "bin/[name]-[hash].js" },
};
