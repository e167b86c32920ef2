// The scripts of test/lint become flows that the compiler takes, with files made up for what they name:
// nothing in them is a mistake of the text, of a name or of a form. Then what single lines become.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { entryOf, render } from "../../src/diagnostics/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { contentOf } from "../../src/image/index.js";
import { importScript } from "../../src/import/index.js";
import { readScripts } from "../../src/lint/index.js";
import { inputs } from "../compile/inputs.js";

const lint = join(import.meta.dirname, "../lint");
const scripts = ["good", "bad"].flatMap((folder) =>
  readdirSync(join(lint, folder))
    .filter((name) => name.endsWith(".cmd"))
    .map((name) => join(folder, name)),
);

/** The flow that the script `text` becomes. */
function imported(name: string, text: string | Uint8Array, board?: string): string {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const found = readScripts(name, contentOf(bytes));
  if (typeof found === "string" || !found[0]) throw new Error(`${name}: ${found}`);
  return importScript(found[0], board === undefined ? {} : { board });
}

/** What stands for the files that `flow` names, by what they are declared to be. */
function stubs(flow: string): Readonly<Record<string, Uint8Array>> {
  const stub: Readonly<Record<string, string>> = {
    kernel: "Image",
    dtb: "pi.dtb",
    initrd: "initrd.gz",
  };
  const declared = [...flow.matchAll(/^(kernel|dtb|initrd) \S+ from "([^"]+)"/gm)];
  return Object.fromEntries(
    declared.flatMap(([, kind = "", name = ""]) => {
      const bytes = inputs.get(stub[kind] ?? "");
      return bytes ? [[name, bytes]] : [];
    }),
  );
}

it.each(scripts)("%s compiles", (path) => {
  const text = readFileSync(join(lint, path));
  const [, board] = /^# ubootc check .*--board (\S+)/.exec(text.toString()) ?? [];
  const flow = imported(path, text, board);
  const files = memoryFiles({ "flow.boot": flow, ...stubs(flow) });
  const { diagnostics } = compile("flow.boot", { files });
  // What checks find is the script's own, or that of files which were made up.
  const mistakes = diagnostics.filter(
    ({ code, severity }) => severity === "error" && !entryOf(code).check,
  );
  expect(mistakes.map((each) => render(each)).join("\n")).toBe("");
});

it.each(scripts.filter((path) => path.startsWith("good")))("%s becomes", async (path) => {
  const flow = imported(path, readFileSync(join(lint, path)));
  const name = path.replace(/^good[\\/](.*)\.cmd$/, "$1.boot");
  await expect(flow).toMatchFileSnapshot(join(import.meta.dirname, "expected", name));
});

/** A script, and the lines between the braces that it becomes. */
const lines: readonly (readonly [script: string, statements: string])[] = [
  ["dhcp; sleep 1.5; reset", "dhcp\nsleep 1.5s\nreset"],
  ["setenv a; setenv b 'x ${y} \"z\"' $w", 'unset a\nset b "x \\${y} \\"z\\" ${w}"'],
  ["echo it\\'s", 'uboot "echo it\\\\\'s"'],
  ["# first\necho a # behind\n# last", '# first\nprint "a"\n# behind\n# last'],
  ["dhcp && saveenv || reset", 'uboot "dhcp && saveenv || reset"'],
  ["dhcp || reset", "try {\n  dhcp\n} else {\n  reset\n}"],
  ["if dhcp; then echo a; else echo b; fi", 'try {\n  dhcp\n  print "a"\n} else {\n  print "b"\n}'],
  [
    'if test -e mmc 0:a flag; then reset; elif test "x${v}" = xA; then dhcp; fi',
    'if exists "flag" on mmc 0:10 {\n  reset\n} else {\n  if ${v} == "A" {\n    dhcp\n  }\n}',
  ],
  ["for i in 1 2; do echo ${i}; done", 'uboot "for i in 1 2; do echo ${i}; done"'],
  ["tftp ${scriptaddr} 10.0.0.1:a.scr && source ${scriptaddr}", "chain next"],
  ["echo caf\u00e9", "# not imported:\n#   echo caf\u00e9"],
  ["if true; then", "# not imported:\n#   if true; then"],
];

describe("a line", () => {
  it.each(lines)("%j", (script, statements) => {
    const flow = imported("boot.cmd", script);
    const [, body = ""] = /^script boot [^\n]*\{\n([\s\S]*?)^\}$/m.exec(flow) ?? [];
    expect(body.replace(/^ {2}/gm, "").trimEnd()).toBe(statements);
  });
});

it("takes what the script names for declarations", () => {
  const flow = imported(
    "boot.cmd",
    `tftpboot \${kernel_addr_r} 10.0.0.9:pi/Image && tftpboot \${fdt_addr_r} 10.0.0.9:pi.dtb
setenv bootargs console=tty1 root=/dev/nfs nfsroot=10.0.0.9:/srv/root,v4,tcp ip=dhcp rw
booti \${kernel_addr_r} - \${fdt_addr_r}
`,
    "rpi_4",
  );
  expect(flow).toContain(`board rpi_4
server 10.0.0.9

kernel linux from "Image" as "pi/Image"
dtb tree from "pi.dtb"
nfsroot rootfs at "/srv/root" { version 4  protocol tcp }

script boot on sdcard "boot.scr" {
  load linux
  load tree
  bootargs {
    console "tty1"
    root rootfs
    ip "dhcp"
  }
  boot linux with tree
}
`);
});
