// Whatever a flow's file is called, and whatever its values hold: no line, directive or element more comes
// out than for a plain name, and the programs that read the files agree.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../../src/compile.js";
import { memoryFiles } from "../../../src/files/index.js";
import { serverFiles } from "../../../src/generate/index.js";
import {
  labelValue,
  makeName,
  makeTarget,
  oneLine,
  shellWord,
  unitArgument,
  xmlText,
} from "../../../src/ground/index.js";
import { bytesOf } from "../../../src/image/index.js";
import { emptyFolder, ubootc } from "../../cli/cli.js";
import { have, run } from "../../tools/tools.js";
import { haveLab } from "../e2e/lab.js";
import { dnsmasq, exportfs, findmnt, ganesha, systemd } from "./programs.js";

const flow = (config: string) => `board rpi_4
server 192.168.0.250
param p = "x"
network { dhcp range 192.168.0.10..192.168.0.20 }
nfsroot r at "/srv/r" { version 3 protocol tcp }
client c { serial "0000000012345678" mac "02:00:00:00:00:01" address "192.168.0.30" }
eeprom { boot_order 0xf21 }
firmware on tftp { ${config} cmdline { "quiet" } }
script a on tftp "a.scr" {
  dhcp
  print "x"
}
`;

/** The texts of a build of the flow called `name`, by their names. */
function textsOf(
  name: string,
  parameters: Record<string, string> = {},
  config = "config { gpu_mem 16 }",
) {
  const files = memoryFiles({ [name]: flow(config) });
  const { program, artifacts, diagnostics } = compile(name, { files, parameters });
  if (!program || !artifacts) return { diagnostics, texts: new Map<string, string>() };
  const all = [...artifacts, ...serverFiles(program, artifacts)];
  const texts = all.map((each) => {
    const bytes = Buffer.from(bytesOf(each.content));
    return [each.name, bytes.toString(/config\.txt/.test(each.name) ? "latin1" : "utf8")] as const;
  });
  return { diagnostics, texts: new Map(texts) };
}

