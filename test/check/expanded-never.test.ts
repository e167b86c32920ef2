// `$name` in a text of a flow: said where the kernel or a person gets it, and nowhere else.
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";

const found = (body: string) => {
  const text = `board qemu_arm64\nscript boot on sdcard "boot.scr" {\n  ${body}\n}\n`;
  const { diagnostics } = compile("x.boot", { files: memoryFiles({ "x.boot": text }) });
  const edits = diagnostics.flatMap((each) => each.edits ?? []);
  return [diagnostics.map(({ code }) => code), edits.map((each) => each.text)];
};

it.each([
  ['bootargs "console=$console root=/dev/vda2"', "${console}"],
  ['bootargs { "rw" "console=$(console)" }', "${console}"],
  ['set bootargs "console=$console"', "${console}"],
  ['print "loading $file"', "${file}"],
  ['fail "no $file"', "${file}"],
])("%s", (body, typed) => expect(found(body)).toEqual([["expanded-never"], [typed]]));

it.each([
  'bootargs "console=${ver} root=/dev/vda2"',
  'print "\\${file} is a variable"',
  'print "5 $ and $5"',
  'set again "load mmc 0:1 $loadaddr x"',
  'uboot "echo $loadaddr"',
])("not %s", (body) => expect(found(body)).toEqual([[], []]));
