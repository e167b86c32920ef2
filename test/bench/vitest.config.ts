// How the benchmarks run: alone, one after the other, by hand (`npm run bench:…`).
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.bench.ts"],
    testTimeout: 900_000,
    fileParallelism: false,
  },
});
