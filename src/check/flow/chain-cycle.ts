// Scripts that chain to each other for ever. A step that fails is no way out here: what has to go
// wrong for the board to stop is no plan. Scripts that chain to themselves are refused earlier.
import { diagnose, type Label, type Report } from "../../diagnostics/index.js";
import { missed } from "../../language/index.js";
import type { Analysis, Plan } from "../../memory/index.js";
import { type ChainStep, nestsSteps, type Step, type Steps, stepsIn } from "../../steps/index.js";
import type { FlowCheck } from "../contract.js";

/** The scripts as one client runs them, by name. */
type World = ReadonlyMap<string, Analysis>;

export const chainCycle: FlowCheck = (plan, report) => {
  // Who runs what is asked only where some scripts chain in a circle at all.
  const { analyses } = plan;
  if (!analyses.some(({ script: { name } }) => reachable(name, analyses).has(name))) return;
  for (const world of worldsOf(plan)) {
    for (const cycle of cyclesIn(world)) reportCycle(cycle, world, report);
  }
};

/** The scripts that any client gets to from the script `from`. */
function reachable(from: string, analyses: readonly Analysis[]): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [from];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const each of analyses) {
      if (each.script.name !== name) continue;
      for (const next of chainsOf(each).values()) {
        if (!found.has(next)) pending.push(next);
        found.add(next);
      }
    }
  }
  return found;
}

/** One world for all clients that run the same scripts in the same way. */
function worldsOf({ runs, analyses }: Plan): Iterable<World> {
  const shared = runs.filter(({ client }) => !client);
  const byClient = new Map<string | undefined, Map<string, Analysis>>();
  for (const { client, script, analysis, board } of runs) {
    const key = client?.name;
    const world = byClient.get(key) ?? new Map<string, Analysis>();
    byClient.set(key, world.set(script.name, analysis));
    if (!client) continue;
    for (const each of shared) {
      if (each.board === board) world.set(each.script.name, each.analysis);
    }
  }
  const distinct = new Map<string, World>();
  for (const world of byClient.values()) {
    const key = [...world.values()]
      .map((each) => analyses.indexOf(each))
      .sort()
      .join();
    distinct.set(key, world);
  }
  return distinct.values();
}

/** Sets of scripts that chain among each other and from which nothing leads out. */
function cyclesIn(world: World): readonly (readonly string[])[] {
  const analyses = [...world.values()];
  const reach = new Map([...world.keys()].map((name) => [name, reachable(name, analyses)]));
  const cycles = new Map<string, readonly string[]>();
  for (const name of world.keys()) {
    const members = [...world.keys()].filter(
      (each) => reach.get(name)?.has(each) && reach.get(each)?.has(name),
    );
    if (members.length > 1) cycles.set(members.join(), members);
  }
  return [...cycles.values()].filter((members) =>
    members.every((each) => !escapes(world.get(each)?.steps ?? [], members, world.get(each))),
  );
}

/** Where each `chain` of a script leads. */
function chainsOf(analysis: Analysis | undefined): ReadonlyMap<ChainStep, string> {
  const result = new Map<ChainStep, string>();
  for (const step of stepsIn(analysis?.steps ?? [])) {
    if (step.type === "chain") result.set(step, step.script.name);
  }
  return result;
}

type Branching = Pick<Extract<Step, { type: "if" | "try" }>, "body" | "otherwise">;

/** Whether a way through `block` does not end in a chain to one of `members`. */
function escapes(block: Steps, members: readonly string[], analysis: Analysis | undefined) {
  const targets = chainsOf(analysis);
  /** `out`: some way leads out; `through`: some way leads to the end. */
  const follow = (steps: Steps): { out: boolean; through: boolean } => {
    for (const step of steps) {
      const { out, through } = one(step);
      if (out || !through) return { out, through };
    }
    return { out: false, through: true };
  };
  const one = (step: Step): { out: boolean; through: boolean } => {
    switch (step.type) {
      case "chain": {
        const inside = members.includes(targets.get(step) ?? "");
        return { out: !inside, through: false };
      }
      case "call":
        return step.verb === "boot" || step.verb === "chain"
          ? { out: true, through: false }
          : { out: false, through: true };
      case "boot":
      case "reset":
      case "poweroff":
      case "shell":
      case "fail":
      case "run":
      case "uboot":
      case "broken":
        return { out: true, through: false };
      case "try":
        if (step.otherwise.length === 0) return follow([...step.body, ...step.next]);
        return either({ ...step, body: [...step.body, ...step.next] });
      case "if":
        return either(step);
      case "retry":
        return follow(step.body);
      case "each":
        return { ...follow(step.body), through: true };
      default:
        return nestsSteps(step) ? missed(step) : { out: false, through: true };
    }
  };
  const either = ({ body, otherwise }: Branching) => {
    const [left, right] = [follow(body), follow(otherwise)];
    return { out: left.out || right.out, through: left.through || right.through };
  };
  const { out, through } = follow(block);
  return out || through;
}

function reportCycle(members: readonly string[], world: World, report: Report): void {
  const labels: Label[] = [];
  const way: string[] = [];
  let name: string | undefined = members[0];
  while (name !== undefined && !way.includes(name)) {
    way.push(name);
    const next: [ChainStep, string] | undefined = [...chainsOf(world.get(name))].find(
      ([, target]) => members.includes(target),
    );
    if (next) labels.push({ span: next[0].span });
    name = next?.[1];
  }
  const start = way.indexOf(name ?? "");
  const cycle = [...way.slice(start), name ?? ""];
  report(diagnose("chain-cycle", { cycle }, labels.slice(start)));
}
