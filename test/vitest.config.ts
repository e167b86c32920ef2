// How the tests run: from the TypeScript sources, one process per file. `--mode soak` runs the long
// ones instead, the files that end in .soak.ts.
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  resolve: { conditions: ["source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
  test: {
    root: import.meta.dirname,
    include: [mode === "soak" ? "**/*.soak.ts" : "**/*.test.ts"],
    testTimeout: mode === "soak" ? 1_800_000 : 30_000,
  },
}));
