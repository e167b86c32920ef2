// 20 000 mutated datagrams on live servers: nothing is thrown, nothing hangs, boards are answered.
import { it } from "vitest";
import { runs } from "../tools/runs.js";
import { flood, networks } from "./flood.js";

it.each(networks)("a flood ($kind)", (network) => flood(network, runs(10_000)));
