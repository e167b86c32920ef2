// 100 000 mutated datagrams on a live server: nothing is thrown, nothing hangs, others are served.
import { it } from "vitest";
import { runs, some } from "../tools/runs.js";
import { flood } from "./flood.js";

it.each(some([false, true]))("a flood (single port: %s)", (singlePort) =>
  flood(runs(50_000), singlePort),
);
