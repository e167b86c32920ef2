// What `firmware` and `eeprom` come to, as text: config.txt, cmdline.txt, bootconf.txt, the boot
// folder among the exports; and what is refused.
import { describe, expect, it } from "vitest";
import { isConfigFilter } from "../../src/boards/index.js";
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
  "mapped/overlays/overlay_map.dtb": "\0\0vc4-kms-v3d\0\0",
  "silent/cmdline.txt": "console=ttyS7,115200 root=/dev/nfs rootwait\n",
  "including/config.txt": "include more.txt\n",
  "including/more.txt": "enable_uart=1\nenable_urat=1\n",
  "misspelt.txt":
    "[all]\nBOOT_ORDRE=0xf41\n[EDID=X]\n[gpio7=0]\nPARTITION=2\n[config.txt]\nno_setting=1\n[pi6]\n",
  "elsewhere.txt": "[all]\nBOOT_ORDER=0xf41\nTFTP_PREFIX=2\n[pi4]\nBOOT_ORDER=0xf21\n",
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
    ["config { i2c_arm on }", ["config-unknown"]],
    ["config { arm_control 0x200 }", ["config-old"]],
    ["config { max_usb_current 1 }", ["config-old"]],
    [`config { dtparam "${"i".repeat(91)}" }`, ["config-long"]],
    [`config { dtparam "${"i".repeat(90)}" }`, []],
    ["config { [pi3] gpu_mem 16 }", ["config-idle"]],
    ["config { [pi4] enable_uart 1 [pi5] kernel one.img kernel two.img }", ["config-idle"]],
    ["config { [0xabcdef01] enable_uart 1 }", []],
    ["config { [0xabcdef02] enable_uart 1 }", ["config-idle"]],
    ["config { program_usb_boot_mode 1 }", ["config-idle"]],
    ["config { [pi3] program_usb_boot_mode 1 }", ["config-idle"]],
    ["config { enable_rp1_uart 1 [all] otg_mode 1 }", ["config-idle"]],
    ['files from "boot"  config { kernel "kernel8.img" }', ["config-file"]],
    ['files from "boot"  config { dtoverlay "disable-bt,x=1" }', ["config-file"]],
    ['files from "boot"  config { dtoverlay "vc4-kms-v3d" }', ["config-file"]],
    ['files from "mapped"  config { dtoverlay "vc4-kms-v3d" }', []],
    [
      'files from "boot"  config { initramfs "a.gz,b.gz followkernel" }',
      ["config-file", "config-file"],
    ],
    ['files from "boot"  config { os_prefix "new/"  kernel "kernel8.img" }', []],
    ['files from "boot"  config { [pi4] kernel "kernel8.img" }', []],
    ['files from "silent"', ["console-unknown", "root-unreachable"]],
    ['files from "including"', ["config-unknown"]],
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

describe("filters of config.txt", () => {
  const known = `all none tryboot pi3+ PI4 cm4s pi500 cm0 0x12345678 gpio4=1 EDID=VSC-TD2220 HDMI:1
    board-type=0x14 partition=62 partition<2 boot_partition=3 boot_count>3 boot_arg1=42
    bootvar0&0x10 bootvar0&0xf0=0x20 cust_otp7=1 board_attributes&1`;
  const unknown = `pi6 pi3b cm6 gpio4 gpio4=2 EDID= HDMI:2 0x board-type=4b partition 
    partition=two partition>=2 bootvar1=1 cust_otp8=1 bootvar0&=1 tryboot=1`;

  it.each(known.trim().split(/\s+/))("[%s]", (filter) => {
    expect(isConfigFilter(filter)).toBe(true);
  });

  it.each(unknown.trim().split(/\s+/))("not [%s]", (filter) => {
    expect(isConfigFilter(filter)).toBe(false);
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
    ["boot_order 0xf12f", "boot-order-rest"],
    ["boot_order 0x23", "boot-order-rest"],
    ["boot_uart yes", "value-invalid"],
    ["uart_baud 115300", "value-invalid"],
    ['mac_address "dc:a6:32"', "value-invalid"],
    ['netconsole "6665@169.254.1.1/eth0,6666@192.168.178.222/"', "value-invalid"],
    ["dhcp_option97 RPi4", "value-invalid"],
  ])("%s", (body, code) => {
    expect(built(`eeprom { ${body} }`).said.map((each) => each.split(":")[0])).toEqual([code]);
  });

  it("takes what is written as documented", () => {
    const flow = `eeprom {
      boot_order 0xf3217  netconsole "6665@169.254.1.1/,6666@/"  dhcp_option97 0x34695052
      mac_address dc:a6:32:01:36:c2  max_restarts "-1"  usb_msd_exclude_vid_pid "034700a0,a4231234"
      http_host 192.168.4.1  http_port 8080  uart_baud 921600  use_ipv6 1  dns_ip 192.168.4.1
    }`;
    expect(built(flow).said).toEqual([]);
  });

  it.each([
    ["misspelt.txt", ["setting `BOOT_ORDRE`", "filter `[EDID=X]`"]],
    ["elsewhere.txt", []],
  ])("looks at what %s has", (file, names) => {
    const { said } = built(`eeprom from "${file}" { boot_uart 1 }`);
    expect(said).toEqual(names.map((name) => `bootconf-unknown: the bootloader knows no ${name}`));
  });

  it("goes by what it has where the flow says nothing", () => {
    const served = "firmware on tftp for each client { ssh yes }\n";
    expect(built(`${served}eeprom from "elsewhere.txt" { boot_uart 1 }`).said).toEqual([
      "boot-order-network: with the boot order 0xf41 the bootloader never tries the network",
      "tftp-prefix: the bootloader asks for a folder named for the mac, and the flow names it for the serial",
    ]);
    const changed = `${served}eeprom from "elsewhere.txt" { boot_order 0xf21  tftp_prefix 0 }`;
    expect(built(changed).said).toEqual([]);
  });
});
