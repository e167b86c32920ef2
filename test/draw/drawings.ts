// The drawings of a flow that the tests have, by the end of their file names.
import {
  flowGraph,
  flowSvg,
  memoryMaps,
  memorySvg,
  memoryText,
  mermaid,
} from "../../src/draw/index.js";
import type { Plan } from "../../src/memory/index.js";
import { planned } from "./flows.js";

export function planOf(name: string): Plan {
  const { plan, diagnostics } = planned(name);
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return plan;
}

export const mapsOf = (plan: Plan) => memoryMaps(plan, plan.program.clients[0]);

export const drawings = {
  "map.txt": (plan: Plan) => memoryText(mapsOf(plan)),
  "map.svg": (plan: Plan) => memorySvg(mapsOf(plan), `${plan.program.name}: memory`),
  "graph.mmd": (plan: Plan) => mermaid(flowGraph(plan)),
  "graph.svg": (plan: Plan) => flowSvg(flowGraph(plan), `${plan.program.name}: flow`),
};
