// Helps that say what to type: typed as they are said, they leave a flow that can be read.
import { describe, expect, it } from "vitest";
import { edited } from "../../src/diagnostics/index.js";
import { parse } from "../../src/language/index.js";

type Row = readonly [wrong: string, typed: string];

/** Inside of a script. */
const statements: readonly Row[] = [
  ["sleep 5 s", "sleep 5s"],
  ["set x $y", "set x ${y}"],
  ["load linux && load pi3", "load linux\n  load pi3"],
  ["load linux || load pi3", "try { load linux } else { load pi3 }"],
  ["load linux from mmc0:1", "load linux from mmc 0:1"],
  ["load linux from mmc:0:1", "load linux from mmc 0:1"],
  ['foo = "bar"', 'set foo "bar"'],
  ['foo="bar"', 'set foo "bar"'],
  ["foo=bar", 'set foo "bar"'],
  ["foo = 3", "set foo 3"],
  ["$foo = bar", 'set foo "bar"'],
  ["export foo=bar", 'set foo "bar"'],
  ['foo := "x"', 'set foo "x"'],
  ["dhcp reset", "dhcp\n  reset"],
  ["dhcp save", "dhcp\n  save"],
  ["load linux reset", "load linux\n  reset"],
  ["boot linux with pi3 reset", "boot linux with pi3\n  reset"],
  ["boot linux with pi3 load x", "boot linux with pi3\n  load x"],
  ['print "a" print "b"', 'print "a"\n  print "b"'],
  ['set a "b" set c "d"', 'set a "b"\n  set c "d"'],
  ["unset a unset b", "unset a\n  unset b"],
  ['try { dhcp } print "x"', 'try { dhcp }\n  print "x"'],
  ["if defined x { dhcp } dhcp", "if defined x { dhcp }\n  dhcp"],
  ["sleep 2s reset", "sleep 2s\n  reset"],
  ["chain x from mmc 0:1 dhcp", "chain x from mmc 0:1\n  dhcp"],
  ['bootargs "a" dhcp', 'bootargs "a"\n  dhcp'],
  ['bootargs { "a" } boot linux', 'bootargs { "a" }\n  boot linux'],
  ["run a run b", "run a\n  run b"],
  ['uboot "a" uboot "b"', 'uboot "a"\n  uboot "b"'],
  ["ping 1.2.3.4 dhcp", "ping 1.2.3.4\n  dhcp"],
  ["network static { address 1.2.3.4 } dhcp", "network static { address 1.2.3.4 }\n  dhcp"],
  ["retry 3 { dhcp } poweroff", "retry 3 { dhcp }\n  poweroff"],
  ['fail "x" shell', 'fail "x"\n  shell'],
  [
    "bootargs console=ttyS1,115200 root=/dev/mmcblk0p2",
    'bootargs "console=ttyS1,115200 root=/dev/mmcblk0p2"',
  ],
  [
    "bootargs { console=ttyS1,115200 root=/dev/mmcblk0p2 rw }",
    'bootargs { "console=ttyS1,115200 root=/dev/mmcblk0p2 rw" }',
  ],
  ["bootargs { console ttyS1,115200 }", 'bootargs { console "ttyS1,115200" }'],
  [
    'bootargs { console "ttyS1" root=/dev/mmcblk0p2 }',
    'bootargs { console "ttyS1" "root=/dev/mmcblk0p2" }',
  ],
  ["setenv a b", 'set a "b"'],
  ['setenv bootargs "console=x y"', 'set bootargs "console=x y"'],
  ["setenv a ${b}", 'set a "${b}"'],
  ["echo hello there", 'print "hello there"'],
  ['echo "hi"', 'print "hi"'],
  ["saveenv", "save"],
  ["tftp ${loadaddr} x", 'uboot "tftp ${loadaddr} x"'],
  ["mmc dev 0", 'uboot "mmc dev 0"'],
  ["fatload mmc 0:1 ${loadaddr} Image", 'uboot "fatload mmc 0:1 ${loadaddr} Image"'],
  ['if ${a} == "b" && ${c} == "d" { dhcp }', 'if ${a} == "b" and ${c} == "d" { dhcp }'],
  ['if ${a} == "b" || defined c { dhcp }', 'if ${a} == "b" or defined c { dhcp }'],
  ["if !defined c { dhcp }", "if not defined c { dhcp }"],
  ["if ! defined c { dhcp }", "if not  defined c { dhcp }"],
  ["sleep 5 s", "sleep 5s"],
  ["sleep 5 seconds", "sleep 5s"],
  ["sleep 500 ms", "sleep 500ms"],
  ["sleep 2min dhcp", "sleep 2min\n  dhcp"],
  ["retry 3 pause 2 { dhcp }", "retry 3 pause 2s { dhcp }"],
  ["print hello world # x", 'print "hello world" # x'],
  ["fail x", 'fail "x"'],
  ["set x $y", "set x ${y}"],
  ["set x ${y}z", 'set x "${y}z"'],
  ["set x a b", 'set x "a b"'],
  ["boot linux pi3", "boot linux with pi3"],
  ["boot linux, pi3", "boot linux with pi3"],
  ["load linux at 0x80000", "load linux to 0x80000"],
  ["load linux 0x80000", "load linux to 0x80000"],
  ['load "linux"', "load linux"],
  ['boot "linux"', "boot linux"],
  ['chain "x"', "chain x"],
  ['run "x"', "run x"],
  ['load linux from "mmc 0:1"', "load linux from mmc 0:1"],
  ["dhcp;", "dhcp"],
  ["load a; load b; boot a", "load a\n  load b\n  boot a"],
  ["dhcp; # x", "dhcp # x"],
  ["reboot", "reset"],
  ["load(linux)", "load linux"],
  ['print("x")', 'print "x"'],
  ["dhcp()", "dhcp"],
];

