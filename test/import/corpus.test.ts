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

/** A script, and the lines between the braces that it becomes: the forms that are known. */
const lines: readonly (readonly [script: string, statements: string])[] = [
  ["dhcp; sleep 1.5; reset", "try { dhcp }\nsleep 1.5s\nreset"],
  ["setenv a; setenv b 'x ${y} \"z\"' $w", 'unset a\nset b "x \\${y} \\"z\\" ${w}"'],
  ["env set a b; env delete a; env save", 'set a "b"\nunset a\ntry { save }'],
  ["true; a=1; b=${a}", 'local a "1"\nlocal b "${a}"'],
  ["echo it\\'s", 'try { uboot "echo it\\\\\'s" }'],
  ["# first\necho a # behind\n# last", '# first\nprint "a"\n# behind\n# last'],
  ["dhcp && saveenv || reset", "try { dhcp } then {\n  try { save } else {\n    reset\n  }\n}"],
  ["dhcp && saveenv", "try {\n  dhcp\n  save\n}"],
  ["dhcp || reset", "try { dhcp } else {\n  reset\n}"],
  ['test -n "${a}" || setenv a 1', 'default a "1"'],
  ['test -n "${a}" && run a', "if defined a {\n  try { run a }\n}"],
  ["itest.s x${a} == x || run a", "if defined a {\n  try { run a }\n}"],
  [
    "if dhcp; then echo a; else echo b; fi",
    'try { dhcp } then {\n  print "a"\n} else {\n  print "b"\n}',
  ],
  ["dhcp; if test $? -ne 0; then reset; fi", "try { dhcp } else {\n  reset\n}"],
  ["dhcp; echo $?", 'try { uboot "dhcp; echo $?" }'],
  [
    'if test -e mmc 0:a .next; then reset; elif test "x${v}" = xA; then dhcp; fi',
    'if exists ".next" on mmc 0:10 {\n  reset\n} else if ${v} == "A" {\n  try { dhcp }\n}',
  ],
  [
    'if test "${a}" = b && test ${n} -lt 0x10; then reset; fi',
    'if ${a} == "b" and (not defined n or ${n} < 0x10) {\n  reset\n}',
  ],
  ["if test ${a} = b; then reset; fi", 'if not defined a or ${a} == "b" {\n  reset\n}'],
  [
    'if test "${a}" = b; then\n  # nothing\nelif dhcp; then\n  reset\nfi',
    'if ${a} == "b" {\n  # nothing\n} else {\n  try { dhcp } then {\n    reset\n  }\n}',
  ],
  ["for i in 1 2; do echo ${i}; done", 'for each i in "1 2" {\n  print "${i}"\n}'],
  [
    "for i in ${all}; do fatload ${k} ${n}:1 ${a} ${prefix}x-${i} && fdt apply ${a}; done",
    'for each i in ${all} {\n  try {\n    load "${prefix}x-${i}" to ${a} from device "${k} ${n}:1"\n    fdt apply ${a}\n  }\n}',
  ],
  ["while true; do sleep 1; done", 'try { uboot "while true; do sleep 1; done" }'],
  [
    "tftp ${scriptaddr} 10.0.0.1:a.scr && source ${scriptaddr}",
    'try {\n  load "a.scr" to ${scriptaddr} from tftp "10.0.0.1"\n  chain at ${scriptaddr}\n}',
  ],
  ["tftp 0x42000000 a.bin", 'try { load "a.bin" to 0x42000000 from tftp "${serverip}" }'],
  ["part uuid ${devtype} ${devnum}:2 u", 'try { set u uuid of device "${devtype} ${devnum}:2" }'],
  ["env import -t ${a} ${filesize} x y", "try { import env at ${a} size ${filesize} only x, y }"],
  ["bootm ${a}#conf-1", 'boot bootm at "${a}#conf-1"'],
  [
    "bootz ${a} - ${b}; reset",
    "try {\n  if defined b {\n    boot bootz at ${a} with dtb ${b}\n  } else {\n    boot bootz at ${a}\n  }\n}\nreset",
  ],
  [
    "booti ${a} ${b}:${filesize} ${fdt_addr_r}; reset",
    'try { boot booti at ${a} with initrd "${b}:${filesize}", dtb ${fdt_addr_r} }\nreset',
  ],
  [
    "echo caf\u00e9",
    "# not imported, so that it is not done: characters outside of ASCII\n#   echo caf\u00e9",
  ],
  ["if true; then", "# not imported:\n#   if true; then"],
];

describe("a line", () => {
  it.each(lines)("%j", (script, statements) => {
    const flow = imported("boot.cmd", `${script}\n`);
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
  try {
    load linux
    load tree
    bootargs {
      console "tty1"
      root rootfs
      ip "dhcp"
    }
    boot linux with tree
  }
}
`);
});
