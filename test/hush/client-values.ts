// Scripts made from flows whose clients have values with quotes, dollars and semicolons in them.
import fc from "fast-check";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { builtins, createShell, type Dialect, type Run } from "../../src/hush/index.js";
import { bytesOf } from "../../src/image/index.js";
import { filesOf } from "../errors/inputs.js";

/** Where a value can stand. */
export const places: readonly string[] = [
  'print "V"',
  'fail "V"',
  'bootargs { "root=/dev/V rw" }',
  "bootargs { console V }",
  "bootargs { ip V }",
  'set x "V"',
  'set x "a V ${serverip}"',
  'uboot "echo V"',
  'uboot "if true; then setenv a x-V; fi"',
  "ping V",
  'if ${x} == "V" { dhcp }',
  'if exists "V" on mmc 0:1 { dhcp }',
  'load linux from nfs "/srv/V"',
];

const signs = fc.string({
  unit: fc.constantFrom(..."ab.-_/ $'\"\\;|&#=(){}<>*?!~`\n\x03\x04\x1b"),
  maxLength: 20,
});
const words = fc
  .array(
    fc.constantFrom(
      "reset",
      ";",
      "&&",
      "||",
      " ",
      "$x",
      "${x}",
      '"',
      "'",
      "\\",
      "#",
      "`",
      "(",
      ")",
      "\n",
    ),
  )
  .map((each) => each.join(""));
const plain = fc.string({
  unit: fc.constantFrom(...'abc019 $;&|#"(){}<>*?!~`,:=+-'),
  maxLength: 20,
});

/** Values that want to be more than values. */
export const values: fc.Arbitrary<string> = fc.oneof(signs, words, plain);

/** The script for a client with `value` at `place`; undefined when the compiler refuses it. */
export function scriptWith(place: string, value: string): string | undefined {
  const flow = `board rpi_3 { commands "nfs" }
server 10.1.1.1
kernel linux from "Image.gz" as uimage "linux.uImage"
clients from "lab.json"
script net on tftp "net.scr" for each client {
  ${place.replaceAll("V", "{client.v}")}
}
`;
  const lab = JSON.stringify([{ name: "bench-1", serial: "1234", v: value }]);
  const own = memoryFiles({ "flow.boot": flow, "lab.json": lab });
  const shared = filesOf("-");
  const { artifacts = [] } = compile("flow.boot", {
    files: { open: (path) => (/^flow|^lab/.test(path) ? own.open(path) : shared.open(path)) },
  });
  const script = artifacts.find(({ name }) => name.endsWith(".scr"));
  return script && new TextDecoder().decode(bytesOf(script.content).subarray(72));
}

/** The names of the commands that `script` runs, each with how many arguments it has. */
export function commandsOf(script: string, dialect: Dialect): string[] {
  const called: string[] = [];
  const known = builtins;
  const watched = Object.entries(known).map(([name, command]): [string, Run] => [
    name,
    (args, shell, by) => {
      called.push(name === "echo" ? name : `${name} ${args.length}`);
      const run = typeof command === "function" ? command : command.run;
      return run(args, shell, by);
    },
  ]);
  const shell = createShell({
    dialect,
    commands: Object.fromEntries(watched),
    environment: new Map([["x", "other"]]),
    otherwise: (name) => (args) => {
      called.push(`${name} ${args.length}`);
      return 0;
    },
    limits: { steps: 2000 },
  });
  shell.source(script);
  return [...called, shell.outcome?.kind ?? "ended"];
}
