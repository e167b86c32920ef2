// How a finding looks: every layout that the renderer has, as it is printed.
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import {
  type Label,
  type RenderOptions,
  render,
  type Source,
} from "../../src/diagnostics/index.js";

/** The stretch of `source` that is `text`, the `nth` one. */
function at(source: Source, text: string, nth = 1) {
  let start = -1;
  for (let found = 0; found < nth; found++) start = source.text.indexOf(text, start + 1);
  return { source, start, end: start + text.length };
}

function shown(labels: readonly Label[], options?: RenderOptions, rest = {}): string {
  const plain = { code: "syntax", severity: "error", message: "m", notes: [] } as const;
  const [head, ...lines] = render({ ...plain, labels, ...rest }, options).split("\n");
  expect(head).toContain("error[syntax]");
  return `\n${lines.join("\n")}`;
}

const flow: Source = {
  name: "a.boot",
  text: `client a { serial "1"  serial "2" }
\tboard\trpi_3
日本 é👩‍💻 x
script s {
  dhcp
}
`,
};

describe("labels", () => {
  it("two on a line, the last one says its words beside", () => {
    const labels = [
      { span: at(flow, "serial", 2), text: "again" },
      { span: at(flow, "serial"), text: "first given here" },
    ];
    expect(shown(labels)).toBe(`
 --> a.boot:1:24
  |
1 | client a { serial "1"  serial "2" }
  |            ------      ^^^^^^ again
  |            |
  |            first given here
`);
  });

  it("three on a line", () => {
    const labels = [
      { span: at(flow, "serial"), text: "this" },
      { span: at(flow, "serial", 2), text: "and that" },
      { span: at(flow, "client a"), text: "of this client" },
    ];
    expect(shown(labels)).toBe(`
 --> a.boot:1:12
  |
1 | client a { serial "1"  serial "2" }
  | --------   ^^^^^^      ------ and that
  | |          |
  | |          this
  | of this client
`);
  });

  it("one inside the other", () => {
    const labels = [
      { span: at(flow, '"1"'), text: "this value" },
      { span: at(flow, 'serial "1"'), text: "of this property" },
    ];
    expect(shown(labels)).toBe(`
 --> a.boot:1:19
  |
1 | client a { serial "1"  serial "2" }
  |            -------^^^
  |            |      |
  |            |      this value
  |            of this property
`);
  });

  it("on several lines, from the top, with what is between left out", () => {
    const labels = [
      { span: at(flow, "dhcp"), text: "here" },
      { span: at(flow, "script"), text: "in this" },
      { span: at(flow, "client") },
    ];
    expect(shown(labels)).toBe(`
 --> a.boot:5:3
  |
1 | client a { serial "1"  serial "2" }
  | ------
...
4 | script s {
  | ------ in this
5 |   dhcp
  |   ^^^^ here
`);
  });

  it("in several files, the guilty one first", () => {
    const lab: Source = { name: "lab.csv", text: `name\n${"a\n".repeat(120)}b` };
    const labels = [{ span: at(lab, "b"), text: "given here" }, { span: at(flow, "serial") }];
    expect(shown(labels, {}, { notes: ["one", "two"], help: "do it" })).toBe(`
   --> lab.csv:122:1
    |
122 | b
    | ^ given here
   --> a.boot:1:12
    |
  1 | client a { serial "1"  serial "2" }
    |            ------
note: one
note: two
help: do it
`);
  });

  it("over several lines: where it begins and where it ends", () => {
    expect(shown([{ span: at(flow, "script s {\n  dhcp\n}"), text: "this script" }])).toBe(`
 --> a.boot:4:1
  |
4 | script s {
  | ^^^^^^^^^^
...
6 | }
  | ^ this script
`);
  });

  it("nowhere", () => expect(shown([])).toBe("\n"));

  it("at the end of the text, and of an empty one", () => {
    const end = flow.text.length;
    expect(shown([{ span: { source: flow, start: end, end: end + 1 } }])).toBe(
      "\n --> a.boot:7:1\n  |\n7 |\n  | ^\n",
    );
    const empty = { name: "e", text: "" };
    expect(shown([{ span: { source: empty, start: 0, end: 0 } }])).toContain("1 |\n  | ^\n");
  });
});

