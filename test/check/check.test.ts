// What the checks say of whole flows: the article with its faults, the examples, and of each check
// more cases than the folders of test/errors can hold: what it finds, and what it leaves alone.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { render } from "../../src/diagnostics/index.js";
import { diskFiles, type Files } from "../../src/files/index.js";
import { contentOf } from "../../src/image/index.js";
import { stubs } from "../errors/stubs.js";

const examples = join(import.meta.dirname, "../../examples");
const example = (name: string) => readFileSync(join(examples, "zero-client", name));

/** What is found in the flow `text`. */
function diagnosed(text: string) {
  const files: Files = {
    open(path) {
      if (path === "flow.boot") return contentOf(new TextEncoder().encode(text));
      const name = basename(path);
      return (
        stubs[name]?.() ?? contentOf(example(name === "pi3.dtb" ? "bcm2837-rpi-3-b.dtb" : name))
      );
    },
  };
  return compile("flow.boot", { files });
}

const codesOf = (text: string) => diagnosed(text).diagnostics.map(({ code }) => code);

it("finds the four faults of the article in one run", async () => {
  const { diagnostics, artifacts } = diagnosed(
    readFileSync(join(import.meta.dirname, "article.boot"), "utf8"),
  );
  expect(artifacts).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["nfs-path", "kernel-overlap", "raw-unchecked", "nfs-udp"]),
  );
  const text = diagnostics.map((each) => render(each)).join("\n");
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "article.txt"));
});

it.each([
  // The article's own flow: a board whose server is down stops at the prompt.
  ["zero-client", ["no-fallback"]],
  ["zero-client-qemu", []],
])("says of the example %s what is true", (name, expected) => {
  const files = diskFiles();
  const { diagnostics, artifacts } = compile(join(examples, name, `${name}.boot`), { files });
  files.close();
  expect(diagnostics.map(({ code }) => code)).toEqual(expected);
  expect(artifacts).toBeDefined();
});

const head = (board: string) => `board ${board}\nserver 192.168.0.250\n`;
const booting = (kernel: string, board = "rpi_3") =>
  `${head(board)}kernel linux from ${kernel}\nscript main on tftp "main.scr" { boot linux }\n`;
const running = (body: string, board = "rpi_3", rest = "") =>
  `${head(board)}${rest}\nscript main on tftp "main.scr" {\n${body}\n}\n`;

type Row = readonly [what: string, flow: string, codes: readonly string[]];

describe("looks into files", () => {
  it.each<Row>([
    ["a 32-bit header on a 64-bit kernel", booting('"arm.uImage"'), ["kernel-architecture"]],
    ["a foreign uImage", booting('"linux.uImage"', "rpi_2"), ["kernel-architecture"]],
    ["a zImage for 64 bit", booting('"zImage"'), ["kernel-architecture"]],
    ["a zImage in a uImage, which runs on 64 bit", booting('"zImage" as uimage'), []],
    ["a uImage with an ELF file in it", booting('"elf.uImage"'), ["kernel-elf"]],
    ["an ELF file to be wrapped", booting('"vmlinux" as uimage'), ["kernel-elf"]],
    ["an initrd as a kernel", booting('"initrd.gz"'), ["wrong-kind"]],
    ["a script as a kernel", booting('"script.uImage"'), ["wrong-kind"]],
    ["a FIT as a device tree", `${head("rpi_3")}dtb t from "Image.gz" on tftp\n`, ["wrong-kind"]],
    ["a kernel as an initrd", `${head("rpi_3")}initrd i from "Image.gz" on tftp\n`, ["wrong-kind"]],
    ["xz in a uImage", booting('"Image.xz" as uimage'), ["compression-unsupported"]],
    [
      "a packed kernel where U-Boot has no gzip",
      booting('"Image.gz" as uimage', "qemu-x86"),
      ["kernel-architecture", "compression-unsupported"],
    ],
    ["a Pi 4's tree on the generic build", treeOn("rpi_arm64"), []],
    ["a Pi 4's tree where no tree is known", treeOn("sandbox"), []],
    ["an initrd of the old lz4", ramdisk("legacy.lz4"), []],
    ["an initrd of a file system", ramdisk("garbage.bin"), []],
  ])("%s", (_, flow, codes) => expect(codesOf(flow)).toEqual(codes));
});

function treeOn(board: string): string {
  return running("load tree", board, 'dtb tree from "pi4.dtb"');
}

function ramdisk(name: string): string {
  const files = `kernel linux from "Image.gz"\ninitrd ram from "${name}"`;
  return running("boot linux with ram", "rpi_3", files);
}

