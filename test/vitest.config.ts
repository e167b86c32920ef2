// How the tests run: from the TypeScript sources, one process per file. `--mode soak` runs the long
// ones instead, the files that end in .soak.ts, and `--mode bench` the measurements.
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  resolve: { conditions: ["source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
  test: {
    root: import.meta.dirname,
    include: [`**/*.${mode}.ts`],
    testTimeout: mode === "test" ? 30_000 : 1_800_000,
  },
}));
