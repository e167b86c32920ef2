// The live view as text: a line for each board, as it is at one moment. Pure; putting it on a
// terminal is the command's. Leaves out everything that is over and done with.
import stringWidth from "string-width";
import { visible } from "../diagnostics/index.js";
import { amountOf, type Boot, type Fetch } from "./boot.js";
import { resent } from "./lines.js";
import { countText, rateText, sizeText, timeText } from "./sizes.js";
import { isComplete, verdictOf } from "./verdict.js";

/** What is drawn. */
export interface Picture {
  /** What is served, for the first line. */
  readonly title: string;
  /** The latest first. */
  readonly boots: readonly Boot[];
  /** ms of the clock that the boots were noted with. */
  readonly now: number;
}

/** Where it is drawn: columns and rows of the terminal. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly color?: boolean;
}

/** After this long without progress a transfer is called stuck, in ms. */
const STUCK = 3000;

const BAR = 12;

type Tone = "good" | "bad" | "busy" | "plain";

/** SGR codes (ECMA-48 8.3.117). */
const tones: Readonly<Record<Tone, string>> = { good: "32", bad: "31", busy: "36", plain: "0" };

/** The lines of the view, none wider than the frame and not more than fit. */
export function view({ title, boots, now }: Picture, { columns, rows, color }: Frame): string[] {
  const head = [crop(title, columns)];
  if (boots.length === 0) return [...head, crop("no board has asked for anything yet", columns)];
  const room = Math.max(1, rows - head.length - 2);
  const latest = boots.slice(0, boots.length > room ? room - 1 : room);
  // A line that stays in its place can be read.
  const shown = latest.sort((a, b) => a.since - b.since);
  const table = shown.map((boot) => ({
    cells: cellsOf(boot).map(visible),
    stage: stageOf(boot, now),
  }));
  const heading = ["BOARD", "ID", "ADDRESS"];
  const widths = heading.map((text, at) =>
    Math.max(text.length, ...table.map(({ cells }) => stringWidth(cells[at] ?? ""))),
  );
  const join = (cells: readonly string[], last: string) =>
    crop(
      [...cells.map((text, at) => text + blanks(text, widths[at] ?? 0)), last].join("  "),
      columns,
    );
  const lines = table.map(({ cells, stage }) => {
    const line = join(cells, visible(stage.text));
    return color ? `\x1b[${tones[stage.tone]}m${line}\x1b[0m` : line;
  });
  const more = boots.length - shown.length;
  const rest = more > 0 ? [crop(`and ${countText(more, "more board")}`, columns)] : [];
  return [...head, join(heading, "STAGE"), ...lines, ...rest];
}

function cellsOf({ board: { client, serial, mac, address } }: Boot): readonly string[] {
  return [client ?? "-", serial ?? mac ?? "-", address];
}

/** How far a board has come. */
export function stageOf(boot: Boot, now: number): { readonly text: string; readonly tone: Tone } {
  const { fetches, began, heard } = boot;
  const running = fetches.findLast(({ ended }) => ended === undefined);
  if (running) return { text: transferText(running, now), tone: "busy" };
  if (isComplete(boot)) {
    const { files, size } = amountOf(boot);
    const what = `${countText(files, "file")}, ${sizeText(size)} in ${timeText(heard - began)}`;
    return { text: `has all it needs: ${what}`, tone: "good" };
  }
  const last = fetches.at(-1);
  const refused = (boot.misses.at(-1)?.at ?? -1) >= (last?.began ?? 0);
  const why = boot.judged || refused || last?.fault !== undefined ? verdictOf(boot) : undefined;
  if (why !== undefined) return { text: why, tone: "bad" };
  const since = timeText(now - heard);
  if (last) return { text: `has ${last.kind} ${last.name} for ${since}`, tone: "plain" };
  const { lease } = boot;
  if (lease === undefined) return { text: "", tone: "plain" };
  const has = lease === "OFFER" ? "is offered its address" : "has its address";
  return { text: `${has}, asked for no file yet for ${since}`, tone: "plain" };
}

function transferText(fetch: Fetch, now: number): string {
  const { kind, name, done, size, began, moved, repeats } = fetch;
  const share = size > 0 ? done / size : 0;
  const full = Math.round(share * BAR);
  const bar = `[${"#".repeat(full)}${"-".repeat(BAR - full)}]`;
  const idle = now - moved;
  const pace =
    idle >= STUCK ? `no answer for ${timeText(idle)}` : (rateText(done, now - began) ?? []);
  const notes = [sizeText(done), pace, resent(repeats)].flat();
  return `${kind} ${name} ${bar} ${`${Math.floor(share * 100)}`.padStart(3)} % ${notes.join(", ")}`;
}

const blanks = (text: string, width: number) => " ".repeat(Math.max(0, width - stringWidth(text)));

/** `text` without what goes beyond `columns`. */
function crop(text: string, columns: number): string {
  let width = 0;
  let result = "";
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns) break;
    result += character;
  }
  return result.trimEnd();
}
