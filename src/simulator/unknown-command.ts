// Commands that a board has, or may have, and that this simulator does not know: a simulation ends
// there, since nobody can say what comes next. Names from U-Boot's cmd folder; those of one vendor's
// boards only are left out.
import { type Board, commandState, releaseHas } from "../boards/index.js";
import type { ShellCommand } from "../hush/index.js";
import type { Machine } from "./machine.js";

const names: ReadonlySet<string> = new Set(
  `
  abootimg acpi adc adtimg aes armffa askenv avb axi base bcb bdinfo bind binop blkcache blkmap bloblist
  bmp boot bootcount bootd bootdev bootefi bootelf bootflow booti bootm bootmenu bootmeth bootp
  bootstage bootstd bootvx bootz btrsubvol button cat cbfsinfo cbfsinit cbfsload cbfsls cedit
  chpart cli clk cls cmp config coninfo conitrace cp cpu cramfsload cramfsls crc32 cyclic date dcache
  demo dfu dhcp dhcp6 dm dns echo editenv eeprom efi eficonfig efidebug env erase eraseenv
  erofsload erofsls event exit ext2load ext2ls ext4load ext4ls ext4size ext4write extension false
  fastboot fatinfo fatload fatls fatmkdir fatrm fatsize fatwrite fdt flinfo font fpga fsinfo
  fsload fsls fstype fsuuid fuse gettime go gpio gpt grepenv guid gzwrite hash hdmidet help history host ide i2c
  i3c icache iminfo imls imxtract ini interrupts iotrace irqinfo itest kaslrseed led license
  linklocal ln load loadb loadm loads loadx loady log loop loopw ls lsblk lzmadec mbr memsize md md5sum
  mdc mdio meminfo mii misc mkdir mm mmc mmcinfo mtd mtdparts mtest mux mv mw mwc nand nboot net
  nfs nm nvme onenand optee osd panic part pause pcap pci ping ping6 pinmux pmbus pmic poweroff printenv
  protect pstore pvblock pwm pxe qfw random rarpboot read reginfo regulator reiserload reiserls remoteproc rkmtd reset rm
  rng rproc rtc run sata save saveenv saves sb sbi scmi scp03 scsi setcurs setenv setexpr sf
  sha1sum showvar size sleep sm3sum smbios smc sntp sound source spawn spi spl sqfsload sqfsls strings
  sysboot sysreset tcpm temperature terminal test tftpboot tftpput tftpsrv time timer tlv_eeprom
  tpm tpm2 trace true ubi ubifsload ubifsls ubifsmount ubifsumount ufetch ufs ums unbind unlz4
  unzip upl usb usbboot vbe version virtio w1 wait wdt wget wol write xxd zboot zfsload zfsls zip
`
    .trim()
    .split(/\s+/),
);

/** Whether `name` is a command of U-Boot that `board` and its release are not known to lack. */
export function mayHave(board: Board, called: string, release: string): boolean {
  const name = called.split(".")[0] as string;
  if (!names.has(name) || !releaseHas(release, name)) return false;
  return commandState(board, called) !== "disabled";
}

/** Ends the simulation at a form of a command that is not simulated; the status that is left. */
export function unknown(machine: Pick<Machine, "end">, ...words: readonly string[]): number {
  machine.end({ kind: "unknown-command", name: words.join(" ") });
  return 1;
}

/** Ends the simulation at a command whose status something decides that the world does not say. */
export function undecided(
  machine: Pick<Machine, "end">,
  decides: string,
  words: readonly string[],
): number {
  machine.end({ kind: "unknown-command", name: words.join(" "), decides });
  return 1;
}

/** What a command does whose effects are not known. */
export function unknownCommand(machine: Pick<Machine, "end">, name: string): ShellCommand {
  return () => unknown(machine, name);
}
