// The tests of a flow, run: each on the boards of its clients, those that are alike only once, and
// held to what is expected.
import { positionOf, type Span } from "../diagnostics/index.js";
import { type Expectation, faultText, readTest, type Test } from "../program/index.js";
import type { Handed } from "../simulator/index.js";
import { alike, clientNames } from "./alike.js";
import { type Boot, type BootOptions, bootDesk } from "./boot.js";
import type { Bench } from "./desk.js";
import { transcriptOf } from "./transcript.js";
import { nameOf, verdictOf } from "./verdict.js";

/** Something that was expected and is not so. */
export interface Miss {
  /** `zero-client.boot:40`. */
  readonly at: string;
  readonly expected: string;
  readonly found: string;
}

/** A test on one board that did not come out as expected. */
export interface Failure {
  /** Whose board, with those that are like it. */
  readonly clients: string;
  readonly misses: readonly Miss[];
  /** The last lines on the console. */
  readonly tail: readonly string[];
}

/** What came of a test. */
export interface TestResult {
  readonly title: string;
  /** `zero-client.boot:38`. */
  readonly at: string;
  /** On the clock of the boards, milliseconds: the longest. */
  readonly time: number;
  /** Boards that were switched on, each for all that are like it. */
  readonly boards: number;
  /** None: it holds. */
  readonly failures: readonly Failure[];
}

const TAIL = 12;

/** Runs `test`; `options` say how commands end that are not simulated. */
export function runTest(
  bench: Bench,
  test: Test,
  options: Pick<BootOptions, "assumed"> = {},
): TestResult {
  const failures: Failure[] = [];
  const groups = alike(bench, test.clients);
  let time = 0;
  for (const group of groups) {
    const read = readTest(bench.program, test, group[0], () => {});
    const desk = read && bench.desk(group[0], read.start);
    if (!read || !desk) {
      // `check` has refused what cannot be read; a script may still be none of this board's.
      const expected = `${read?.start.name ?? "a script"} for this board`;
      const miss = { at: placeOf(test.span), expected, found: "there is none" };
      failures.push({ clients: clientNames(group), misses: [miss], tail: [] });
      continue;
    }
    const boot = bootDesk(desk, {
      ...options,
      faults: read.faults,
      environment: read.environment,
    });
    time = Math.max(time, boot.time);
    const misses = read.expectations.flatMap((each) => {
      const miss = missed(each, boot);
      return miss ? [{ at: placeOf(each.span), ...miss }] : [];
    });
    for (const fault of read.faults) {
      if (boot.happened.has(fault)) continue;
      const expected = `\`fault ${faultText(fault)}\` makes a difference`;
      misses.push({ at: placeOf(test.span), expected, found: "nothing asked for that" });
    }
    if (misses.length === 0) continue;
    const tail = transcriptOf(boot)
      .slice(-TAIL)
      .map(({ text }) => text);
    failures.push({ clients: clientNames(group), misses, tail });
  }
  return { title: test.title, at: placeOf(test.span), time, boards: groups.length, failures };
}

function placeOf({ source, start }: Span): string {
  const name = source.name.split(/[\\/]/).at(-1);
  return `${name}:${positionOf(source, start).line}`;
}

type Missed = Omit<Miss, "at"> | undefined;

function missed(expectation: Expectation, boot: Boot): Missed {
  const { ending, console } = boot;
  const { text: found, problems } = verdictOf(boot);
  const ended = (holds: boolean, expected: string): Missed =>
    holds ? undefined : { expected, found: [found, ...problems].join("; ") };
  switch (expectation.kind) {
    case "boot":
      return missedBoot(expectation, boot);
    case "prompt":
      return ended(ending.kind === "prompt", "the prompt");
    case "reset":
      return ended(ending.kind === "reset", "a reset");
    case "poweroff":
      return ended(ending.kind === "poweroff", "the board switched off");
    case "fail": {
      const { text } = expectation;
      const failed = ending.kind === "prompt" && ending.status !== 0;
      const said = text === undefined || console.includes(text);
      const words = text === undefined ? "" : `, and ${JSON.stringify(text)} on the console`;
      return ended(failed && said, `the scripts fail${words}`);
    }
    case "bootargs": {
      const given = (ending.kind === "booted" && ending.bootargs) || "";
      const { text, exactly } = expectation;
      const holds = exactly ? given === text : ` ${given} `.includes(` ${text} `);
      return holds
        ? undefined
        : { expected: `bootargs${exactly ? "" : " with"} ${text}`, found: given || "none" };
    }
    case "console": {
      const { text, absent } = expectation;
      if (console.includes(text) !== absent) return undefined;
      const quoted = JSON.stringify(text);
      return absent
        ? { expected: `${quoted} not on the console`, found: "it is" }
        : { expected: `${quoted} on the console`, found: "it is not" };
    }
    case "within":
      return over(boot.time, expectation.most, "ms");
    case "packets":
      return over(boot.packets, expectation.most, "packets");
  }
}

const over = (found: number, most: number, unit: string): Missed =>
  found <= most ? undefined : { expected: `at most ${most} ${unit}`, found: `${found} ${unit}` };

function missedBoot(wanted: Extract<Expectation, { kind: "boot" }>, boot: Boot): Missed {
  const { ending } = boot;
  const { text, problems } = verdictOf(boot);
  const names = wanted.with.map(({ name }) => name);
  const from = wanted.from === undefined ? "" : ` from ${wanted.from}`;
  const others = names.length > 0 ? ` with ${names.join(", ")}` : "";
  const expected = `boots ${wanted.kernel.name}${others}${from}`;
  if (ending.kind !== "booted" || problems.length > 0) {
    return { expected, found: [text, ...problems].join("; ") };
  }
  // A tree with overlays is called after all of them.
  const given = [ending.dtb, ending.initrd].flatMap((each) =>
    each ? nameOf(each, boot).split(" with ") : [],
  );
  const right =
    nameOf(ending.kernel, boot) === wanted.kernel.name &&
    names.every((name) => given.includes(name));
  if (!right) return { expected, found: text };
  const source = sourceDevice(fileOf(ending.kernel) ?? wanted.kernel.file, boot);
  const fits = wanted.from === undefined || isFrom(wanted.from, source, boot);
  return fits ? undefined : { expected, found: `${text} from ${source ?? "nowhere"}` };
}

/** The FIT that something comes from. */
function fileOf({ origins }: Handed): string | undefined {
  return /^(.+?):/.exec(origins[0]?.name ?? "")?.[1];
}

/** Where the file called so came from last: `tftp`, `mmc 0:1`. */
function sourceDevice(file: string, { requests }: Boot): string | undefined {
  const found = requests.findLast(
    (each) =>
      each.kind !== "dhcp" &&
      each.name.replace(/^\/+/, "").endsWith(file) &&
      (each.kind === "read" ? each.found : each.answer === "file"),
  );
  if (found?.kind === "read") return `${found.device}:${found.partition}`;
  return found?.kind === "transfer" ? found.protocol : undefined;
}

/** Whether `source` is what `from` means; `sdcard` is where the first script was. */
function isFrom(from: string, source: string | undefined, { desk }: Boot): boolean {
  if (source === undefined) return false;
  const wanted = from === "sdcard" ? desk.card : from;
  return source === wanted || source.startsWith(wanted.includes(" ") ? `${wanted}:` : `${wanted} `);
}
