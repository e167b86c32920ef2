// An image of a distribution for the Raspberry Pi, laid out as those of Raspberry Pi OS: a FAT
// partition with the firmware, and a root on ext4 whose table of file systems names the card. What is
// in it is Debian's: the Pi's firmware, kernel and device tree for arm64, BusyBox, base-files.
import { cpSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Debian, fetchDebian, piTree, writeInitrd, writeProgram } from "./debian.js";
import { fetchTree, fetchTreeFrom, shell } from "./packages.js";

/** The programs it takes to make one, and to get a root out of it again. */
export const imageTools = [
  ...["sfdisk", "mkfs.fat", "mcopy", "mke2fs", "debugfs", "xz", "cpio", "apt-get", "dpkg-deb"],
];

const MIB = 1 << 20;
/** In bytes: where the partitions begin, and how long they are. */
const boot = { start: 8 * MIB, size: 128 * MIB };
const root = { start: boot.start + boot.size, size: 64 * MIB };

/** What the image is made of. */
export interface Distribution {
  readonly debian: Debian;
  /** Trees of the packages. */
  readonly firmware: string;
  readonly base: string;
}

/** What it is made of, or nothing where packages cannot be had. */
export function fetchDistribution(): Distribution | undefined {
  const debian = fetchDebian();
  const firmware = fetchTreeFrom("non-free-firmware", ["raspi-firmware"]);
  const base = fetchTree(["base-files"]);
  return debian && firmware && base ? { debian, firmware, base } : undefined;
}

/** Writes `distribution.img.xz` into `directory` and returns its path. */
export function writeImage(parts: Distribution, directory: string): string {
  const image = join(directory, "distribution.img");
  writeFileSync(image, "");
  truncateSync(image, root.start + root.size);
  const line = ({ start, size }: typeof boot, type: string) =>
    `start=${start / 512}, size=${size / 512}, type=${type}\n`;
  const table = `label: dos\nlabel-id: 0x4e639091\n${line(boot, "c")}${line(root, "83")}`;
  shell(`sfdisk --quiet ${image} <<'END'\n${table}END`);

  const [bootTree, rootTree] = [join(directory, "boot"), join(directory, "root")];
  writeBootTree(parts, bootTree);
  writeRootTree(parts, rootTree);
  const fat = `-F 32 -n bootfs --offset ${boot.start / 512} ${image} ${boot.size / 1024}`;
  shell(`mkfs.fat ${fat} && mcopy -s -i ${image}@@${boot.start} ${bootTree}/* ::`);
  const ext4 = `-t ext4 -L rootfs -d ${rootTree} -E offset=${root.start} ${image}`;
  shell(`mke2fs -q ${ext4} ${root.size / 1024}k`);
  shell(`xz -0 --threads=0 ${image}`);
  return `${image}.xz`;
}

/**
 * Takes the root out of an image, as INSTALL.md does it with `mount`: here it is to need no device.
 * The image is unpacked on the way.
 */
export function takeRoot(image: string, target: string): void {
  shell(`xz -dk ${image}`);
  const plain = image.replace(/\.xz$/, "");
  shell(`debugfs -R 'rdump / ${target}' '${plain}?offset=${root.start}'`);
  shell(`rm ${plain}`);
}

/** The firmware's own files, and those that Pi OS puts beside them. */
function writeBootTree({ debian, firmware }: Distribution, tree: string): void {
  mkdirSync(join(tree, "overlays"), { recursive: true });
  for (const name of ["bootcode.bin", "start.elf", "fixup.dat", "start4.elf", "fixup4.dat"]) {
    cpSync(join(firmware, "usr/lib/raspi-firmware", name), join(tree, name));
  }
  cpSync(join(debian.directory, piTree), join(tree, piTree));
  // The firmware unpacks a kernel; Pi OS has its packed as well.
  cpSync(debian.kernel, join(tree, "kernel8.img"));
  writeInitrd(debian, join(tree, "initramfs8"));
  writeFileSync(join(tree, "overlays/README"), "Overlays: none here.\n");
  writeFileSync(join(tree, "config.txt"), "dtparam=audio=on\nauto_initramfs=1\narm_64bit=1\n");
  const card = "root=PARTUUID=4e639091-02 rootfstype=ext4 fsck.repair=yes rootwait";
  writeFileSync(join(tree, "cmdline.txt"), `console=serial0,115200 console=tty1 ${card}\n`);
}

function writeRootTree({ debian, base }: Distribution, tree: string): void {
  cpSync(base, tree, { recursive: true, verbatimSymlinks: true });
  for (const name of ["boot/firmware", "proc", "sbin"]) {
    mkdirSync(join(tree, name), { recursive: true });
  }
  cpSync(join(debian.directory, "busybox"), join(tree, "bin/busybox"));
  writeFileSync(
    join(tree, "etc/fstab"),
    `proc  /proc  proc  defaults  0  0
PARTUUID=4e639091-01  /boot/firmware  vfat  defaults  0  2
PARTUUID=4e639091-02  /  ext4  defaults,noatime  0  1
`,
  );
  writeProgram(join(tree, "sbin/init"), init);
}

/** Mounts what the table says, and has something to write in the root and in the boot folder. */
const init = `#!/bin/busybox sh
export PATH=/bin
busybox mount -a || echo "init: mount failed"
. /etc/os-release
echo "hello from $PRETTY_NAME on $client"
echo "written by $client" > /proof
busybox cp /boot/firmware/config.txt /seen.txt
echo "newer" > /boot/firmware/kernel-update
busybox umount /boot/firmware
exec busybox poweroff -f
`;
