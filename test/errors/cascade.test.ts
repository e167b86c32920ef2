// One mistake, one message: a whole flow with a single thing wrong, whatever else depends on it.
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { allCodes } from "../../src/diagnostics/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";
import { filesOf } from "./inputs.js";

const flow = `board rpi_3
server 10.0.0.1
param console "tty1"
kernel linux from "Image.gz" as uimage "linux.uImage"
dtb pi3 from "pi3.dtb"
nfsroot rootfs at "/srv/root" { version 3 }
client a { serial "1"  rack "r1" }
client b { serial "2"  rack "r2" }

script boot on tftp "boot.scr" {
  dhcp
  retry forever pause 5s { chain net }
}

script net on tftp "net-\${serial#}.scr" for each client {
  bootargs {
    console {console}
    root rootfs
    "rack={client.rack}"
  }
  boot linux with pi3
}
`;

/** What is said, and what of the flow is replaced by what. */
const mistakes: readonly (readonly [code: string, from: string, to: string])[] = [
  ["param-unset", ' "tty1"', ""],
  ["param-unset", "version 3 }", "version {v} }\nparam v"],
  ["name-unknown", '"tty1"', "{foo}"],
  ["variable-too-late", '"tty1"', '"${foo}"'],
  ["input-missing", '"Image.gz"', '"Imag.gz"'],
  ["input-missing", '"pi3.dtb"', '"pi4.dtb"'],
  ["board-unknown", "rpi_3", "rpi_9"],
  ["board-missing", "board rpi_3\n", ""],
  ["value-invalid", "10.0.0.1", "10.0.0"],
  ["server-missing", "server 10.0.0.1\n", ""],
  ["value-invalid", 'serial "1"', 'serial "1 2"'],
  ["board-unknown", 'rack "r1"', 'board "rpi_9"  rack "r1"'],
  ["client-value-missing", 'rack "r1"', ""],
  ["unsafe-value", '"r1"', '"r 1"'],
  ["place-unknown", "on tftp", "on tft"],
  ["name-unknown", "script net", "script nett"],
  ["name-unknown", "with pi3", "with pi4"],
  ["name-taken", "dtb pi3", "dtb linux"],
  ["unsafe-value", '"linux.uImage"', '"../linux.uImage"'],
  ["value-invalid", "version 3", "version 9"],
  ["property-unknown", "version 3", "versoin 3"],
  ["file-variable", "serial#", "board_name"],
  ["value-invalid", "client a", `client ${"a".repeat(64)}`],
  ["client-shared", 'serial "2"', 'serial "1"'],
  ["client-shared", "client b", "client a"],
  ["name-unknown", "root rootfs", "root rootf"],
  ["device-unknown", "chain net", "chain net from ubs 0:1"],
  ["unsafe-value", "dhcp", "load linux from usb 0:x"],
  ["value-invalid", "chain net", "chain net to 80000"],
  ["address-unknown", "chain net", "chain net to constructor"],
  ["value-invalid", '"linux.uImage"', '"linux.uImage" { load 80000 }'],
  ["input-missing", "client a", 'clients from "lab.csv"\nclient a'],
  ["brace-unclosed", "version 3 }", "version 3"],
  ["brace-unclosed", "with pi3\n}", "with pi3\n"],
  ["brace-unopened", "chain net }\n", "chain net } }\n"],
  ["quote-unclosed", '"rack={client.rack}"', '"rack={client.rack}'],
  ["syntax", "for each client {", "for each client"],
  ["syntax", "bootargs {", "bootargs"],
  ["syntax", "console {console}", "console={console}"],
  ["value-invalid", "dhcp", "retry 99 { dhcp }"],
  ["value-invalid", "dhcp", "sleep 999999999999s"],
  ["value-invalid", "dhcp", 'set board-name "1"'],
  ["unsafe-value", "dhcp", 'print "it\'s"'],
];

function said(text: string) {
  const bytes = (name: string) => {
    const opened = filesOf("-").open(name);
    return "code" in opened ? new Uint8Array() : bytesOf(opened);
  };
  const inputs = { "Image.gz": bytes("Image.gz"), "pi3.dtb": bytes("pi3.dtb") };
  return compile("flow.boot", { files: memoryFiles({ "flow.boot": text, ...inputs }) }).diagnostics;
}

it("has nothing wrong to begin with", () => expect(said(flow)).toEqual([]));

it.each(mistakes)("%s: %j, %j", (code, from, to) => {
  expect(flow).toContain(from);
  expect(allCodes).toContain(code);
  expect(said(flow.replace(from, () => to)).map((each) => `${each.code}: ${each.message}`)).toEqual(
    [expect.stringMatching(new RegExp(`^${code}: `))],
  );
});
