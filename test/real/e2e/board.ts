// A board: QEMU's virt machine with Debian's qemu_arm64 U-Boot in its first flash, the board's own
// environment in its second, and a disk with the files of its SD card. Software emulation, no KVM.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Program } from "../../tools/program.js";
import { find, run } from "../../tools/tools.js";
import type { Network } from "./network.js";

/** Debian's U-Boot for the virt machine, from the package u-boot-qemu. */
export const uboot = "/usr/lib/u-boot/qemu_arm64/u-boot.bin";

/** What a laboratory with boards needs to be installed. */
export const boardTools = [
  uboot,
  ...["qemu-system-aarch64", "mkenvimage", "mkimage", "sfdisk", "mkfs.fat", "mcopy", "dtc"],
  ...["unshare", "nsenter", "ip", "dnsmasq", "in.tftpd"],
];

/** Kept between runs, outside git. */
export const cache = join(import.meta.dirname, "../../../node_modules/.cache/ubootc-e2e");

const flashSize = 64 << 20;
const environmentSize = 0x40000;
/** Where the disk's one partition begins, in sectors of 512 bytes. */
const partitionStart = 2048;
const diskSize = 64 << 20;
const memory = "1024";

export interface BoardOptions {
  /** A directory whose files are on the board's SD card. */
  readonly sdcard: string;
  /** Added to U-Boot's default environment, or instead of its values: serial#, ethaddr, … */
  readonly environment: Readonly<Record<string, string>>;
  /** A file with the device tree the board has instead of QEMU's: U-Boot's control tree. */
  readonly deviceTree?: string;
}

/** Switches a board on; `state` is a directory of its own. Its console is what the program prints. */
export async function startBoard(
  network: Network,
  state: string,
  { sdcard, environment, deviceTree }: BoardOptions,
): Promise<Program> {
  const address = environment.ethaddr ? `,mac=${environment.ethaddr}` : "";
  return network.start("qemu-system-aarch64", [
    ...(await makeBoard(state, { sdcard, environment })),
    ...(deviceTree === undefined ? [] : ["-dtb", deviceTree]),
    ...["-netdev", `tap,id=lan,ifname=${network.addTap()},script=no,downscript=no`],
    ...["-device", `virtio-net-device,netdev=lan${address}`],
  ]);
}

/** Switches a board on that has no network. */
export async function startOffline(state: string, options: BoardOptions): Promise<Program> {
  const command = find("qemu-system-aarch64") ?? "qemu-system-aarch64";
  return new Program(command, [...(await makeBoard(state, options)), "-net", "none"]);
}

/** What a board boots that needs no U-Boot: QEMU puts it into memory, as a Pi's firmware does. */
export interface Kernel {
  /** Files. */
  readonly kernel: string;
  readonly initrd: string;
  readonly cmdline: string;
  /** Its Ethernet address. */
  readonly mac: string;
}

/** Switches a board on that starts with a kernel. */
export function startKernel(network: Network, { kernel, initrd, cmdline, mac }: Kernel): Program {
  return network.start("qemu-system-aarch64", [
    ...machine,
    ...["-kernel", kernel, "-initrd", initrd, "-append", cmdline],
    ...["-netdev", `tap,id=lan,ifname=${network.addTap()},script=no,downscript=no`],
    ...["-device", `virtio-net-device,netdev=lan,mac=${mac}`],
  ]);
}

/** QEMU's arguments for the machine with its flashes and its disk, all made in `state`. */
async function makeBoard(state: string, options: BoardOptions): Promise<readonly string[]> {
  mkdirSync(state, { recursive: true });
  const disk = join(state, "disk.img");
  makeDisk(disk, options.sdcard);
  return [
    ...machine,
    ...(await makeFlash(state, options.environment)),
    ...["-drive", `if=none,file=${disk},format=raw,id=sdcard`],
    ...["-device", "virtio-blk-device,drive=sdcard"],
  ];
}

/** The device tree QEMU gives that machine, written to `file` as a kernel's would be: packed. */
export function dumpDeviceTree(file: string): void {
  must("qemu-system-aarch64", ...machine, "-net", "none", "-machine", `dumpdtb=${file}`);
  must("dtc", "-q", "-I", "dtb", "-O", "dtb", "-o", file, file);
}

const machine = [
  ...["-machine", "virt", "-cpu", "cortex-a57", "-m", memory, "-no-reboot"],
  ...["-display", "none", "-serial", "stdio", "-monitor", "none"],
];

/** Writes a disk to `file`: one FAT partition with the files of `directory`, as SD cards come. */
export function makeDisk(file: string, directory: string): void {
  writeFileSync(file, "");
  truncateSync(file, diskSize);
  const table = `${file}.table`;
  writeFileSync(table, `${partitionStart},,0x0c,*\n`);
  must("sh", "-c", `${find("sfdisk")} --quiet ${file} < ${table}`);
  must("mkfs.fat", "--offset", String(partitionStart), file);
  const files = readdirSync(directory).map((name) => join(directory, name));
  if (files.length > 0)
    must("mcopy", "-s", "-i", `${file}@@${partitionStart * 512}`, ...files, "::");
}

/** QEMU's arguments for both flashes: the program, and the environment with `changes`. */
async function makeFlash(state: string, changes: BoardOptions["environment"]): Promise<string[]> {
  const environment = { ...(await defaultEnvironment()), ...changes };
  const text = join(state, "environment.txt");
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(text, lines.join(""));
  const [program, variables] = [join(state, "flash0.img"), join(state, "flash1.img")];
  copyFileSync(uboot, program);
  must("mkenvimage", "-s", String(environmentSize), "-o", variables, text);
  for (const file of [program, variables]) truncateSync(file, flashSize);
  return [
    ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${program}`],
    ...["-drive", `if=pflash,unit=1,format=raw,file=${variables}`],
  ];
}

/** Variables U-Boot sets anew at each start, which an environment in flash does not hold. */
const volatile = /^(fdtcontroladdr|stdin|stdout|stderr)$/;

/** The environment this U-Boot has without a flash, asked from itself once and then kept. */
async function defaultEnvironment(): Promise<Record<string, string>> {
  const digest = createHash("sha256").update(readFileSync(uboot)).digest("hex").slice(0, 16);
  const file = join(cache, `${digest}.env`);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, await askForEnvironment());
    renameSync(`${file}.${process.pid}`, file);
  }
  const entries = readFileSync(file, "utf8").matchAll(/^([^=\s]+)=(.*)$/gm);
  return Object.fromEntries(
    [...entries].flatMap(([, name, value]) =>
      name === undefined || volatile.test(name) ? [] : [[name, value ?? ""]],
    ),
  );
}

async function askForEnvironment(): Promise<string> {
  const command = find("qemu-system-aarch64") ?? "qemu-system-aarch64";
  const board = new Program(command, [...machine, "-net", "none", "-bios", uboot]);
  try {
    await board.waitFor("stop autoboot", 20_000);
    board.type(" ");
    await board.waitFor("=> ", 5000);
    board.type("printenv\r");
    return await board.waitFor(/[\s\S]*(?=\nEnvironment size)/, 5000);
  } finally {
    await board.stop();
  }
}

/** Runs a tool that cannot fail for a good reason. */
function must(tool: string, ...args: string[]): void {
  const { status, stdout, stderr } = run(tool, args);
  if (status !== 0) throw new Error(`${tool} ${args.join(" ")}: ${stdout}${stderr}`);
}
