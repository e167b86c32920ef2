// A million mutated datagrams on live servers.
import { it } from "vitest";
import { flood, networks } from "./flood.js";

it.each(networks)("a flood ($kind)", (network) => flood(network, 500_000));
