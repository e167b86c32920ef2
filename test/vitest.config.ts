// How the tests run: from the TypeScript sources, one process per file. `--mode quick` leaves out what
// needs a program from outside (real/) or takes long (.long.test.ts), `--mode soak` runs the long ones instead, the files that end in
// .soak.ts, and `--mode bench` the measurements.
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => {
  const quick = mode === "quick";
  return {
    resolve: { conditions: ["source", "node", "import", "default"] },
    ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
    test: {
      root: import.meta.dirname,
      include: [`**/*.${quick ? "test" : mode}.ts`],
      exclude: [...configDefaults.exclude, ...(quick ? ["real/**", "**/*.long.test.ts"] : [])],
      // A machine that is busy with something else is no fault: a test that hangs is.
      testTimeout: mode === "test" || quick ? 120_000 : 1_800_000,
      hookTimeout: 120_000,
    },
  };
});
