// Values that want to be more than values: some two hundred of them in every place a value can go,
// from every source. What is accepted changes the inside of a word and nothing else; what is refused
// is shown where it was given, with the rule.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Compilation, compile } from "../../src/compile.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";
import { runs, some } from "../tools/runs.js";
import { filesOf } from "./inputs.js";
import { wordsOf } from "./words.js";

const signs = [..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"];

const values: readonly string[] = [
  ...signs.flatMap((sign) => [sign, `a${sign}b`]),
  ..."\0 \x01 \x03 \t \n \r \x1b \x7f \x85 \u00a0 \u2028 \u200b \u202e \ufeff é 日 🚀 ａ".split(
    " ",
  ),
  ...["a\nreset", "a\r\nreset", "a\0b", "\x1b[2J", "\ud800", "a\u2028b"],
  ...["$(reset)", "`reset`", "; reset", "a;reset", "&& reset", "|| reset", "a|reset", "a&reset"],
  ...["$serverip", "${serverip}", "${IFS}", "$?", "$$", "{serial}", "{client.name}", "${serial#}"],
  ...["' ; reset ; '", '" ; reset ; "', "'\\''", '\\"', "\\", "\\\\", "\\n", "it's", '"', "''"],
  ...["a b", " a", "a ", "a  b", "x init=/bin/sh", "x\tinit=/bin/sh", 'x" init=/bin/sh', "a,b"],
  ...["-", "--", "-n", "-rf", "!", "!=", "=", "==", "-a", "-o", "(", ")", "a=b", "a=", "+x"],
  ...["if", "then", "else", "elif", "fi", "for", "in", "while", "until", "do", "done", "case"],
  ...["true", "false", "reset", "run", "no", "shell", "yes", "function", "exit"],
  ...["..", ".", "../x", "a/../b", "a/..", "/etc/passwd", "/", "//", "a//b", "./a", "a/.", "a/b"],
  ...["\\\\host\\share", "C:\\x", "C:x", "con", "NUL", "nul.scr", "COM1", "aux.", "a.", ".a", "~"],
  ...["#", "# x", "a#b", "a #b", "*", "?", "[a]", "[!a]", "{a,b}", "a>b", "a<b", "<<x", "2>&1"],
  ...["__proto__", "constructor", "toString", "%s", "%n", "%00", "&amp;", "<script>", "null"],
  ...["a".repeat(62), "a".repeat(64), "a".repeat(300), "0", "0x0", "1e9", "-1", "10.0.0.1", "0:1"],
];

/** What a source makes of a value: the files, and what a finding points at. */
interface Source {
  readonly declare: string;
  readonly use: string;
  readonly files: (value: string) => Readonly<Record<string, string>>;
  readonly defines: (value: string) => Readonly<Record<string, string>>;
  /** What stands at the place where the value was given. */
  readonly given: (value: string) => string;
  readonly holds: (value: string) => boolean;
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
const sources: Readonly<Record<string, Source>> = {
  json: {
    declare: 'clients from "lab.json"\n',
    use: "{client.v}",
    files: (value) => ({
      "lab.json": JSON.stringify([{ name: "bench-1", serial: "1234", v: value }]),
    }),
    defines: () => ({}),
    given: (value) => JSON.stringify(value),
    holds: () => true,
  },
  csv: {
    declare: 'clients from "lab.csv"\n',
    use: "{client.v}",
    files: (value) => ({ "lab.csv": `name,serial,v\nbench-1,1234,${quoted(value)}\n` }),
    defines: () => ({}),
    given: (value) => value.replaceAll('"', '""'),
    // A value is trimmed, an empty one is none; what has no UTF-8 form is no text.
    holds: (value) => value !== "" && value.trim() === value && !/\p{Cs}/u.test(value),
  },
  "-D": {
    declare: 'param v\nclient bench-1 { serial "1234" }\n',
    use: "{v}",
    files: () => ({}),
    defines: (value) => ({ v: value }),
    given: () => "v",
    holds: () => true,
  },
};

/** A place for a value: the declarations and statements, and what it takes. */
interface Place {
  readonly before?: string;
  readonly body?: string;
  readonly file?: string;
  readonly takes: RegExp;
  /** A value that it takes, found nowhere else. */
  readonly plain?: string;
}

const inside = "(?!(?:.*/)?\\.\\.(?:/|$))";
const word = new RegExp(`^${inside}[\\w.,:/=@%+-]+$`);
const argument = new RegExp(`^${inside}[\\w.,:/=@%+\\-#[\\]()~*!^]*$`);
const text = /^[ -&(-[\]-~]*$/;
const component = "(?!(?:con|nul|aux|com1)(?:\\.|$))[A-Za-z0-9](?:[\\w.-]{0,61}[\\w-])?";
const file = new RegExp(`^${component}(?:/${component})*$`, "i");
const inFile = /^(?!\.\.$)[\w.-]{1,55}$/;
const syntax = "if|then|else|elif|fi|for|in|while|until|do|done|case|function";

const places: Readonly<Record<string, Place>> = {
  "console of bootargs": { body: "bootargs { console V }", takes: argument },
  "ip of bootargs": { body: "bootargs { ip V }", takes: argument },
  "text of bootargs": { body: 'bootargs { "root=/dev/V rw" }', takes: argument },
  "nfsroot path": {
    before: 'nfsroot rootfs at "/srv/V" { }\n',
    body: "bootargs { root rootfs }",
    takes: /^(?!\.\.$)[\w.-]+$/,
  },
  "text of print": { body: 'print "V"', takes: text },
  "text of fail": { body: 'fail "V"', takes: text },
  "value of set": { body: 'set x "V"', takes: word },
  "value of set, inside": { body: 'set x "a V ${serverip}"', takes: word },
  "argument of uboot": {
    body: 'uboot "echo V"',
    takes: new RegExp(`^(?!(?:${syntax})$)(?!\\w+=)${inside}[\\w.,:/=@%+-]+$`),
  },
  "part of uboot": { body: 'uboot "if true; then setenv a x-V; fi"', takes: word },
  "host of ping": { body: "ping V", takes: argument },
  comparison: { body: 'if ${x} == "V" { dhcp }', takes: argument },
  "file of exists": {
    body: 'if exists "V" on mmc 0:1 { dhcp }',
    // It is there already, and called as somebody else called it.
    takes: /^(?!\.\.?$)[\w.-]+$/,
  },
  "folder of nfs": {
    body: 'load linux from nfs "/srv/V"',
    takes: /^(?!\.\.$)[\w.-]+$/,
  },
  partition: { body: "load linux from usb V", takes: /^\d{1,2}(?::\d{1,3})?$/, plain: "7:3" },
  "kernel to boot": { body: "boot V", takes: /^linux$/, plain: "linux" },
  "script to chain to": { body: "chain V", takes: /^next$/, plain: "next" },
  "address of network": {
    body: "network static { address V }",
    takes: /^10\.0\.0\.1$/,
    plain: "172.16.1.2",
  },
  "file name": { file: "net-V.scr", takes: inFile },
};

/** Places that no client knows: parameters only. */
const early: Readonly<Record<string, Place>> = {
  "name behind as": { before: 'file extra from "notes.txt" as "V"\n', takes: file },
  "options of nfsroot": {
    before: 'nfsroot rootfs at "/srv" { options V }\n',
    body: "bootargs { root rootfs }",
    takes: new RegExp(argument.source.replace("*$", "+$")),
  },
  server: { before: "server V\n", body: "load linux", takes: /^10\.0\.0\.1$/, plain: "172.16.1.2" },
  "load address": { before: 'kernel other from "Image.gz" as uimage { load V }\n', takes: /^0x0$/ },
};

function flowOf({ before = "", body = "dhcp", file = "net.scr" }: Place, source: Source): string {
  const flow = `board rpi_3 { commands "nfs" }
server 10.1.1.1
kernel linux from "Image.gz" as uimage "linux.uImage"
${source.declare}${before}
script next on tftp "next.scr" {
  dhcp
}
script net on tftp "${file}" for each client {
  ${body}
}
`;
  return flow.replace(/\bV\b/g, source.use);
}

function tried(place: Place, source: Source, value: string): Compilation {
  const own = memoryFiles({ "flow.boot": flowOf(place, source), ...source.files(value) });
  const shared = filesOf("-");
  const files = {
    open: (path: string) => (/^flow|^lab/.test(path) ? own.open(path) : shared.open(path)),
  };
  return compile("flow.boot", { files, parameters: source.defines(value) });
}

/** Each script's name with its lines in words, comments left out; other files by name. */
function shapeOf({ artifacts = [] }: Compilation) {
  return artifacts.map(({ name, content, madeFrom }) => {
    const script = madeFrom.includes("flow.boot");
    const printed = script ? new TextDecoder().decode(bytesOf(content).subarray(72)) : "";
    // What failed is one word, whatever is in it; a long one is cut.
    const lines = wordsOf(printed).map((words) =>
      words.map((each) => each.replace(/^(ubootc_failed=\S+ uboot ).*/, "$1")),
    );
    return { name, lines };
  });
}

const plainShapes = new WeakMap<Place, Map<Source, ReturnType<typeof shapeOf>>>();

/** What becomes of a harmless value in the same place. */
function plainShape(place: Place, source: Source) {
  const known = plainShapes.get(place) ?? new Map<Source, ReturnType<typeof shapeOf>>();
  plainShapes.set(place, known);
  const shape = known.get(source) ?? shapeOf(tried(place, source, "0x77777"));
  known.set(source, shape);
  return shape;
}

/** How many arguments the kernel gets from each word. */
const blanks = (shape: ReturnType<typeof shapeOf>) =>
  shape.map(({ lines }) => lines.map((words) => words.map((each) => each.split(" ").length)));

function expectRefusal(problem: Diagnostic | undefined, source: Source, value: string) {
  const { labels = [], notes = [], message = "", help } = problem ?? {};
  const spots = labels.map(({ span }) => span.source.text.slice(span.start, span.end));
  expect(spots, message).toContain(source.given(value));
  if (source.use === "{v}") expect(notes.join("\n")).toContain(`-D v=${value}`);
  expect((help ?? message).length).toBeGreaterThan(10);
}

/** Accepted: the same words as with a harmless value, but for the value. Refused: where it stands. */
function judge(place: Place, source: Source, value: string) {
  const { diagnostics: all, ...rest } = tried(place, source, value);
  // What the flow around the value lacks is said, too, as warnings.
  const diagnostics = all.filter(({ severity }) => severity === "error");
  if (!place.takes.test(value)) {
    expect(rest.artifacts, `${JSON.stringify(value)} was accepted`).toBeUndefined();
    expectRefusal(diagnostics[0], source, value);
    expect(diagnostics).toHaveLength(1);
    return;
  }
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  if (place.plain !== undefined) return;
  const plain = plainShape(place, source);
  const filled = plain.map(({ name, lines }) => ({
    name: name.replaceAll("0x77777", () => value),
    lines: lines.map((words) => words.map((each) => each.replaceAll("0x77777", () => value))),
  }));
  const shape = shapeOf({ diagnostics, ...rest });
  expect(shape).toEqual(filled);
  if (!/print|fail/.test(place.body ?? "")) expect(blanks(shape)).toEqual(blanks(plain));
}

describe.each(Object.entries(sources))("a value from %s", (_, source) => {
  const all = Object.entries({ ...places, ...(source.use === "{v}" ? early : {}) });
  it.each(all)("as %s", (_, place) => {
    // All of them from one source; what the others do differently shows with fewer.
    const chosen = source.declare.includes("json")
      ? values
      : values.filter((_, at) => at % 4 === 0);
    for (const value of some(chosen, 12)) if (source.holds(value)) judge(place, source, value);
  });
});

describe("any value", () => {
  const json = sources.json as Source;
  const likely = fc.string({ unit: fc.constantFrom(..."ab.-_/ $'\"\\;|&#=(){}<>\n") });
  const any = fc.oneof(likely, fc.string({ unit: "binary" }), fc.constantFrom(...values));
  it("stays inside one word or is refused", () => {
    fc.assert(
      fc.property(any, fc.constantFrom(...Object.values(places)), (value, place) => {
        if (tried(place, json, value).artifacts) judge({ ...place, takes: /^/ }, json, value);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe("what tells clients apart", () => {
  const table = (client: object) =>
    memoryFiles({
      "flow.boot": `board rpi_3
clients from "lab.json"
script net on tftp "net-\${serial#}.scr" for each client { dhcp }
`,
      "lab.json": JSON.stringify([{ name: "bench-1", serial: "1234", ...client }]),
    });
  it.each([
    ["name", /^[A-Za-z0-9][\w.-]{0,62}$/],
    ["serial", /^(?!\.\.$)[\w.-]+$/],
    ["mac", /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i],
    ["address", /^10\.0\.0\.1$/],
  ] as const)("a %s", (key, takes) => {
    for (const value of values) {
      const { artifacts, diagnostics } = compile("flow.boot", { files: table({ [key]: value }) });
      const long = key === "serial" && value.length > 55;
      const good = takes.test(value) && !long;
      expect(artifacts !== undefined, JSON.stringify(value)).toBe(good);
      const spots = diagnostics.flatMap(({ labels }) =>
        labels.map(({ span }) => span.source.text.slice(span.start, span.end)),
      );
      expect(spots.slice(0, 2).includes(JSON.stringify(value))).toBe(!good);
    }
  });
});
