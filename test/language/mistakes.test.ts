// Mistakes as people make them: each gives exactly one message, at the right place, that says what
// was expected in words a person uses, and what to write instead.
import { describe, expect, it } from "vitest";
import { positionOf } from "../../src/diagnostics/index.js";
import { parse } from "../../src/language/index.js";

interface Mistake {
  readonly text: string;
  /** Line, column and message. */
  readonly says: string;
  readonly help?: string;
}

const inside = (body: string) => `script s on tftp "s.scr" {\n  ${body}\n}\n`;

const mistakes: readonly Mistake[] = [
  {
    text: 'kernl linux from "Image"\n',
    says: "1:1 expected a declaration (`board`, `kernel`, `script` …), found `kernl`",
    help: "did you mean `kernel`?",
  },
  {
    text: "Board rpi_3\n",
    says: "1:1 expected a declaration (`board`, `kernel`, `script` …), found `Board`",
    help: "did you mean `board`?",
  },
  {
    text: inside("qux bar"),
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `qux`",
    help: 'a line in U-Boot\'s own words is `uboot "…"`',
  },
  {
    text: inside("chian netboot"),
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `chian`",
    help: "did you mean `chain`?",
  },
  {
    text: 'kernel linux from "Image.gz\nboard rpi_3\n',
    says: "1:19 this text has no closing quote",
    help: 'put a `"` after it: a text ends on the line that it begins on',
  },
  {
    text: 'kernel linux from Image.gz"\n',
    says: "1:19 expected `firmware` or text in quotes, found `Image.gz`",
    help: 'put it in quotes: "Image.gz"',
  },
  {
    text: "kernel linux from Image.gz\n",
    says: "1:19 expected `firmware` or text in quotes, found `Image.gz`",
    help: 'put it in quotes: "Image.gz"',
  },
  {
    text: "kernel linux from “Image.gz”\n",
    says: "1:19 expected `firmware` or text in quotes, found `“`",
    help: 'text stands between straight double quotes: "…"',
  },
  {
    text: 'script s on tftp "s.scr"\n  dhcp\n}\n',
    says: "1:25 expected `as`, `for` or `{`, found the end of the line",
    help: "the `{` stands at the end of this line",
  },
  {
    text: 'script s on tftp "s.scr"\n{\n  dhcp\n}\n',
    says: "1:25 expected `as`, `for` or `{`, found the end of the line",
    help: "the `{` stands at the end of this line",
  },
  {
    text: 'script s on tftp "s.scr" {\n  dhcp\n',
    says: "1:26 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: inside('try {\n dhcp\n}\n\nscript t on tftp "t.scr" {\n  dhcp'),
    says: "2:7 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: inside("dhcp\n}"),
    says: "4:1 this `}` closes nothing",
    help: "remove it, or put the `{` where its block begins",
  },
  {
    text: 'kernel linux = "Image.gz"\n',
    says: "1:14 expected `from`, found `=`",
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: "board = rpi_3\n",
    says: "1:7 expected a name, found `=`",
    help: "remove it: a name stands after the word, with a space between",
  },
  {
    text: 'kernel linux from "I" { load = 0x80000 }\n',
    says: "1:30 expected a value, found `=`",
    help: "remove it: a value stands after its name, with a space between",
  },
  {
    text: 'kernel linux from "I" { load: 0x80000 }\n',
    says: "1:29 expected a value, found `:`",
    help: "remove it: a value stands after its name, with a space between",
  },
  {
    text: 'kernel linux "Image.gz"\n',
    says: '1:14 expected `from`, found `"Image.gz"`',
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: 'kernel from "Image.gz"\n',
    says: '1:13 expected `from`, found `"Image.gz"`',
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: "kernel linux from\n",
    says: "1:18 expected `firmware` or text in quotes, found the end of the line",
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: 'kernel linux as uimage "x" from "Image.gz"\n',
    says: "1:14 expected `from`, found `as`",
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: 'kernel linux from "Image.gz" as uImage "x"\n',
    says: "1:33 expected `on`, `uimage`, text in quotes, `{` or the end of the line, found `uImage`",
    help: "did you mean `uimage`?",
  },
  {
    text: 'script s "s.scr" on tftp {\n dhcp\n}\n',
    says: '1:10 expected `on`, found `"s.scr"`',
    help: 'it is written like this: script NAME on tftp "FILE" for each client { … }',
  },
  {
    text: 'script s tftp "s.scr" {\n dhcp\n}\n',
    says: "1:10 expected `on`, found `tftp`",
    help: 'it is written like this: script NAME on tftp "FILE" for each client { … }',
  },
  {
    text: 'script s on tftp "s.scr" for client {\n dhcp\n}\n',
    says: "1:30 expected `each`, found `client`",
    help: 'it is written like this: script NAME on tftp "FILE" for each client { … }',
  },
  {
    text: 'script s on tftp "s.scr" for each clients {\n dhcp\n}\n',
    says: "1:35 expected `client`, found `clients`",
    help: "did you mean `client`?",
  },
  {
    text: 'script s on tftp "s.scr" foreach client {\n dhcp\n}\n',
    says: "1:26 expected `as`, `for` or `{`, found `foreach`",
    help: 'it is written like this: script NAME on tftp "FILE" for each client { … }',
  },
  {
    text: "dhcp\n",
    says: "1:1 `dhcp` has to be inside a script",
    help: 'put it inside the braces of one: script NAME on sdcard "boot.scr" { … }',
  },
  {
    text: "load linux\n",
    says: "1:1 `load` has to be inside a script",
    help: 'put it inside the braces of one: script NAME on sdcard "boot.scr" { … }',
  },
  {
    text: inside('kernel linux from "x"'),
    says: "2:3 `kernel` cannot be inside a script",
    help: "move it out of the braces, to the top of the file: it is a declaration",
  },
  {
    text: inside("board rpi_3"),
    says: "2:3 `board` cannot be inside a script",
    help: "move it out of the braces, to the top of the file: it is a declaration",
  },
  {
    text: "board rpi_3 server 1.2.3.4\n",
    says: "1:13 expected `from`, `{` or the end of the line, found `server`",
    help: "begin a new line with `server`",
  },
  {
    text: inside("dhcp chain x"),
    says: "2:8 expected the end of the line, found `chain`",
    help: "begin a new line with `chain`",
  },
  {
    text: "network { dhcp range 10.1.0.100 10.1.0.200 }\n",
    says: "1:33 expected a property, `,` or `}`, found `10.1.0.200`",
    help: "a range is written with two dots: 192.168.0.100..192.168.0.199",
  },
  {
    text: "network { dhcp 10.1.0.0/24 }\n",
    says: "1:16 expected `proxy` or `range`, found `10.1.0.0/24`",
    help: "it is written like this: network { dhcp range 192.168.0.100..192.168.0.199  router 192.168.0.1 }",
  },
  {
    text: inside("boot linux from sdcard"),
    says: "2:14 expected `config`, `with` or the end of the line, found `from`",
    help: "load it first: `load NAME from …`, then `boot NAME`",
  },
  {
    text: inside("try { dhcp } else { boot linux from sdcard }"),
    says: "2:34 expected `config`, `with` or the end of the line, found `from`",
    help: "load it first: `load NAME from …`, then `boot NAME`",
  },
  {
    text: 'test "x" { expect prompt  within 100 packets }\n',
    says: "1:34 expected a duration (`2s`, `500ms`), found `100`",
    help: "write `at most 100 packets`",
  },
  {
    text: "board rpi_3;\n",
    says: "1:12 expected `from`, `{` or the end of the line, found `;`",
    help: "write one statement a line, without `;`",
  },
  {
    text: inside("dhcp; chain x"),
    says: "2:7 expected the end of the line, found `;`",
    help: "write one statement a line, without `;`",
  },
  {
    text: "board rpi_3\n",
    says: "1:6 expected a name, found a character that cannot be seen (U+00A0)",
    help: "put an ordinary space there",
  },
  {
    text: "// hello\nboard rpi_3\n",
    says: "1:1 expected a declaration (`board`, `kernel`, `script` …), found `//`",
    help: "a comment begins with `#`",
  },
  {
    text: "/* hello */\nboard rpi_3\n",
    says: "1:1 expected a declaration (`board`, `kernel`, `script` …), found `/*`",
    help: "a comment begins with `#`",
  },
  {
    text: 'board rpi_3\r\nkernel linux "x"\r\n',
    says: '2:14 expected `from`, found `"x"`',
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: '\tkernel\tlinux\t"x"\n',
    says: '1:15 expected `from`, found `"x"`',
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: inside("print hello"),
    says: "2:9 expected text in quotes, found `hello`",
    help: 'put it in quotes: "hello"',
  },
  {
    text: inside("fail"),
    says: "2:7 expected text in quotes, found the end of the line",
    help: 'it is written like this: fail "…"',
  },
  {
    text: inside("set x"),
    says: "2:8 expected a value or `=`, found the end of the line",
    help: 'it is written like this: set NAME "…"',
  },
  {
    text: inside("set x == 3"),
    says: "2:10 expected a value, found `=`",
    help: "to give a value, write one `=`, or none",
  },
  {
    text: inside('if ${x} = "1" { dhcp }'),
    says: "2:11 expected a comparison (`==`, `!=`, `<`, `<=`, `>`, `>=`), found `=`",
    help: "to compare, write `==`",
  },
  {
    text: inside('if ${x} == "1" dhcp'),
    says: "2:18 expected `and`, `or` or `{`, found `dhcp`",
    help: 'it is written like this: if ${name} == "…" { … } else { … }',
  },
  {
    text: inside('if ${x} == "1" then {dhcp}'),
    says: "2:18 expected `and`, `or` or `{`, found `then`",
    help: "put what depends on it in braces: `{ … }`",
  },
  {
    text: inside("else { dhcp }"),
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `else`",
    help: "`else` follows the `}` of an `if` or a `try`",
  },
  {
    text: inside("try chain x"),
    says: "2:7 expected `{`, found `chain`",
    help: "it is written like this: try { … } then { … } else { … }",
  },
  {
    text: inside("retry { dhcp }"),
    says: "2:9 expected `forever` or a number, found `{`",
    help: "say how often: `retry 3 {` or `retry forever {`",
  },
  {
    text: inside("retry 3 times { dhcp }"),
    says: "2:11 expected `pause` or `{`, found `times`",
    help: "it is written like this: retry 3 pause 2s { … }",
  },
  {
    text: inside("sleep 5"),
    says: "2:9 expected a duration (`2s`, `500ms`), found `5`",
    help: "write the unit, without a space: `5s`",
  },
  {
    text: inside("sleep 5 s"),
    says: "2:9 expected a duration (`2s`, `500ms`), found `5`",
    help: "write the unit, without a space: `5s`",
  },
  {
    text: inside("boot linux with"),
    says: "2:18 expected a name or `{name}`, found the end of the line",
    help: "it is written like this: boot NAME with NAME, NAME",
  },
  {
    text: inside("boot linux with pi3 and initrd"),
    says: "2:23 expected `,` or the end of the line, found `and`",
    help: "put a `,` between them",
  },
  {
    text: inside("boot linux with a,"),
    says: "3:1 expected a name or `{name}`, found `}`",
  },
  {
    text: inside("set x $y"),
    says: "2:9 expected a value or `=`, found `$`",
    help: "write `${name}`, with braces",
  },
  {
    text: inside('set x "${y"'),
    says: '2:13 expected `}`, found `"`',
    help: "write `${name}`; the two characters themselves are `\\${`",
  },
  {
    text: inside('set x "{}"'),
    says: "2:11 expected a name, found `}`",
    help: "a brace in a text is written `\\{`",
  },
  {
    text: inside('set x "{ client.x }"'),
    says: "2:11 expected a name, found a space",
    help: "write `{name}` without spaces; a brace itself is `\\{`",
  },
  {
    text: inside('print "{"'),
    says: '2:11 expected a name, found `"`',
    help: "a brace in a text is written `\\{`",
  },
  {
    text: inside('print "a\\n"'),
    says: '2:12 expected `"`, `\\`, `{` or `$`, found `n`',
    help: "remove the `\\`: U-Boot's shells do not agree about it",
  },
  {
    text: "client ** { }\n",
    says: "1:9 expected `{` or the end of the line, found `*`",
    help: 'it is written like this: client NAME { serial "…" }',
  },
  {
    text: 'client a serial "1"\n',
    says: "1:10 expected `{` or the end of the line, found `serial`",
    help: 'it is written like this: client NAME { serial "…" }',
  },
  {
    text: 'clients "lab.csv"\n',
    says: '1:9 expected `from`, found `"lab.csv"`',
    help: 'it is written like this: clients from "FILE.csv"',
  },
  {
    text: 'clients in "lab.csv"\n',
    says: "1:9 expected `from`, found `in`",
    help: 'it is written like this: clients from "FILE.csv"',
  },
  {
    text: "include other.boot\n",
    says: "1:9 expected text in quotes, found `other.boot`",
    help: 'put it in quotes: "other.boot"',
  },
  {
    text: 'import "other.boot"\n',
    says: "1:1 expected a declaration (`board`, `kernel`, `script` …), found `import`",
    help: "what can stand here: board, server, param, kernel, dtb, overlay, initrd, file, fit, sign, nfsroot, client, clients, network, firmware, eeprom, script, test, include",
  },
  {
    text: "server\n",
    says: "1:7 expected a value, found the end of the line",
    help: "it is written like this: server 192.168.0.250",
  },
  {
    text: "param = 3\n",
    says: "1:7 expected a name, found `=`",
    help: 'it is written like this: param NAME "…"',
  },
  {
    text: "param a-b: 3\n",
    says: "1:10 expected a value, `=` or the end of the line, found `:`",
    help: "remove it: a value stands after its name, with a space between",
  },
  {
    text: 'nfsroot rootfs "/srv"\n',
    says: '1:16 expected `at`, found `"/srv"`',
    help: 'it is written like this: nfsroot NAME at "/FOLDER" { … }',
  },
  {
    text: "nfsroot rootfs at /srv/rootfs\n",
    says: "1:19 expected text in quotes, found `/srv/rootfs`",
    help: 'put it in quotes: "/srv/rootfs"',
  },
  {
    text: "board 3rpi\n",
    says: "1:7 expected a name, found `3rpi`",
    help: "a name begins with a letter",
  },
  {
    text: 'kernel linux from "I" { load }\n',
    says: "1:30 expected a value, found `}`",
    help: 'it is written like this: kernel NAME from "FILE" as uimage "FILE" { … }',
  },
  {
    text: 'kernel linux from "I" { load 0x80000\nboard rpi_3\n',
    says: "1:23 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: inside("uboot setenv x 1"),
    says: "2:9 expected text in quotes, found `setenv`",
    help: 'put it in quotes: "setenv x 1"',
  },
  {
    text: inside("setenv x 1"),
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `setenv`",
    help: 'write `set x "1"`; a line in U-Boot\'s own words is `uboot "…"`',
  },
  {
    text: inside("tftp 0x8000 foo"),
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `tftp`",
    help: 'write `load NAME`; a line in U-Boot\'s own words is `uboot "…"`',
  },
  {
    text: inside("bootm 0x8000"),
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `bootm`",
    help: 'write `boot NAME`; a line in U-Boot\'s own words is `uboot "…"`',
  },
  {
    text: inside("if ! defined x { dhcp }"),
    says: "2:6 expected `defined`, `exists`, `not`, a value or `(`, found `!`",
    help: "write `not`",
  },
  {
    text: inside("if defined x && defined y { dhcp }"),
    says: "2:16 expected `and`, `or` or `{`, found `&&`",
    help: "write `and`",
  },
  {
    text: inside('if exists "x" { dhcp }'),
    says: "2:17 expected `on`, found `{`",
    help: 'it is written like this: if ${name} == "…" { … } else { … }',
  },
  {
    text: 'script s on tftp "s.scr" {\n  script t on tftp "t" { dhcp }\n}\n',
    says: "2:3 `script` cannot be inside a script",
    help: "move it out of the braces, to the top of the file: it is a declaration",
  },
  {
    text: inside("bootargs console=tty1"),
    says: "2:12 expected text in quotes or `{`, found `console`",
    help: 'put it in quotes: "console=tty1"',
  },
  {
    text: inside("bootargs { console=tty1 }"),
    says: "2:21 expected a value, found `=`",
    help: 'put arguments in quotes: "console=tty1"',
  },
  {
    text: inside('bootargs {\n console "tty1"\n'),
    says: "2:12 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: 'kernel lïnux from "x"\n',
    says: "1:9 expected `from`, found `ïnux`",
    help: "names are made of the letters a to z, digits, _ and -",
  },
  {
    text: "board 🚀\n",
    says: "1:7 expected a name, found `🚀`",
    help: "names are made of the letters a to z, digits, _ and -",
  },
  {
    text: 'client bench 1 { serial "1" }\n',
    says: "1:14 expected `{` or the end of the line, found `1`",
    help: 'it is written like this: client NAME { serial "…" }',
  },
  {
    text: "board ​rpi_3\n",
    says: "1:7 expected a name, found a character that cannot be seen (U+200B)",
    help: "delete it",
  },
  {
    text: "board \u000brpi_3\n",
    says: "1:7 expected a name, found a character that cannot be seen (U+000B)",
    help: "put an ordinary space there",
  },
  {
    text: "board rpi_3\rserver 1.2.3.4\r",
    says: "1:12 expected `from`, `{` or the end of the line, found a character that cannot be seen (U+000D)",
    help: "end lines with LF, or with CR LF",
  },
  {
    text: inside("network { address 1.2.3.4 }"),
    says: "2:11 expected `static`, found `{`",
    help: "it is written like this: network static { address 192.168.0.31 }",
  },
  {
    text: inside("dhcp eth0"),
    says: "2:8 expected the end of the line, found `eth0`",
    help: "it is written like this: dhcp",
  },
  {
    text: inside("load linux at 0x8000"),
    says: "2:14 expected `from`, `to` or the end of the line, found `at`",
    help: "write `to`",
  },
  {
    text: inside("load linux from usb 0 : 1"),
    says: "2:25 expected the end of the line, found `:`",
    help: "it is written like this: load NAME to 0x80000 from usb 0:1",
  },
  {
    text: 'kernel linux from "x"\n',
    says: "1:13 expected `from`, found a character that cannot be seen (U+00A0)",
    help: "put an ordinary space there",
  },
  {
    text: 'script s on tftp "s.scr" {\n\tlaod\tlinux\n}\n',
    says: "2:2 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `laod`",
    help: "did you mean `load`?",
  },
  {
    text: 'script s on tftp "s.scr" {\r\n  chian x\r\n}\r\n',
    says: "2:3 expected a statement (`dhcp`, `load`, `boot` …) or `}`, found `chian`",
    help: "did you mean `chain`?",
  },
  {
    text: 'kernel linux from "x\r\n',
    says: "1:19 this text has no closing quote",
    help: 'put a `"` after it: a text ends on the line that it begins on',
  },
  {
    text: 'kernel # the kernel\n  linux from "x"\n',
    says: "1:8 expected a name, found `#`",
    help: "a comment goes on to the end of its line: put it after the whole statement",
  },
  {
    text: 'script s on tftp "s.scr" # boot {\n  dhcp\n}\n',
    says: "1:26 expected `as`, `for` or `{`, found `#`",
    help: "a comment goes on to the end of its line: put it after the whole statement",
  },
  {
    text: 'script s on tftp "s.scr" {\n  if defined x {\n    dhcp\n  }\n',
    says: "1:26 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: 'client a {\n  serial "1"\n\nclient b { serial "2" }\n',
    says: "1:10 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: inside('if defined x {\n    dhcp\n  print "x"'),
    says: "2:16 this `{` is never closed",
    help: "put a `}` after the last line of the block",
  },
  {
    text: inside("if defined x dhcp\n  else { reset }"),
    says: "2:16 expected `and`, `or` or `{`, found `dhcp`",
    help: 'it is written like this: if ${name} == "…" { … } else { … }',
  },
  {
    text: inside("try\n    dhcp\n  else\n    reset"),
    says: "2:6 expected `{`, found the end of the line",
    help: "the `{` stands at the end of this line",
  },
  {
    text: 'kernel linux.6 from "x"\n',
    says: "1:13 expected `from`, found `.6`",
    help: "names are made of the letters a to z, digits, _ and -",
  },
  {
    text: inside("load linux to 0x 8000"),
    says: "2:20 expected `from` or the end of the line, found `8000`",
    help: "it is written like this: load NAME to 0x80000 from usb 0:1",
  },
  {
    text: 'script s on tftp "s.scr" for clients {\n  dhcp\n}\n',
    says: "1:30 expected `each`, found `clients`",
    help: 'it is written like this: script NAME on tftp "FILE" for each client { … }',
  },
  {
    text: 'script s on tftp "s.scr" (\n  dhcp\n)\n',
    says: "1:26 expected `as`, `for` or `{`, found `(`",
    help: "write braces: `{ … }`",
  },
  {
    text: 'client a [ serial "1" ]\n',
    says: "1:10 expected `{` or the end of the line, found `[`",
    help: "write braces: `{ … }`",
  },
  {
    text: inside("boot linux with pi3 initrd"),
    says: "2:23 expected `,` or the end of the line, found `initrd`",
    help: "put a `,` between them",
  },
  {
    text: inside("print %name%"),
    says: "2:9 expected text in quotes, found `%`",
    help: 'it is written like this: print "…"',
  },
  {
    text: inside("ping $serverip"),
    says: "2:8 expected a value, found `$`",
    help: "write `${name}`, with braces",
  },
  {
    text: inside("if test -n x; then dhcp; fi"),
    says: "2:11 expected a comparison (`==`, `!=`, `<`, `<=`, `>`, `>=`), found `-n`",
    help: 'it is written like this: if ${name} == "…" { … } else { … }',
  },
  {
    text: 'kernel linux from "Image.gz as uimage "x"\n',
    says: "1:40 expected `as`, `on`, `{` or the end of the line, found `x`",
    help: "the quotes of this line do not come in pairs",
  },
];