const declarations: readonly Row[] = [
  ['script s on mmc 1:1 "x.scr" {\n  dhcp\n}', 'script s on sdcard "x.scr" {\n  dhcp\n}'],
  ['script s on usb 0:1 "x.scr" {\n  dhcp\n}', 'script s on sdcard "x.scr" {\n  dhcp\n}'],
  ['kernel linux from "x" on mmc 0:1', 'kernel linux from "x" on sdcard'],
  ['script s on mmc0:1 "x.scr" {\n  dhcp\n}', 'script s on sdcard "x.scr" {\n  dhcp\n}'],
  ['foo = "bar"', 'param foo "bar"'],
  ["foo=bar", 'param foo "bar"'],
  ["server = 1.2.3.4", "server 1.2.3.4"],
  ["server: 1.2.3.4", "server 1.2.3.4"],
  ["board: rpi_3", "board rpi_3"],
  ['kernel linux = "x"', 'kernel linux from "x"'],
  ['kernel linux "x" as uimage', 'kernel linux from "x" as uimage'],
  ['dtb x in "y"', 'dtb x from "y"'],
  ['kernel a from "x" dtb b from "y"', 'kernel a from "x"\ndtb b from "y"'],
  ["client a { } client b { }", "client a { }\nclient b { }"],
  [
    'client a { serial "1" } script s on tftp "x" { dhcp }',
    'client a { serial "1" }\nscript s on tftp "x" { dhcp }',
  ],
  ['param a "b" param c "d"', 'param a "b"\nparam c "d"'],
  ["client a { console ttyS1,115200 }", 'client a { console "ttyS1,115200" }'],
  ["client a { console=ttyS1 }", 'client a { console "ttyS1" }'],
  ['client a { serial: "1" }', 'client a { serial "1" }'],
  ['client a { serial "1"; console "2" }', 'client a { serial "1"\nconsole "2" }'],
  [
    "firmware on sdcard { config { dtoverlay vc4-kms-v3d,cma-512 } }",
    'firmware on sdcard { config { dtoverlay "vc4-kms-v3d,cma-512" } }',
  ],
  [
    "firmware on sdcard { config {\n  dtoverlay vc4-kms-v3d,cma-512\n  enable_uart 1\n} }",
    'firmware on sdcard { config {\n  dtoverlay "vc4-kms-v3d,cma-512"\n  enable_uart 1\n} }',
  ],
  [
    "firmware on sdcard { config { dtoverlay vc4-kms-v3d,cma-512,noaudio } }",
    'firmware on sdcard { config { dtoverlay "vc4-kms-v3d,cma-512,noaudio" } }',
  ],
  [
    "firmware on sdcard { config { dtparam audio=on } }",
    'firmware on sdcard { config { dtparam "audio=on" } }',
  ],
  [
    "firmware on sdcard { config { dtparam=audio=on } }",
    'firmware on sdcard { config { dtparam "audio=on" } }',
  ],
  [
    "firmware on sdcard { config { enable_uart=1 } }",
    "firmware on sdcard { config { enable_uart 1 } }",
  ],
  [
    "firmware on sdcard { config { enable_uart=1 gpu_mem 16 } }",
    "firmware on sdcard { config { enable_uart 1 gpu_mem 16 } }",
  ],
  [
    "firmware on sdcard { config {\n  gpu_mem 16\n  dtoverlay=vc4-kms-v3d\n} }",
    'firmware on sdcard { config {\n  gpu_mem 16\n  dtoverlay "vc4-kms-v3d"\n} }',
  ],
  [
    "firmware on sdcard { config { kernel=u-boot.bin } }",
    'firmware on sdcard { config { kernel "u-boot.bin" } }',
  ],
  [
    "firmware on sdcard { cmdline { console=tty1 } }",
    'firmware on sdcard { cmdline { "console=tty1" } }',
  ],
  ["board b from rpi_3 { memory=512M }", "board b from rpi_3 { memory 512M }"],
  ["board b from rpi_3 { memory = 512M }", "board b from rpi_3 { memory 512M }"],
  ['kernel linux from "x" { load=0x80000 }', 'kernel linux from "x" { load 0x80000 }'],
  ["eeprom { boot_order=0xf21 }", "eeprom { boot_order 0xf21 }"],
  [
    "network { dhcp range=192.168.0.1..192.168.0.9 }",
    "network { dhcp range 192.168.0.1..192.168.0.9 }",
  ],
  ['nfsroot r at "/x" { version = 3 }', 'nfsroot r at "/x" { version 3 }'],
  ["kernel linux from \u201cx\u201d", 'kernel linux from "x"'],
  ["kernel linux from 'x'", 'kernel linux from "x"'],
  ["kernel linux from x.gz as uimage", 'kernel linux from "x.gz" as uimage'],
  ["// hi", "# hi"],
  ['include "x" include "y"', 'include "x"\ninclude "y"'],
];