describe("reads the flow as a program", () => {
  const netboot = 'script netboot on tftp "netboot.scr" { print "hello" }\n';
  const card = (body: string) =>
    `${head("rpi_3")}${netboot}script boot on sdcard "boot.scr" {\n${body}\n}\n`;
  const chains = (...bodies: string[]) =>
    head("rpi_3") +
    bodies.map((body, i) => `script s${i} on tftp "s${i}.scr" {\n${body}\n}\n`).join("");

  it.each<Row>([
    ["a variable that is asked for", running('if defined x { print "${x}" }'), []],
    ["a variable that may be empty", running('if ${x} != "" { print "${x}" }'), []],
    ["a variable of DHCP and one of the board", running('print "${serverip} ${loadaddr}"'), []],
    ["a variable that a line sets", running('uboot "setexpr x 1 + 1"\nprint "${x}"'), []],
    ["any variable after `run`", running('run findfdt\nprint "${board_type}"'), []],
    ["a variable in a line", running('uboot "md ${adress} 1"'), ["variable-unset"]],
    [
      "a serial number that nothing sets",
      running('print "${serial#}"', "qemu_arm64"),
      ["variable-unset"],
    ],
    ["the same in a table, which says that boards have one", serialOn("chain netboot"), []],

    ["two that chain to each other", chains("chain s1", "chain s0"), ["chain-cycle"]],
    [
      "three, by way of an else",
      chains("chain s1", "try { dhcp } else { chain s2 }\nchain s2", "chain s0"),
      ["chain-cycle"],
    ],
    [
      "a cycle with a boot in it",
      chains("chain s1", 'if ${hostname} == "x" { reset }\nchain s0'),
      [],
    ],
    ["a cycle that can end", chains("chain s1", 'if ${hostname} == "x" { chain s0 }'), []],
    ["a diamond", chains("try { chain s1 } else { chain s2 }", "chain s3", "chain s3", "dhcp"), []],

    ["what follows a reset", running("reset\ndhcp"), ["unreachable"]],
    ["what follows a retry of one", running("retry 3 { reset }\ndhcp"), ["unreachable"]],
    ["what follows a caught one", running("try { reset }\ndhcp"), []],
    ["what follows one of two ways", running('if ${hostname} == "x" { reset }\ndhcp'), []],

    [
      "the same file from another device",
      running("try { load f } else { load f from usb 0:1 }", "rpi_3", 'file f from "Image.gz"'),
      [],
    ],
    [
      "the same file, with the default written out",
      running("try { load f from tftp } else { load f }", "rpi_3", 'file f from "Image.gz"'),
      ["else-same"],
    ],

    ["a retry without an end", card("retry forever pause 5s { chain netboot }"), []],
    ["something behind a try", card('try { chain netboot }\nprint "no network"'), []],
    ["a try without anything behind", card("try { chain netboot }"), ["no-fallback"]],
    [
      "a line that fetches",
      card('uboot "tftpboot ${loadaddr} 192.168.0.250:netboot.scr"'),
      ["no-fallback"],
    ],
    [
      "a file that is fetched by its name",
      card('load "a" to 0x1000000 from tftp "192.168.0.250"'),
      ["unused-script", "no-fallback"],
    ],
    ["the same from the card", card('load "a" to 0x1000000 from mmc 0:1'), ["unused-script"]],
    [
      "a fetch after what worked",
      card("try { sleep 1s } then { chain netboot } else { sleep 2s }"),
      ["no-fallback"],
    ],
    ["a save after what worked", running("try { dhcp } then { save }"), ["save-wear"]],
    ["a save in a line", running('uboot "echo x; saveenv"'), ["save-wear"]],
    ["a save that a line asks for", running('uboot "test -n x && saveenv"'), []],
    [
      "what follows two ways that end",
      running("try { dhcp } then { reset } else { poweroff }\nsleep 1s"),
      ["unreachable"],
    ],
    [
      "what follows one that goes on",
      running("try { dhcp } then { sleep 1s } else { poweroff }\nsleep 1s"),
      [],
    ],

    ["a file for the firmware", `${head("rpi_3")}file config from "Image.gz" on sdcard\n`, []],
    [
      "a file that a line fetches",
      running(
        'uboot "tftpboot ${loadaddr} 192.168.0.250:Image.gz"',
        "rpi_3",
        'file f from "Image.gz"',
      ),
      [],
    ],

    ["a command that nobody looked for", running('uboot "mdio list"'), []],
    [
      "a command in a condition",
      running('uboot "if wget 0 x; then echo yes; fi"'),
      ["command-missing"],
    ],
    [
      "`env` with what is not built in",
      running('uboot "env import -t 0x1000000 10"', "imx8mm_evk"),
      ["command-missing"],
    ],
    ["a short name that is clear", running('uboot "tftp 0x1000000 192.168.0.250:x"'), []],

    ["all ones of 64 bit", running("set fdt_high 0xffffffffffffffff"), ["fdt-high"]],
    [
      "all ones of 32 bit in a line",
      running('uboot "setenv fdt_high ffffffff"', "rpi_2"),
      ["fdt-high"],
    ],
    ["an ordinary limit", running("set fdt_high 0x20000000"), []],

    ["a line that saves", running('uboot "saveenv"'), ["save-wear"]],
    ["a line that saves on a condition", running('uboot "if test -n x; then saveenv; fi"'), []],
    ["saving after a failure", running("try { dhcp } else { save }"), []],
    ["commands that cannot fail", running('uboot "setenv a b; echo ready"'), []],
    ["a `;` inside quotes", running("uboot \"setenv a 'x; y'\""), []],
  ])("%s", (_, flow, codes) => expect(codesOf(flow)).toEqual(codes));

  function serialOn(body: string): string {
    const client = 'client one { serial "1" }\n';
    const script = 'script netboot on tftp "netboot-${serial#}.scr" for each client { dhcp }\n';
    return running(body, "qemu_arm64", client + script);
  }
});

