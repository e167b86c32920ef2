// Debian's arm64 kernel and what it needs to mount its root over NFS: that kernel has neither
// CONFIG_IP_PNP nor CONFIG_ROOT_NFS, so an initrd does what root=/dev/nfs and ip=dhcp say in
// other kernels.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "../../tools/tools.js";
import { fetchFiles, shell } from "./packages.js";

/** In the order they are loaded. */
const modules = [
  ...["failover", "net_failover", "virtio_mmio", "virtio_net"],
  ...["sunrpc", "grace", "lockd", "netfs", "fscache", "nfs_acl", "nfs", "nfsv3"],
  ...["dns_resolver", "nfsv4"],
];

/** The device tree of a Raspberry Pi 4, as kernels bring it. */
export const piTree = "bcm2711-rpi-4-b.dtb";

export interface Debian {
  /** Holds busybox for arm64, the kernel's modules and `piTree`. */
  readonly directory: string;
  /** The kernel, an arm64 Image with gzip. */
  readonly kernel: string;
}

/** Debian's current kernel, or nothing where packages cannot be had. */
export function fetchDebian(): Debian | undefined {
  const about = run("apt-cache", ["depends", "linux-image-arm64:arm64"]).stdout ?? "";
  const image = /Depends: (linux-image-[^\s:]+)/.exec(about)?.[1] ?? "linux-image-arm64";
  const files = ["vmlinuz-*", "bin/busybox", piTree, ...modules.map((name) => `${name}.ko`)];
  const directory = fetchFiles([image, "busybox-static"], files);
  if (!directory) return undefined;
  const kernel = join(directory, "Image.gz");
  if (!existsSync(kernel)) {
    const plain = readdirSync(directory).find((name) => name.startsWith("vmlinuz-"));
    writeFileSync(`${kernel}.new`, gzipSync(readFileSync(join(directory, `${plain}`))));
    renameSync(`${kernel}.new`, kernel);
  }
  return { directory, kernel };
}

/** Writes the initrd that mounts the root named on the kernel command line to `file`. */
export function writeInitrd(debian: Debian, file: string): void {
  const tree = mkdtempSync(join(tmpdir(), "ubootc-initrd-"));
  try {
    for (const name of ["bin", "dev", "proc", "sys", "root", "modules"]) {
      mkdirSync(join(tree, name));
    }
    cpSync(join(debian.directory, "busybox"), join(tree, "bin/busybox"));
    for (const name of modules) {
      cpSync(join(debian.directory, `${name}.ko`), join(tree, "modules", `${name}.ko`));
    }
    writeProgram(join(tree, "init"), initrdInit);
    writeProgram(join(tree, "lease"), leaseScript);
    shell(`find . | cpio --quiet -o -H newc -R 0:0 | gzip -1 > '${file}'`, tree);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** Makes `directory` a root whose init says `hello from CLIENT's root` and leaves /proof there. */
export function writeRoot(debian: Debian, directory: string): void {
  for (const name of ["bin", "sbin"]) mkdirSync(join(directory, name));
  cpSync(join(debian.directory, "busybox"), join(directory, "bin/busybox"));
  writeProgram(join(directory, "sbin/init"), rootInit);
}

/** Writes a script that can be run. */
export function writeProgram(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

const initrdInit = `#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
exec </dev/console >/dev/console 2>&1
fail() { echo "initrd: no $1"; poweroff -f; }

for name in ${modules.join(" ")}; do
  insmod /modules/$name.ko || fail $name
done
for word in $(cat /proc/cmdline); do
  case $word in
    ip=dhcp) dhcp=yes ;;
    nfsroot=*) nfsroot=\${word#nfsroot=} ;;
  esac
done

# nfsroot=SERVER:PATH[,OPTIONS]
options=\${nfsroot#*,}
[ "$options" = "$nfsroot" ] && options=vers=3
where=\${nfsroot%%,*}
ip link set eth0 up
[ "$dhcp" ] && udhcpc -q -n -t 10 -T 1 -i eth0 -s /lease || fail lease
mount -t nfs -o nolock,addr=\${where%%:*},$options $where /root || fail root
exec switch_root /root /sbin/init
`;

const leaseScript = `#!/bin/busybox sh
[ "$1" = bound ] || exit 0
ip address add $ip/$mask dev $interface
`;

/** The kernel hands words it does not know, such as client=…, to init's environment. */
const rootInit = `#!/bin/busybox sh
echo "hello from the root of $client"
echo "written by $client" > /proof
exec /bin/busybox poweroff -f
`;
