// The examples for Raspberry Pis, what each is there to show, and the files of their builds.
import { join } from "node:path";
import { compile } from "../../src/compile.js";
import { diskFiles } from "../../src/files/index.js";
import { serverFiles } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";

/** A file of the build, and what has to stand in it. */
type Shown = readonly [file: string, ...texts: readonly string[]];

export const examples: Readonly<Record<string, readonly Shown[]>> = {
  "pi3-proxy": [
    [
      "server/dnsmasq.conf",
      "dhcp-range=192.168.4.0,proxy,255.255.255.0",
      'pxe-service=0,"Raspberry Pi Boot"',
    ],
    ["tftp/bootcode.bin"],
    ["tftp/c0ffee01/start.elf"],
    [
      "tftp/c0ffee01/cmdline.txt",
      "root=/dev/nfs nfsroot=192.168.4.10:/srv/shelf,vers=3,tcp ip=dhcp",
    ],
    ["tftp/abcdef01/start4.elf"],
    ["sdcard/config.txt", "program_usb_boot_mode=1"],
    ["server/INSTALL.md", "vcgencmd otp_dump | grep 17:", "17:3020000a", "+BOOT_ORDER=0xf241"],
    ["server/INSTALL.md", "rpi-eeprom-config --apply bootconf.txt"],
    ["server/bootconf.txt", "BOOT_ORDER=0xf241", "TFTP_IP=192.168.4.10", "TFTP_PREFIX=0"],
    [
      "server/exports",
      "/srv/shelf 192.168.4.21(rw,no_subtree_check,no_root_squash,async)",
      "/srv/kitchen 192.168.4.22(rw,no_subtree_check,no_root_squash,sync)",
    ],
    ["server/ubootc.service", "ubootc serve --dhcp pi3-proxy.boot"],
  ],
  "pi-by-mac": [
    ["server/dnsmasq.conf", "dhcp-authoritative", "interface=eth0", "bind-dynamic"],
    ["server/dnsmasq.conf", "dhcp-range=192.168.1.100,192.168.1.199,255.255.255.0,43200"],
    ["server/dnsmasq.conf", "dhcp-host=b8:27:eb:c0:ff:ee,192.168.1.31,media"],
    ["server/dnsmasq.conf", "enable-tftp", "tftp-root=/srv/tftp"],
    ["server/exports", "/srv/media 192.168.1.31(", "/srv/tftp/c0ffee01 192.168.1.31("],
    ["server/fstab", "192.168.1.10:/srv/tftp/c0ffee01  /boot/firmware  nfs"],
    ["sdcard/bootcode.bin"],
    ["tftp/c0ffee01/ssh"],
  ],
  "uboot-card": [
    ["sdcard/config.txt", "kernel=u-boot.bin", "arm_64bit=1", "enable_uart=1"],
    ["sdcard/u-boot.bin"],
    ["sdcard/start.elf"],
    ["sdcard/boot.scr"],
    ["tftp/netboot-0000000012345678.scr"],
    ["server/ubootc.service", "serve --dhcp --leases %S/ubootc/leases.json uboot-card.boot"],
  ],
  "pi4-home": [
    ["server/dnsmasq.conf", "dhcp-range=192.168.178.0,proxy,255.255.255.0"],
    ["server/bootconf.txt", "BOOT_ORDER=0x21"],
    ["server/INSTALL.md", "-BOOT_ORDER=0xf41\n+BOOT_ORDER=0x21"],
    ["tftp/abcdef01/cmdline.txt", "nfsroot=192.168.178.10:/srv/pi4,vers=4.1,tcp"],
    ["server/exports", "/srv/pi4 192.168.178.31(", "/srv/tftp/abcdef01 192.168.178.31("],
    ["server/fstab", "192.168.178.10:/srv/tftp/abcdef01  /boot/firmware  nfs"],
  ],
  "pi-wire": [
    ["server/dnsmasq.conf", "dhcp-option=3,10.42.0.1", "dhcp-option=6,10.42.0.1,9.9.9.9"],
    ["server/dnsmasq.conf", "interface=eth1", "dhcp-range=10.42.0.100,10.42.0.199,"],
    ["tftp/cmdline.txt", "nfsroot=10.42.0.1:/srv/nodes/shared,vers=4.1,tcp ip=dhcp ro"],
    ["server/exports", "/srv/nodes/shared 10.42.0.0/24(ro,", "/srv/tftp 10.42.0.0/24("],
    ["server/fstab", "10.42.0.1:/srv/tftp  /boot/firmware  nfs  defaults,vers=4.1,proto=tcp"],
  ],
  "uboot-network": [
    ["tftp/bootcode.bin"],
    ["tftp/12345678/config.txt", "kernel=u-boot.bin"],
    ["tftp/12345678/u-boot.bin"],
    ["tftp/boot.scr.uimg"],
    ["tftp/netboot-0000000012345678.scr"],
  ],
};

/** The files of the build of an example, as text. */
export function outcome(name: string): ReadonlyMap<string, string> {
  const files = diskFiles();
  const path = join(import.meta.dirname, `../../examples/${name}/${name}.boot`);
  const { artifacts, program } = compile(path, { files });
  if (!artifacts || !program) throw new Error("has errors");
  const all = [...artifacts, ...serverFiles(program, artifacts)];
  const texts = all.map(({ root, name: file, content }): [string, string] => [
    `${root}/${file}`,
    Buffer.from(bytesOf(content)).toString(),
  ]);
  files.close();
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
