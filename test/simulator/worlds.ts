// Worlds and boards for the tests of the simulator: a network whose servers have the files they are
// given, and the virtual board as Debian builds it.
import { type Board, findBoard } from "../../src/boards/index.js";
import {
  type Content,
  concatenate,
  contentOf,
  describeFit,
  encodeFdt,
  encodeFit,
  encodeUImage,
  gzip,
  property,
  storeTree,
  texts,
  type UImageOptions,
  zeros,
} from "../../src/image/index.js";
import {
  entriesIn,
  type Lease,
  refusals,
  type SimulateOptions,
  type Simulation,
  type Start,
  simulate,
  type World,
} from "../../src/simulator/index.js";

export const content = (text: string): Content => contentOf(new TextEncoder().encode(text));

/** A board of the catalogue. */
export function board(id: string): Board {
  const found = findBoard(id);
  if (!found) throw new Error(`no board ${id}`);
  return found;
}

const catalogued = board("qemu_arm64");
const { preboot: _, ...boot } = catalogued.boot;

/** The virtual board with U-Boot 2023.01, as the package u-boot-qemu has it. */
export const debian: Pick<SimulateOptions, "board" | "release" | "dialect"> = {
  board: {
    ...catalogued,
    memory: { ...catalogued.memory, size: 1 << 30 },
    commands: new Set([...catalogued.commands, "nfs", "sysboot"].filter((name) => name !== "wget")),
    boot,
  },
  release: "2023.01",
  dialect: "old",
};

export const lease: Lease = {
  address: "192.168.0.100",
  netmask: "255.255.255.0",
  nextServer: "192.168.0.250",
  serverIdentifier: "192.168.0.250",
  router: "192.168.0.250",
};

export interface Given {
  /** What the TFTP server at 192.168.0.250 has. */
  readonly tftp?: Readonly<Record<string, Content | string>>;
  /** What is on `virtio 0:1`, a FAT file system. */
  readonly card?: Readonly<Record<string, Content | string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly lease?: Lease | undefined;
}

const asContent = (file: Content | string) => (typeof file === "string" ? content(file) : file);

/** The blocks of the card, of which only the end of the first is the same everywhere. */
const blocks = concatenate([
  zeros(510),
  contentOf(Uint8Array.of(0x55, 0xaa)),
  zeros((64 << 20) - 512),
]);

/** A world with these files. */
export function world({ tftp = {}, card = {}, environment = {}, ...given }: Given = {}): World {
  const has = (files: typeof tftp, name: string) => {
    const found = files[name.replace(/^\//, "")];
    return found === undefined ? undefined : asContent(found);
  };
  const partition = {
    ...{ type: "fat", bootable: true, start: 0x800, blocks: 0x1f800, uuid: "f46c6a0a-01" },
    read: (name: string) => has(card, name),
    list: (folder: string) =>
      entriesIn(folder, Object.keys(card), (name) => asContent(card[name] ?? "").size),
  };
  return {
    lan: {
      lease: () => ("lease" in given ? given.lease : lease),
      reaches: (address) => address === "192.168.0.250",
      fetch: (protocol, _server, name) => {
        const file = protocol === "tftp" ? has(tftp, name) : undefined;
        if (file) return { kind: "file", content: file };
        return refusals[protocol];
      },
    },
    devices: new Map([["virtio 0", { partitions: new Map([[1, partition]]), bytes: blocks }]]),
    environment,
  };
}

/** `text` as a legacy script image. */
export function scriptImage(text: string): Content {
  const { image } = encodeUImage({ type: "script", arch: "arm64", payload: [content(text)] });
  if (!image) throw new Error("no script image");
  return image;
}

/** Runs `start` on Debian's board. */
export function run(
  start: Start,
  given: Given = {},
  more: Partial<SimulateOptions> = {},
): Simulation {
  return simulate(start, { ...debian, world: world(given), ...more });
}

/** Bytes without a pattern, the same each time. */
function noise(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0, state = 1; at < size; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** `content` with one bit turned. */
function spoilt(whole: Content, at: number): Content {
  const bytes = whole.read(0, whole.size).slice();
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return contentOf(bytes);
}

const one = scriptImage("echo one $0 $?\ntrue");
const multi = image({
  type: "script",
  arch: "arm64",
  name: "several",
  payload: [content("echo first"), content("second file")],
});
const fit = (() => {
  const made = describeFit({
    description: "scripts",
    images: ["one", "two"].map((name) => ({
      name,
      type: "script" as const,
      compression: "none" as const,
      arch: "arm64" as const,
      data: content(`echo ${name} of a FIT\n`),
    })),
  });
  if (!made.tree) throw new Error("no FIT");
  const { image } = encodeFit(storeTree(made.tree), { time: 0 });
  if (!image) throw new Error("no FIT");
  return image;
})();

/** What servers and cards have in the tests. */
export const files: Readonly<Record<string, Content | string>> = {
  small: "hello",
  empty: "",
  "sub/other": "another file",
  big: contentOf(noise(400_000)),
  "big.gz": gzip(contentOf(noise(100_000))),
  "one.scr": one,
  "fails.scr": scriptImage("echo fails\nfalse"),
  "newline.scr": scriptImage("echo newline\nfalse\n"),
  "multi.scr": multi,
  "board.dtb": encodeFdt({
    reservations: [],
    bootCpu: 0,
    root: { name: "", properties: [property("model", texts("a board"))], children: [] },
  }),
  "damaged.scr": spoilt(one, 80),
  "header.scr": spoilt(one, 20),
  "kernel.img": image({
    type: "kernel",
    arch: "arm64",
    load: 0x40800000,
    name: "a kernel",
    payload: content("no code"),
  }),
  "script.itb": fit,
  "damaged.itb": spoilt(fit, offsetOf(fit, "of a FIT")),
  "syslinux/many.conf": `# all of it
DEFAULT two
TIMEOUT 10
PROMPT 0
nonsense word
LABEL one
  MENU LABEL the first
  KERNEL /small # no comment
  KERNEL /small
  APPEND root=\${ipaddr}:$(nosuch) 'a "b $x' \\$x $y
label two
  linux /small
  devicetree /board.dtb
  initrd sub/none
label none

label four
\tinitrd /sub/other
  initrd /second
label five
  kernel /missing
label six
  kernel /small
  fdt missing
label seven
  menu default
  menu nothing  here
  kernel /small#conf
  fdtdir /
  ipappend 3
label eight
  localboot 1
  append from here
label nine
  localboot -1
include more.conf
`,
  "syslinux/more.conf": "label more\n  kernel /script.itb#none\n  append initrd=/small quiet",
  "syslinux/menu.conf":
    "menu title A menu\ntimeout 5\nlabel a\n  menu label The first\n  kernel /small\nlabel b\n  menu default\n  localboot 0\n",
  "syslinux/again.conf": "include again.conf\n",
  "syslinux/broken.conf": "label a\n  kernel\n",
  "syslinux/dos.conf": "label a\r\n  kernel /small\r\n",
};

/** What servers have besides. */
export const served: Readonly<Record<string, string>> = {
  "pxelinux.cfg/default":
    "default b\nlabel a\n  kernel missing\nlabel b\n  kernel small\n  append b\n",
};

function image(options: UImageOptions): Content {
  const { image } = encodeUImage(options);
  if (!image) throw new Error("no image");
  return image;
}

/** Where `text` is in `whole`. */
function offsetOf(whole: Content, text: string): number {
  return Buffer.from(whole.read(0, whole.size)).indexOf(text);
}
