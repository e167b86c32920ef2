// What people give in place of a flow: told for what it is, in one message.
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";

const uImage = Uint8Array.from([0x27, 0x05, 0x19, 0x56, ...new Array<number>(60).fill(0xff)]);

it.each<readonly [what: string, text: string | Uint8Array]>([
  ["a script for U-Boot's shell", "echo hello\nboot\n"],
  ["a script for U-Boot's shell", "if test -e mmc 0:1 a; then\n  run b;\nfi\n"],
  ["a script for U-Boot's shell", "load mmc 0:1 ${kernel_addr_r} Image\nbooti ${kernel_addr_r}\n"],
  ["an environment text, which `env import -t` reads", "a=b\nbootargs=console=tty1 rw\n"],
  ["an extlinux.conf, which `sysboot` reads", "label a\n  kernel /Image\n  append rw\n"],
  ["a config.txt, which the firmware of a Raspberry Pi reads", "[pi4]\narm_64bit=1\n"],
  [
    "the source of a FIT, which `ubootc mkimage -f` reads",
    "/dts-v1/;\n/ {\n  images {\n  };\n};\n",
  ],
  ["the source of a device tree, which `dtc` reads", "/dts-v1/;\n/ { a = <1>; };\n"],
  ["an image for U-Boot", uImage],
])("%s", (what, text) => {
  const { diagnostics } = compile("x.boot", { files: memoryFiles({ "x.boot": text }) });
  expect(diagnostics.map(({ message }) => message)).toEqual([`\`x.boot\` is ${what}, and no flow`]);
});

it("leaves a flow with a mistake to be told of it", () => {
  const text = 'board rpi_3\nscript a on sdcard "boot.scr" {\n  setenv x 1\n  tftp x\n}\n';
  const { diagnostics } = compile("x.boot", { files: memoryFiles({ "x.boot": text }) });
  expect(diagnostics.map(({ code }) => code)).toEqual(["syntax", "syntax"]);
});
