// What names of folders and files hold moves no cursor, whatever command says them.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ubootc as alone, emptyFolder } from "./cli.js";
import { ubootc } from "./here.js";

const folder = "a\x1b[2Jb\x07";
const flow = `board rpi_4
server 10.0.0.1
param p = "\x1b[31m"
client one { serial "1" }
client two { serial "2" }
script a on tftp "a.scr" { print "{p}" }
test "red \x1b[31m" { expect prints "nothing" }
`;

it.each([
  ["build", "FLOW", "-o", "DIR/out"],
  ["build", "FLOW", "-o", "DIR/a.boot/out"],
  ["check", "FLOW"],
  ["check", "DIR/nothing.scr"],
  ["test", "FLOW"],
  ["simulate", "FLOW"],
  ["map", "FLOW"],
  ["graph", "FLOW"],
  ["import", "FLOW"],
  ["import", "DIR/nothing"],
  ["import-image", "FLOW", "-o", "DIR/image"],
  ["inspect", "FLOW"],
  ["keys", "new", "DIR"],
  ["keys", "dtb", "FLOW", "DIR/none.dtb"],
  ["mkimage", "-l", "FLOW"],
  ["mkimage", "-f", "FLOW", "DIR/out.itb"],
  ["serve", "DIR/none.boot"],
  ["serve", "--root", "DIR/none"],
  ["explain", folder],
  ["boards", folder],
  [folder],
])("%s %s", async (...args) => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, folder));
  writeFileSync(join(cwd, folder, "a.boot"), flow);
  const words = args.map((each) => each.replace("FLOW", `${folder}/a.boot`).replace("DIR", folder));
  // A server ends the process that it is in.
  const run = args[0] === "serve" ? alone : ubootc;
  const { stdout, stderr } = await run(words, { cwd });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stdout + stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
});
