// How the tests run: from the TypeScript sources, one process per file. `--mode quick` leaves out what
// needs a program from outside (real/) or takes long (.long.test.ts), tries less of what is random
// (tools/runs.ts), and has files share a process and what it imported. `--mode soak` runs the long ones
// instead, the files that end in .soak.ts, and `--mode bench` the measurements.
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

const sources = join(import.meta.dirname, "../src");

/** The last replaces a module of Node, which those that share its process would meet. */
const notQuick = ["real/**", "**/*.long.test.ts", "tftp/lost-thread.test.ts"];

export default defineConfig(({ mode }) => {
  const quick = mode === "quick";
  return {
    // The sources' own, while dist keeps to package.json ("imports"): some tests load both.
    resolve: {
      alias: [{ find: /^#(crc32|crypto)$/, replacement: join(sources, "image/$1-node.ts") }],
    },
    test: {
      root: import.meta.dirname,
      include: [`**/*.${quick ? "test" : mode}.ts`],
      ...(quick && { isolate: false, maxWorkers: 4 }),
      exclude: [...configDefaults.exclude, ...(quick ? notQuick : [])],
      // A machine that is busy with something else is no fault: a test that hangs is.
      testTimeout: mode === "test" || quick ? 120_000 : 1_800_000,
      hookTimeout: 120_000,
      // What is built is loaded as Node loads it.
      server: { deps: { external: [/\/dist\//] } },
    },
  };
});
