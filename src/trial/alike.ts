// Clients whose boards do the same: their scripts come to the same steps, and differ only in values
// that the board merely hands on. One of them stands for all.
import { serversInTurn } from "../generate/index.js";
import type { Analysis } from "../memory/index.js";
import { type Client, clientParts } from "../program/index.js";
import { type Step, stepsIn, wordingsIn } from "../steps/index.js";
import type { Bench } from "./desk.js";
import { grouped } from "./grouped.js";

/** `clients` in groups of those that are alike, in the order of the flow. */
export function alike(
  bench: Bench,
  clients: readonly (Client | undefined)[],
): readonly (readonly (Client | undefined)[])[] {
  const decisive = decisiveValues(bench);
  const ids = new Map(bench.plan.analyses.map((analysis, index) => [analysis, index]));
  return [...grouped(clients, (client) => keyOf(bench, client, decisive, ids)).values()];
}

function keyOf(
  bench: Bench,
  client: Client | undefined,
  decisive: ReadonlySet<string>,
  ids: ReadonlyMap<Analysis, number>,
): string {
  const analyses = bench.runsOf(client).map(({ analysis }) => ids.get(analysis));
  const [server] = serversInTurn(bench.program, client);
  const values = [...decisive].map((name) => [name, client?.values.get(name)?.text ?? null]);
  const has = ["serial", "mac", "address"].map((name) => client?.values.has(name));
  return JSON.stringify([client?.board.id, analyses, values, has, server]);
}

/** The values of clients that a board may act upon: those that stand elsewhere than in these. */
function decisiveValues({ plan }: Bench): ReadonlySet<string> {
  const found = new Set<string>();
  // What is decided when compiling is no longer there.
  for (const step of plan.analyses.flatMap(({ steps }) => stepsIn(steps))) {
    if (handingOn.has(step.type)) continue;
    for (const { key } of wordingsIn(step).flatMap(clientParts)) found.add(key);
  }
  return found;
}

/** Steps that only hand a value on, to the kernel or to the console. */
const handingOn: ReadonlySet<Step["type"]> = new Set(["bootargs", "print", "fail"]);

/** What stands for `clients` in a heading: the first two, and how many more. */
export function clientNames(clients: readonly (Client | undefined)[]): string {
  const names = clients.flatMap((client) => client?.name ?? []);
  const [first = "the board", second] = names;
  if (names.length <= 1) return first;
  return names.length === 2
    ? `${first} and ${second}`
    : `${first}, ${second} and ${names.length - 2} more like them`;
}