/** Wrong more than once: each help mends one of them. */
const several: readonly Row[] = [
  ["dhcp && load linux && boot linux", "dhcp\n  load linux\n  boot linux"],
  [
    "bootargs {\n    console=tty1\n    root=/dev/x\n  }",
    'bootargs {\n    "console=tty1"\n    "root=/dev/x"\n  }',
  ],
  ["load linux from usb0:1 to 0x80000", "load linux to 0x80000 from usb 0:1"],
  ["boot(linux, pi3)", "boot linux with pi3"],
  ["dhcp;\n  reset;", "dhcp\n  reset"],
];

const inside = (body: string) => `script s on tftp "s.scr" {\n  ${body}\n}`;

/** What is left when every help that can be typed is typed. */
function mended(text: string): string {
  let source = { name: "flow.boot", text };
  for (let round = 0; round < 10; round++) {
    const [first] = parse(source).diagnostics;
    if (!first?.edits) break;
    source = { name: "flow.boot", text: edited(source, first.edits) };
  }
  return source.text;
}

describe("a help that is typed", () => {
  it.each([
    ...declarations,
    ...[...statements, ...several].map((row) => row.map(inside) as [string, string]),
  ])("of %j leaves %j", (wrong, typed) => {
    expect(mended(wrong)).toBe(typed);
    expect(parse({ name: "flow.boot", text: typed }).diagnostics).toEqual([]);
  });
});