describe("columns", () => {
  it("of tabs", () => {
    expect(shown([{ span: at(flow, "rpi_3") }])).toBe(`
 --> a.boot:2:8
  |
2 |     board    rpi_3
  |              ^^^^^
`);
  });

  it("of wide characters, and of several that are drawn as one", () => {
    const labels = [{ span: at(flow, "👩‍💻") }, { span: at(flow, "本") }, { span: at(flow, " x") }];
    expect(shown(labels)).toBe(`
 --> a.boot:3:5
  |
3 | 日本 é👩‍💻 x
  |   --  ^^--
`);
  });

  it("of what cannot be seen: it is shown, and moves nothing", () => {
    const source = { name: "a\u001b[31m.boot", text: "a\u001b[2J\u202eb\u0007c\rd" };
    const labels = [{ span: at(source, "b"), text: "\u001b[0m" }];
    expect(shown(labels, {}, { help: "x\ny" })).toBe(`
 --> a␛[31m.boot:1:7
  |
1 | a␛[2J�b␇c␍d
  |       ^ ␛[0m
help: x␊y
`);
  });
});

describe("long lines", () => {
  const source = { name: "l", text: `${"<".repeat(500)}HERE${">".repeat(500)} other` };

  it("are cut around the guilty place", () => {
    expect(shown([{ span: at(source, "HERE"), text: "this" }], { width: 44 })).toBe(`
 --> l:1:501
  |
1 | …<<<<<<<<<<<<<<<<<HERE>>>>>>>>>>>>>>>>>…
  |                   ^^^^ this
`);
  });

  it("are cut at their end only, or at their beginning only", () => {
    expect(shown([{ span: { source, start: 3, end: 5 } }], { width: 30 })).toContain(
      "1 | <<<<<<<<<<<<<<<<<<<<<<<<…\n  |    ^^\n",
    );
    expect(shown([{ span: at(source, "other") }], { width: 30 })).toContain(
      "1 | …>>>>>>>>>>>>>>>>>> other\n  |                     ^^^^^\n",
    );
  });

  it("show where a mark goes on, or that it is elsewhere", () => {
    const labels = [
      { span: { source, start: 0, end: 800 } },
      { span: at(source, "other"), text: "far away" },
    ];
    expect(shown(labels, { width: 24 })).toBe(`
 --> l:1:1
  |
1 | <<<<<<<<<<<<<<<<<<…
  | ^^^^^^^^^^^^^^^^^^- far away
`);
  });

  it("of megabytes are cut even without a width", () => {
    const table = { name: "t.json", text: `[${'{"a":1},'.repeat(300_000)}]` };
    const text = shown([{ span: { source: table, start: 2_000_000, end: 2_000_003 } }]);
    expect(text.length).toBeLessThan(3000);
  });

  it("keep to the width, whatever is in them", () => {
    const unit = fc.constantFrom(..."ab \t日👩é\u0301\u200b\u001b\u00ad", "👩‍💻");
    const line = fc.string({ unit, minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(line, fc.nat(119), fc.nat(40), fc.integer({ min: 24, max: 90 }), (...each) => {
        const [text, from, length, width] = each;
        const start = Math.min(from, text.length);
        const span = { source: { name: "x", text }, start, end: start + length };
        const rows = shown([{ span }], { width }).trimEnd().split("\n").slice(3);
        for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(width);
        expect(rows[1]).toMatch(/^ {2}\| *\^+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("colour", () => {
  const labels = [{ span: at(flow, "dhcp"), text: "here" }];
  it("is there only when asked for", () => {
    expect(shown(labels)).not.toContain("\u001b");
    expect(shown(labels, { color: true })).toContain("\u001b[31m^^^^\u001b[0m");
  });
  it("changes nothing else", () => {
    const escapes = new RegExp(`${"\u001b"}\\[\\d+m`, "g");
    expect(shown(labels, { color: true }).replace(escapes, "")).toBe(shown(labels));
  });
});