describe("reads kernel arguments", () => {
  const root = "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs,tcp rw";
  const args = (text: string, rest = "") => running(`bootargs "${text}"`, "rpi_3", rest);
  const nfsroot = 'nfsroot rootfs at "/srv/rootfs"';
  it.each<Row>([
    ["an address that is switched off", args(`${root} ip=off`), ["root-unreachable"]],
    ["an address that only the board knows", args(`${root} \${network}`), ["variable-unset"]],
    [
      "an initrd that does it",
      running(
        `bootargs "${root}"\nboot linux with ram`,
        "rpi_3",
        'kernel linux from "Image.gz"\ninitrd ram from "initrd.gz"',
      ),
      [],
    ],
    [
      "an appended address",
      running(`bootargs "${root}"\nset bootargs "\${bootargs} ip=dhcp"`),
      ["root-unreachable"],
    ],
    ["a mount of another server", args(`nfsroot=10.0.0.1:/other,tcp ip=dhcp`, nfsroot), []],
    ["a mount below the export", args(`nfsroot=/srv/rootfs/a,tcp ip=dhcp`, nfsroot), []],
    ["a mount beside the export", args(`nfsroot=/srv/rootfs2,tcp ip=dhcp`, nfsroot), ["nfs-path"]],
    ["UDP as an option", args(`nfsroot=/srv/rootfs,proto=udp ip=dhcp`), ["nfs-udp"]],
    ["a screen and an adapter", args("console=tty0 console=ttyUSB0"), []],
    ["another port", args("console=ttyS9,115200"), ["console-unknown"]],
    ["a misspelt one", args("console=ttys0,115200"), ["console-unknown"]],
  ])("%s", (_, flow, codes) => expect(codesOf(flow)).toEqual(codes));
});

describe("keeps secrets in and strangers out", () => {
  it.each<Row>([
    ["a private key", `${head("rpi_3")}file key from "server.key" on tftp\n`, ["secret"]],
    ["a hashed password", running('print "root:$6$abcdefgh$0123456789abcdef"'), ["secret"]],
    ["a key of AWS", running('set key "AKIAIOSFODNN7EXAMPLE"'), ["secret"]],
    ["the name of a file", running('bootargs "rd.luks.key=/etc/key token_file=/x"'), []],
    ["a password that the board knows", running('if defined pw { bootargs "password=${pw}" }'), []],
    [
      "an import from the card",
      running(
        'load f from mmc 0:1\nuboot "env import -t ${loadaddr} ${filesize}"',
        "rpi_3",
        'file f from "Image.gz"',
      ),
      [],
    ],
    [
      "what was imported, run",
      running(
        'load f\nuboot "env import -t ${loadaddr} ${filesize}"\nrun go',
        "rpi_3",
        'file f from "Image.gz"',
      ),
      ["fetched-environment", "fetched-environment"],
    ],
    [
      "an import of what was fetched by its name",
      running('load "a" to 0x1000000 from tftp "10.0.0.1"\nimport env at 0x1000000'),
      ["fetched-environment"],
    ],
    [
      "an import of some names only",
      running(
        'load "a" to 0x1000000 from tftp "10.0.0.1"\nimport env at 0x1000000 size 100 only a',
      ),
      [],
    ],
    [
      "the same in a line",
      running('uboot "tftpboot 1000000 a && env import -t 1000000 100 a b"'),
      [],
    ],
    [
      "a chain from the card on a board that verifies",
      `${head("rpi_3 { verified_boot yes }")}
script a on sdcard "a.scr" { dhcp }
script boot on sdcard "boot.scr" { chain a }
`,
      [],
    ],
  ])("%s", (_, flow, codes) => expect(codesOf(flow)).toEqual(codes));
});