const linesIn = (text = "") => text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
const directives = (text: string) =>
  linesIn(text)
    .filter((line) => !/^\s*(?:#|$)/.test(line))
    .map((line) => line.split(/[=\s]/)[0]);

const hostile = [
  "a\n[all]\nprogram_usb_boot_mode=1\n.boot",
  "a\r\nport=53\r.boot",
  "a\u010aprogram_usb_boot_mode=1.boot",
  "a\u2028b\u2029c\u0085d.boot",
  "a \\\nExecStart=-id \\.boot",
  "--dhcp.boot",
  "$(id) `id` \"q\" 'q' %n %% ; & | > <b> *x* \\.boot",
  "\x1b[2J\x07.boot",
  "..boot",
];

const plain = textsOf("plain.boot").texts;
const mean = fc.string({
  unit: fc.constantFrom(
    "\n",
    "\r",
    "\u010a",
    "\u2028",
    "\\",
    "%",
    "$",
    "[",
    '"',
    "'",
    " ",
    "-",
    "#",
    "=",
    "x",
    "\x1b",
    "\u0000",
  ),
  maxLength: 12,
});

describe("the flow's own name", () => {
  it.each(hostile)("%j adds no line to any file", (name) => {
    const { texts } = textsOf(name);
    expect([...texts.keys()]).toEqual([...plain.keys()]);
    for (const [file, text] of texts) {
      if (file === "a.scr") continue;
      expect(linesIn(text).length, file).toBe(linesIn(plain.get(file)).length);
      expect(directives(text), file).toEqual(directives(plain.get(file) ?? ""));
    }
  });

  it("adds none, whatever it is", () => {
    fc.assert(
      fc.property(mean, (text) => {
        const { texts } = textsOf(`${text.replaceAll("/", "")}.boot`);
        for (const [file, each] of texts) {
          if (file !== "a.scr") expect(linesIn(each).length).toBe(linesIn(plain.get(file)).length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it.runIf(have("dnsmasq")).each(hostile)("%j is a comment for dnsmasq", (name) => {
    expect(dnsmasq(textsOf(name).texts.get("dnsmasq.conf") ?? "")).toMatch(/syntax check OK/);
  });

  it.runIf(have("systemd-analyze")).each(hostile)("%j is one argument for systemd", (name) => {
    expect(systemd(textsOf(name).texts.get("ubootc.service") ?? "")).toBe(
      systemd(plain.get("ubootc.service") ?? ""),
    );
  });
});

describe("the flow's own name, and what exports a root", () => {
  const same = (name: string, file: string, ask: (text: string) => unknown) =>
    expect(ask(textsOf(name).texts.get(file) ?? "")).toEqual(ask(plain.get(file) ?? ""));

  it.runIf(have("exportfs", "unshare")).each(hostile)("%j exports nothing more", (name) =>
    same(name, "exports", (text) => exportfs(text).table),
  );

  it.runIf(have("findmnt")).each(hostile)("%j mounts nothing more", (name) =>
    same(name, "fstab", (text) => findmnt(text).replace(/\/\S*ubootc-test\S*/g, "FOLDER")),
  );

  it.runIf(haveLab("ganesha.nfsd", "rpcbind"))("is a comment for nfs-ganesha", async () => {
    const [name = ""] = hostile;
    const said = await ganesha(textsOf(name).texts.get("ganesha.conf") ?? "");
    expect(said).toContain("Configuration file successfully parsed");
    expect(said).not.toContain("Config File");
  });
});

describe("config.txt", () => {
  const config = 'config { dtparam "{p}" }';
  it.each(["a\u010aprogram_usb_boot_mode=1", "a\u000ab", "a\u0d0db", "caf\u00e9", "\u2028"])(
    "refuses %j",
    (p) => {
      const { diagnostics } = textsOf("a.boot", { p }, config);
      expect(diagnostics.map(({ code }) => code)).toContain("value-invalid");
    },
  );

  it("refuses a filter that is no ASCII", () => {
    const { diagnostics } = textsOf("a.boot", {}, "config { [a\u010ab]\n gpu_mem 16 }");
    expect(diagnostics.map(({ code }) => code)).toContain("value-invalid");
  });

  it("has one directive, whatever a parameter holds", () => {
    fc.assert(
      fc.property(mean, (p) => {
        const { texts } = textsOf("a.boot", { p }, config);
        const text = texts.get("config.txt");
        if (text !== undefined) expect(directives(text)).toEqual(["dtparam"]);
      }),
      { numRuns: 50 },
    );
  });
});

it("takes no control bytes in NETCONSOLE", () => {
  for (const device of ["\x07", "\x1b[2J", "\u0085", "a b", "\n"]) {
    const flow = `board rpi_4\nparam p = "x"\neeprom { netconsole "6665@1.2.3.4/{p},6666@/" }\n`;
    const { diagnostics } = compile("a.boot", {
      files: memoryFiles({ "a.boot": flow }),
      parameters: { p: device },
    });
    expect(diagnostics.map(({ code }) => code)).toContain("value-invalid");
  }
});

it.runIf(have("make"))("gives make the names that it was given", () => {
  for (const name of ["a b", "a$b", "a#b", "a\\ b", "a%b", "a:b", "a\tb", "a'b\"c"]) {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, name), "");
    const rule = `out: ${makeName(name)}\n\t@echo made\n${makeTarget(name)}:\n`;
    writeFileSync(join(cwd, "Makefile"), rule);
    expect(run("make", ["-s"], { cwd }), name).toMatchObject({ stdout: "made\n" });
  }
  expect(makeName("a\nb")).toBeUndefined();
});

it("refuses a depfile that make could not read", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "a\nall: ; id\n.boot"), flow("config { gpu_mem 16 }"));
  const args = ["build", "a\nall: ; id\n.boot", "-o", "out", "--depfile", "out.d"];
  const { status: code, stderr } = await ubootc(args, { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("make cannot have");
});

it.runIf(have("sh"))("writes a word that the shell reads back", () => {
  fc.assert(
    fc.property(mean, (text) => {
      const { stdout } = run("sh", ["-c", `printf %s ${shellWord(text)}`]);
      expect([oneLine(text), `./${oneLine(text)}`]).toContain(stdout);
    }),
    { numRuns: 20 },
  );
});

it.runIf(have("xmllint"))("writes XML that xmllint takes", () => {
  const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join("");
  const file = join(emptyFolder(), "a.xml");
  writeFileSync(file, `<a b="${xmlText(all)}">${xmlText(`${all}\ud800\uffff]]>`)}</a>\n`);
  expect(run("xmllint", ["--noout", file])).toMatchObject({ status: 0 });
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(2);
});

it("keeps a label and an argument on their line", () => {
  fc.assert(
    fc.property(mean, (text) => {
      expect(linesIn(labelValue(text).replaceAll("\u2028", ""))).toHaveLength(1);
      expect(labelValue(text)).toMatch(/^(?:[^"\\]|\\.)*$/);
      expect(linesIn(unitArgument(text))).toHaveLength(1);
    }),
  );
});
