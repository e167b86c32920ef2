// How a boot ended, in words: which kernel with what, or where the board stands, and whether a person
// could have meant that.
import { hex } from "../ground/index.js";
import type { Ending, Handed } from "../simulator/index.js";
import type { Boot } from "./boot.js";
import { transcriptOf } from "./transcript.js";

/** From what nobody wants to what everybody wants. */
export const severities = [
  /** It starts what is not what was meant: older bytes, several things, memory nobody wrote. */
  "wrong",
  /** Nothing happens until somebody comes. */
  "hang",
  /** The simulation does not know. */
  "unknown",
  /** A kernel is started with something that did not arrive whole. */
  "damaged",
  "reset",
  "prompt",
  /** Scripts that try for ever. */
  "trying",
  /** U-Boot looks for something to boot by itself. */
  "searching",
  "off",
  /** A kernel, whole, but not the one that is started when all is well. */
  "fallback",
  "booted",
] as const;
export type Severity = (typeof severities)[number];

/** The end of a boot. */
export interface Verdict {
  readonly severity: Exclude<Severity, "fallback">;
  /** One line: `boots linux with pi3`, `prompt: boot failed: …`. */
  readonly text: string;
  /** Why it is not right, a line each. */
  readonly problems: readonly string[];
  /** Whether the scripts came to an end that they lead to themselves. */
  readonly intended: boolean;
}

/** A board that is busy for so long waits between its attempts, milliseconds. */
const PATIENCE = 600_000;

/** What became of `boot`. */
export function verdictOf(boot: Boot): Verdict {
  const { ending } = boot;
  switch (ending.kind) {
    case "booted":
      return bootedVerdict(ending, boot);
    case "prompt": {
      const [intended, last] = [ending.status === 0 && !failedLast(boot), lastWords(boot)];
      const failed = boot.commands.length > 0 ? "the script failed" : "no script is found";
      const text = `prompt: ${intended ? "the script ended" : (last ?? failed)}`;
      return { severity: "prompt", text, problems: [], intended };
    }
    case "reset": {
      const intended = ending.why === "reset";
      const text = intended ? "reset" : `reset: ${ending.why}`;
      return { severity: "reset", text, problems: [], intended };
    }
    case "search": {
      const text = searchText(ending);
      return { severity: "searching", text, problems: [], intended: true };
    }
    case "poweroff":
      return { severity: "off", text: "switched off", problems: [], intended: true };
    case "hang":
      return { severity: "hang", text: `hangs: ${ending.why}`, problems: [], intended: false };
    case "limit": {
      const trying = ending.limit === "time" || boot.time > PATIENCE;
      const text = trying
        ? "still trying after more than ten minutes"
        : `goes round: limit of ${ending.limit}`;
      return { severity: trying ? "trying" : "hang", text, problems: [], intended: false };
    }
    case "unknown-command":
      return unknownVerdict(ending, boot);
    case "undefined":
      return {
        severity: "wrong",
        text: `anything can happen: ${ending.why}`,
        problems: [],
        intended: false,
      };
  }
}

type Unknown = Extract<Ending, { kind: "unknown-command" }>;

function unknownVerdict({ name, decides, starts }: Unknown, boot: Boot): Verdict {
  const severity = "unknown";
  if (!starts) {
    const why = decides === undefined ? "" : `: it depends on ${decides}`;
    const text = `not known: \`${name}\` is not simulated${why}`;
    return { severity, text, problems: [], intended: false };
  }
  const what = `${nameOf(starts, boot)} at ${hex(starts.address)}`;
  const text = `not known: \`${name}\` starts ${what}, and what that does is not simulated`;
  // Where nobody loaded anything a board may have a program in its ROM.
  const wrong = starts.origins.length > 0 ? wrongWith(starts) : undefined;
  const problems = wrong ? [`the program is ${wrong.text}`] : [];
  return { severity, text, problems, intended: false };
}

/** "goes on looking: bootflow scan tries mmc0, pxe; first there is boot.scr on mmc 0:1". */
function searchText({ by, targets, finds }: Extract<Ending, { kind: "search" }>): string {
  const order = targets.length > 0 ? targets.join(", ") : "the devices it knows";
  const next = finds === undefined ? "" : `; first there is ${finds}`;
  return `goes on looking: ${by} tries ${order}${next}`;
}

type Booted = Extract<Ending, { kind: "booted" }>;

function bootedVerdict({ kernel, dtb, initrd }: Booted, boot: Boot): Verdict {
  const parts = { kernel, "device tree": dtb, initrd };
  const problems: string[] = [];
  let severity: Verdict["severity"] = "booted";
  for (const [what, handed] of Object.entries(parts)) {
    const wrong = handed && wrongWith(handed);
    if (!wrong) continue;
    problems.push(`the ${what} is ${wrong.text}`);
    if (severity !== "wrong") severity = wrong.severity;
  }
  const others = [dtb, initrd].flatMap((handed) => (handed ? [nameOf(handed, boot)] : []));
  const all = others.length > 0 ? ` with ${others.join(", ")}` : "";
  const text = `boots ${nameOf(kernel, boot)}${all}`;
  return { severity, text, problems, intended: problems.length === 0 };
}

/** What of the flow lies there, or the file. */
export function nameOf({ origins }: Handed, { desk }: Pick<Boot, "desk">): string {
  const files = [...new Set(origins.map(({ name }) => name.replace(/^\/+| unpacked$/g, "")))];
  if (files.length === 0) return "nothing";
  return files.map((file) => desk.nameOf(file) ?? file).join(" and ");
}

/** Why a part of a boot is not as it should be. */
function wrongWith({ wrong, origins }: Handed) {
  const names = [...new Set(origins.map(({ name }) => name))].join(" and ");
  const flaw = origins.find((each) => each.flaw !== undefined)?.flaw;
  switch (wrong) {
    case undefined:
      return undefined;
    case "stale":
      return {
        severity: "wrong",
        text: `stale: what was to come did not, and ${names} was still there`,
      } as const;
    case "mixed":
      return { severity: "wrong", text: `mixed: bytes of ${names}` } as const;
    case "unwritten":
      if (flaw === undefined) {
        return {
          severity: "wrong",
          text: `made of memory after ${names} that nobody wrote`,
        } as const;
      }
      return { severity: "damaged", text: `damaged: ${flaw}` } as const;
    case "damaged":
      return { severity: "damaged", text: `damaged: ${flaw ?? "it is not whole"}` } as const;
  }
}

/**
 * Whether the last command was to start a kernel and did not: a line end after it makes a script
 * end well all the same (grammar/README.md).
 */
function failedLast({ commands }: Boot): boolean {
  const last = commands.reduce<Boot["commands"][number] | undefined>(
    (found, each) => (each.index > (found?.index ?? -1) ? each : found),
    undefined,
  );
  return last !== undefined && /^boot[imz]$/.test(last.words[0] ?? "") && last.status !== 0;
}

/**
 * What the scripts said on failing: of the last lines that say so the first, which is about what
 * went wrong; those after it are about scripts that failed because of that.
 */
function lastWords(boot: Boot): string | undefined {
  const lines = transcriptOf(boot).filter(({ text }) => text.trim() !== "");
  const end = lines.findLastIndex(({ failed }) => failed);
  let first = end < 0 ? lines.length - 1 : end;
  while (lines[first - 1]?.failed) first -= 1;
  return lines[first]?.text.trim();
}
