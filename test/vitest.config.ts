// How the tests run: from the TypeScript sources, one process per file.
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
  test: { root: import.meta.dirname, include: ["**/*.test.ts"], testTimeout: 30_000 },
});
