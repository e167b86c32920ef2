// One line of a source as it is shown: blanks for tabs, signs for what cannot be seen, cut where it
// is too long; and under it the marks with what they say.
import stringWidth from "string-width";

/** A stretch of a line, by its offsets in the line; `end` not included. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it is the guilty place, or one that explains it. */
  readonly guilty: boolean;
}

/** The two ways to colour what is under a line. */
export type Paint = (guilty: boolean, text: string) => string;

const TAB = "    ";
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** `text` on one line, without what would move a terminal's cursor or hide something. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
}

interface Cell {
  readonly text: string;
  readonly width: number;
  /** Offsets in the line, and column on the screen from 0. */
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    const alone = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u.test(segment);
    const text = segment === "\t" ? TAB : alone ? visible(segment) : segment;
    const width = stringWidth(text);
    cells.push({ text, width, start: index, end: index + segment.length, column });
    column += width;
  }
  return cells;
}

/**
 * The line and the rows under it. It is at most `room` columns wide, if need be with its beginning
 * or end cut off around the guilty mark; what the marks say may be wider.
 */
export function excerpt(
  line: string,
  marks: readonly Mark[],
  room: number,
  paint: Paint,
): readonly [line: string, ...under: string[]] {
  const focus = marks.find((mark) => mark.guilty) ?? marks[0];
  // Of a line without end only so much is measured as can be shown.
  const skipped = line.length > 4 * room ? Math.max(0, (focus?.start ?? 0) - 2 * room) : 0;
  const cells = cellsOf(line.slice(skipped, skipped + 4 * room));
  const last = cells.at(-1);
  const total = last ? last.column + last.width : 0;
  const columnOf = (offset: number) =>
    cells.find((cell) => cell.end > offset - skipped)?.column ?? total;
  const columnBehind = (offset: number) =>
    cells.find((cell) => cell.start >= offset - skipped)?.column ?? total;
  const { from, to } = windowOf(
    columnOf(focus?.start ?? 0),
    columnBehind(focus?.end ?? 0),
    total,
    room,
  );
  const cutBefore = from > 0 || skipped > 0;
  const cutBehind = to < total || skipped + 4 * room < line.length;
  const inside = cells.filter((cell) => cell.column >= from && cell.column + cell.width <= to);
  const shift = (cutBefore ? 1 : 0) - from;
  const gap = inside[0] ? inside[0].column - from : 0;
  const text = " ".repeat(gap) + inside.map((cell) => cell.text).join("");
  const shown = `${cutBefore ? "…" : ""}${text}${cutBehind ? "…" : ""}`;
  const within = (column: number) => Math.max(0, Math.min(column, to) + shift);
  const placed = marks.map((mark) => {
    const start = within(columnOf(mark.start));
    return { ...mark, start, end: Math.max(start + 1, within(columnBehind(mark.end))) };
  });
  return [shown, ...rowsUnder(placed, paint)];
}

/** The columns to show of a line of `length`, so that those from `start` to `end` are in it. */
function windowOf(start: number, end: number, length: number, room: number) {
  // A mark after the end takes a column, too.
  const total = Math.max(length, start + 1);
  if (total <= room) return { from: 0, to: total };
  const size = Math.max(1, room - 2);
  const before = Math.floor(Math.max(0, size - (end - start)) / 2);
  const from = Math.max(0, Math.min(start - before, total - size));
  return { from, to: from + size };
}

/** The marks in one row; after the last what it says, and below what the others say. */
function rowsUnder(marks: readonly Mark[], paint: Paint): string[] {
  const ordered = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  const last = ordered.at(-1);
  const ends = Math.max(...ordered.map(({ end }) => end));
  const apart =
    last !== undefined && ordered.every((mark) => mark === last || mark.end <= last.start);
  const below = ordered.filter((mark) => mark.text !== "" && !(apart && mark === last));
  const row = Array.from({ length: ends }, (_, column): Mark | undefined => {
    const here = ordered.filter((mark) => mark.start <= column && column < mark.end);
    return here.find((mark) => mark.guilty) ?? here.at(-1);
  });
  const first = segments(row).map(({ mark, width }) =>
    mark ? paint(mark.guilty, (mark.guilty ? "^" : "-").repeat(width)) : " ".repeat(width),
  );
  if (apart && last.text !== "") first.push(paint(last.guilty, ` ${last.text}`));
  const rows = [first.join("")];
  if (below.length > 0) rows.push(bars(below, paint).text);
  for (let mark = below.pop(); mark; mark = below.pop()) {
    const { text, width } = bars(below, paint);
    // Two marks that begin together: the bar gives way to the words.
    const pad = " ".repeat(Math.max(0, mark.start - width));
    rows.push(text + pad + paint(mark.guilty, mark.text));
  }
  return rows;
}

/** A bar under the beginning of each mark. */
function bars(marks: readonly Mark[], paint: Paint): { text: string; width: number } {
  let text = "";
  let width = 0;
  for (const { start, guilty } of marks) {
    if (start < width) continue;
    text += " ".repeat(start - width) + paint(guilty, "|");
    width = start + 1;
  }
  return { text, width };
}

/** Neighbours that are the same, together. */
function segments(row: readonly (Mark | undefined)[]) {
  const result: { mark: Mark | undefined; width: number }[] = [];
  for (const mark of row) {
    const before = result.at(-1);
    if (before && before.mark === mark) before.width++;
    else result.push({ mark, width: 1 });
  }
  return result;
}