function said(text: string) {
  return parse({ name: "flow.boot", text }).diagnostics.map(({ message, labels, help }) => {
    const span = labels[0]?.span;
    const { line, column } = span ? positionOf(span.source, span.start) : { line: 0, column: 0 };
    return { text, says: `${line}:${column} ${message}`, ...(help === undefined ? {} : { help }) };
  });
}

describe("a single mistake", () => {
  it.each(mistakes)("$says: $text", (mistake) => expect(said(mistake.text)).toEqual([mistake]));
});

describe("several mistakes", () => {
  const lines = (text: string) => said(text).map(({ says }) => says.replace(/ .*/, ""));

  it("are all reported, each where it is", () => {
    const flow = `bord rpi_3
kernel linux "x"
script s on tftp "s" {
  foo
  dhcp
  load x at 0x80000
  try {
    chian s
  } else {
    print hello
  }
}
serve 10.0.0.1
`;
    expect(lines(flow)).toEqual(["1:1", "2:14", "4:3", "6:10", "8:5", "10:11", "13:1"]);
  });

  it("are reported behind a block that is not closed", () => {
    const flow = `script a on tftp "a" {
  dhcp
script b on tftp "b" {
  foo
}
client c { serial = "1" }
`;
    expect(lines(flow)).toEqual(["1:22", "4:3", "6:19"]);
  });

  it("end with the twentieth", () => {
    expect(said("nonsense\n".repeat(50))).toHaveLength(20);
  });
});

describe("what is no mistake", () => {
  const fine: readonly string[] = [
    "",
    "# nothing but a comment",
    "board rpi_3\r\nserver 10.0.0.1\r\n",
    "\tboard\trpi_3\t# with tabs\n",
    "\n\n  board rpi_3",
    inside("set x = 3"),
    inside('print "say \\"hi\\" for \\{ and \\${"'),
    inside("dhcp # a comment with } and {"),
    inside("try { dhcp } else { reset }"),
    inside("try {\n    dhcp\n  }\n  # a comment\n  else {\n    reset\n  }"),
    inside("if defined a { dhcp } else if defined b { save } else { reset }"),
    inside("boot linux with pi3,\n    initrd"),
  ];
  it.each(fine)("%j", (text) => expect(said(text)).toEqual([]));
});
