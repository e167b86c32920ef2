// Where the texts of a drawing stand, read from the drawing: one element is one line of it.

/** A text and its box, in pixels. */
export interface Written {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&amp;": "&",
};

/** The size of `svg`, and its texts where they are seen. */
export function writtenIn(svg: string) {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const texts: Written[] = [];
  const shifts: { x: number; y: number }[] = [{ x: 0, y: 0 }];
  for (const line of svg.split("\n")) {
    const outer = shifts.at(-1) ?? { x: 0, y: 0 };
    if (/^\s*<g/.test(line)) {
      const [, x = "0", y = "0"] = /translate\(([\d.]+) ([\d.]+)\)/.exec(line) ?? [];
      if (!line.endsWith("/>")) shifts.push({ x: outer.x + Number(x), y: outer.y + Number(y) });
    }
    if (/^\s*<\/g>/.test(line)) shifts.pop();
    const found = /<text ([^>]*)>([^<]*)<\/text>/.exec(line);
    if (found) texts.push(boxOf(found[1] ?? "", found[2] ?? "", outer));
  }
  return { width: Number(width), height: Number(height), texts };
}

function boxOf(attributes: string, escaped: string, shift: { x: number; y: number }): Written {
  const number = (name: string) =>
    Number(new RegExp(`\\b${name}="([-\\d.]+)"`).exec(attributes)?.[1]);
  const text = escaped.replace(/&\w+;/g, (entity) => entities[entity] ?? entity);
  const size = attributes.includes('class="title"') ? 15 : 11;
  const width = [...text].length * size * 0.602;
  const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1];
  const before = anchor === "end" ? width : anchor === "middle" ? width / 2 : 0;
  const left = shift.x + number("x") - before;
  const base = shift.y + number("y");
  return { text, left, right: left + width, top: base - size * 0.75, bottom: base + size * 0.2 };
}
