// A world in which a board finds every file that it asks for, by what its name says it is, but for those
// that are said to be missing. For running a script and what it was imported to in the same one.
import type { Board } from "../../src/boards/index.js";
import {
  autoFit,
  bytesOf,
  type Content,
  contentOf,
  encodeFdt,
  encodeFit,
  encodeUImage,
  gzip,
  readItsText,
} from "../../src/image/index.js";
import type { Partition, World } from "../../src/simulator/index.js";
import { boardTree, foundOn, servingLan, treeVariables } from "../../src/trial/desk.js";

/** What is different from a world with everything in it. */
export interface Lack {
  /** Files that are not there; `true`: none is. */
  readonly missing?: ReadonlySet<string> | true;
  /** Files a byte of which is wrong. */
  readonly damaged?: ReadonlySet<string>;
  /** The cable is out. */
  readonly unplugged?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Variables that texts for `env import` set. */
  readonly imported?: Readonly<Record<string, string>>;
  /** What the partitions are; default: ext4. */
  readonly fileSystem?: "fat" | "ext4";
  /** Commands that are not simulated, and how they end. */
  readonly assumed?: ReadonlyMap<string, number>;
}

const text = (written: string) => contentOf(new TextEncoder().encode(written));

/** Of the boards' instruction sets, what a kernel for `booti` and `bootz` begins with. */
const KERNEL = 0x20000;

function kernelFor({ arch }: Board, zImage: boolean): Content {
  const bytes = new Uint8Array(KERNEL);
  const view = new DataView(bytes.buffer);
  if (arch.startsWith("x86")) {
    view.setUint8(0x1f1, 4);
    view.setUint16(0x206, 0x20c, true);
    bytes.set(new TextEncoder().encode("HdrS"), 0x202);
  } else if (zImage || arch === "arm") {
    view.setUint32(0x24, 0x016f2818, true);
    view.setUint32(0x2c, KERNEL, true);
  } else {
    view.setBigUint64(8, arch === "riscv" ? 0x200000n : 0n, true);
    view.setBigUint64(16, BigInt(2 * KERNEL), true);
    view.setBigUint64(24, 0xan, true);
    view.setUint32(56, arch === "riscv" ? 0x05435352 : 0x644d5241, true);
  }
  return contentOf(bytes);
}

function wrapped(board: Board, type: "kernel" | "ramdisk" | "script", payload: Content): Content {
  const { arch, memory } = board;
  const load = type === "kernel" ? memory.base + 0x1000000 : 0;
  const { image } = encodeUImage({ type, arch, load, entry: load, payload });
  return image ?? payload;
}

function tree(source: string): Content {
  const read = readItsText(`/dts-v1/; / { ${source} };`);
  return read.tree ? encodeFdt(read.tree) : text(source);
}

/** What a file called `name` has in it. */
export function contentFor(
  name: string,
  board: Board,
  imported: Readonly<Record<string, string>> = {},
): Content {
  const base = name.split("/").at(-1) ?? name;
  if (/\.dtbo$/i.test(base)) {
    return tree('f { target-path = "/"; __overlay__ { o = "1"; }; };');
  }
  if (/\.dtb$|fdt|^dtb/i.test(base)) {
    const compatible = board.compatible.map((each) => `"${each}"`).join(", ");
    return tree(`compatible = ${compatible || '"made,up"'}; chosen { }; __symbols__ { };`);
  }
  if (/\.(?:scr|ush|uimg|cmd)$/i.test(base))
    return wrapped(board, "script", text(`echo ${base} runs\n`));
  if (/\.(?:txt|env)$|env$/i.test(base)) {
    return text(
      Object.entries(imported)
        .map(([key, value]) => `${key}=${value}\n`)
        .join("") || "made=up\n",
    );
  }
  if (/^u-?(?:initr|ramdisk)|initr.*\.u(?:boot|img)$/i.test(base)) {
    return wrapped(board, "ramdisk", gzip(text(name)));
  }
  if (/initr|ramdisk|rootfs|cpio/i.test(base)) return gzip(text(name));
  if (/\.(?:itb|fit|fit\.img)$|fitImage/i.test(base)) return fitFor(board);
  if (/uImage/.test(base)) return wrapped(board, "kernel", kernelFor(board, false));
  if (/\.gz$/.test(base)) return gzip(kernelFor(board, false));
  if (/zImage|vmlinuz/i.test(base)) return kernelFor(board, true);
  if (/image|kernel|linux/i.test(base)) return kernelFor(board, false);
  return text(`made up for ${base}\n`);
}

function fitFor(board: Board): Content {
  const load = board.memory.base + 0x1000000;
  const { arch } = board;
  const made = autoFit({
    ...{ type: "kernel", arch, os: "linux", compression: "none", load, entry: load },
    ...{ description: "made up", data: kernelFor(board, false) },
    trees: [{ description: "board", data: contentFor("board.dtb", board) }],
  });
  return encodeFit(made, { time: 0 }).image ?? text("no FIT");
}

/** Devices by interface, as many as scripts count, each with a few partitions. */
const devices = [
  "mmc 0",
  "mmc 1",
  "mmc 2",
  "usb 0",
  "usb 1",
  "nvme 0",
  "virtio 0",
  "sata 0",
  "scsi 0",
];
const PARTITIONS = 12;

/** The world, and the names of the files it was asked for, without those it does not have. */
export function generous(board: Board, lack: Lack = {}): { world: World; asked: Set<string> } {
  const asked = new Set<string>();
  const { missing = new Set(), damaged, imported, environment } = lack;
  const find = (name: string): Content | undefined => {
    const plain = name.replace(/^\/+/, "");
    if (plain === "" || missing === true || missing.has(plain)) return undefined;
    asked.add(plain);
    const content = contentFor(plain, board, imported);
    return damaged?.has(plain) ? spoilt(content) : content;
  };
  const partition = (number: number): Partition => ({
    type: lack.fileSystem ?? "ext4",
    bootable: number === 1,
    uuid: `0000000${number.toString(16)}-aaaa-bbbb-cccc-dddddddddddd`,
    start: 2048 * number,
    blocks: 2048,
    read: (name) => find(name),
    list: () => [],
  });
  const partitions = new Map(
    Array.from({ length: PARTITIONS }, (_, index) => [index + 1, partition(index + 1)] as const),
  );
  const lease = {
    ...{ address: "192.168.0.50", netmask: "255.255.255.0", nextServer: "192.168.0.250" },
    serverIdentifier: "192.168.0.250",
  };
  const world: World = {
    ...(!lack.unplugged && {
      lan: servingLan(
        lease,
        () => true,
        (_, name) => find(name),
      ),
    }),
    devices: new Map(devices.map((device) => [device, { partitions }])),
    environment: {
      ...foundOn("mmc 0"),
      ...treeVariables(board),
      ...environment,
    },
    given: boardTree(board),
    ...(lack.assumed && { assumed: lack.assumed }),
  };
  return { world, asked };
}

function spoilt(content: Content): Content {
  const bytes = bytesOf(content).slice();
  const at = Math.floor(bytes.length / 2);
  bytes[at] = ~(bytes[at] ?? 0);
  return contentOf(bytes);
}
