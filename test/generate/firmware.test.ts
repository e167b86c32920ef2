// What `firmware` and `eeprom` come to, as text: config.txt, cmdline.txt, bootconf.txt, the boot
// folder among the exports; and what is refused.
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { serverFiles } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";

const head = `board rpi_4
server 192.168.4.1
nfsroot rootfs at "/srv/{client.name}" { version 4.1 }
client kitchen { serial "10000000ABCDEF01"  mac "DC:A6:32:01:36:C2"  address "192.168.4.21" }
`;
const inputs = {
  "boot/config.txt": "# ours\narm_64bit=1\n[pi3]\nkernel=three.img",
  "boot/cmdline.txt": "root=/dev/mmcblk0p2\n",
  "boot/start4.elf": "elf",
  "boot/bootcode.bin": "code",
  "bootconf.txt":
    "[all]\nBOOT_UART=0\nBOOT_ORDER=0xf41\n[none]\nFREEZE_VERSION=0\nBOOT_ORDER=0x3\n",
};

function built(flow: string) {
  const files = memoryFiles({ ...inputs, "lab.boot": head + flow });
  const { artifacts, program, diagnostics } = compile("lab.boot", { files });
  const all = artifacts && program ? [...artifacts, ...serverFiles(program, artifacts)] : [];
  const texts = all.map(({ root, name, content }): [string, string] => [
    `${root}/${name}`,
    Buffer.from(bytesOf(content)).toString(),
  ]);
  return {
    files: new Map(texts),
    said: diagnostics.map(({ code, message }) => `${code}: ${message}`),
  };
}

describe("firmware", () => {
  it("puts settings behind those of the folder, for all boards again", () => {
    const { files } = built(
      'firmware on tftp for each client { files from "boot"  config { enable_uart 1 [pi4] initramfs "a.gz followkernel" } }',
    );
    expect(files.get("tftp/abcdef01/config.txt")).toBe(
      "# ours\narm_64bit=1\n[pi3]\nkernel=three.img\n\n[all]\n# lab.boot\nenable_uart=1\n[pi4]\ninitramfs a.gz followkernel\n",
    );
    expect(files.get("tftp/abcdef01/cmdline.txt")).toBe("root=/dev/mmcblk0p2\n");
    expect(files.get("tftp/bootcode.bin")).toBe("code");
    expect(files.has("tftp/abcdef01/bootcode.bin")).toBe(false);
  });

  it("names the folder for the MAC address, exports it and has it mounted", () => {
    const { files } = built(
      'firmware on tftp for each client { files from "boot/"  prefix mac  at "/srv/tftp/"  mount "/boot"  ssh yes }',
    );
    expect(files.get("tftp/dc-a6-32-01-36-c2/ssh")).toBe("");
    const path = "/srv/tftp/dc-a6-32-01-36-c2";
    expect(files.get("server/exports")).toContain(`\n${path} 192.168.4.21(rw,`);
    expect(files.get("server/ganesha.conf")).toContain(`Path = "${path}"`);
    expect(files.get("server/fstab")).toContain(
      `192.168.4.1:${path}  /boot  nfs  defaults,vers=4.1,proto=tcp,_netdev  0  0\n`,
    );
  });

  it.each([
    ["cmdline { console tty1  root rootfs }", []],
    ['cmdline { root "/dev/nfs"  "rootwait" }', ["root-unreachable"]],
    ['config { auto_initramfs 1 } cmdline { root "/dev/nfs" }', []],
    ['config { auto_initramfs 0 } cmdline { root "/dev/nfs" }', ["root-unreachable"]],
    ['cmdline { "root=/dev/nfs nfsroot=192.168.4.1:/srv/hall ip=dhcp" }', ["nfs-path"]],
    ['cmdline { console "ttyS7,115200" }', ["console-unknown"]],
    ['cmdline { "quiet ${args}" }', ["variable-too-late"]],
    ["config { enable_urat 1 }", ["config-unknown"]],
    ['config { [pi6] dtoverlay "x" }', ["config-filter"]],
    ['at "srv/tftp"', ["value-invalid"]],
    ["prefix name", ["value-invalid"]],
    ['files from "nothing"', ["input-missing"]],
  ])("%s", (body, codes) => {
    const { said } = built(`firmware on tftp for each client { ${body} }`);
    expect(said.map((each) => each.split(":")[0])).toEqual(codes);
  });

  it("wants a serial number that a folder can be named for, and no folder for each on a card", () => {
    const short = built(
      'client x { serial "12" }\nfirmware on tftp for each client { ssh yes }',
    ).said;
    expect(short).toEqual([
      "value-invalid: expected a serial number that ends in eight hexadecimal digits, found `12`",
    ]);
    const card = built("firmware on sdcard for each client { ssh yes }").said;
    expect(card).toEqual(["syntax: expected `{`, found `for`"]);
  });
});

describe("eeprom", () => {
  it("changes what counts for all boards, and adds what is new behind an [all]", () => {
    const { files } = built(
      'eeprom from "bootconf.txt" { boot_order 0xF21  tftp_ip 192.168.4.1  boot_uart 0 }',
    );
    expect(files.get("server/bootconf.txt")).toBe(
      "[all]\nBOOT_UART=0\nBOOT_ORDER=0xf21\n[none]\nFREEZE_VERSION=0\nBOOT_ORDER=0x3\n[all]\nTFTP_IP=192.168.4.1\n",
    );
    expect(files.get("server/INSTALL.md")).toContain(
      "```diff\n-BOOT_ORDER=0xf41\n+BOOT_ORDER=0xf21\n+TFTP_IP=192.168.4.1\n```\n",
    );
  });

  it.each([
    ["boot_order 21", "value-invalid"],
    ["boot_order 0x9", "value-invalid"],
    ["tftp_prefix 3", "value-invalid"],
    ["tftp_prefix 1", "property-missing"],
    ['tftp_prefix 1  tftp_prefix_str "lab"', "value-invalid"],
    ["dhcp_timeout 100", "value-invalid"],
    ["boot_odrer 0x21", "property-unknown"],
    ["boot_order 0x2 }\neeprom { boot_uart 1", "name-taken"],
  ])("%s", (body, code) => {
    expect(built(`eeprom { ${body} }`).said.map((each) => each.split(":")[0])).toEqual([code]);
  });
});
