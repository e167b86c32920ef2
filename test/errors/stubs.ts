// Inputs for the checks that look into files: each has just enough of its format to be taken for
// what it is. Formats: src/image/payload.ts names the documents.
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  type Architecture,
  bytesOf,
  type Compression,
  type Content,
  contentOf,
  encodeFdt,
  encodeUImage,
  readItsText,
} from "../../src/image/index.js";
import { pemOf, rsaKey } from "../tools/keys.js";

const MiB = 0x100000;
const text = (words: string) => new TextEncoder().encode(words);

const example = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../examples/zero-client", name));
const image = () => gunzipSync(example("Image.gz"));

/** `size` bytes with `pieces` in them, each at its offset. */
function made(size: number, ...pieces: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const [offset, piece] of pieces) bytes.set(piece, offset);
  return bytes;
}

const zimage = () =>
  made(MiB, [0x24, Uint8Array.of(0x18, 0x28, 0x6f, 0x01)], [0x2e, Uint8Array.of(0x10)]);

/** 64 bits, little endian, for AArch64. */
const vmlinux = () => made(4096, [0, text("\x7fELF\x02\x01\x01")], [18, Uint8Array.of(183)]);

/** A PE program for AArch64 whose header is at 0x40. */
const efi = () =>
  made(4096, [0, text("MZ")], [0x3c, Uint8Array.of(0x40)], [0x40, text("PE\0\0\x64\xaa")]);

function uimage(
  payload: Uint8Array,
  compression: Compression,
  arch: Architecture = "arm64",
  type: "kernel" | "script" = "kernel",
) {
  const { image: packed } = encodeUImage({
    ...{ type, arch, compression, load: 0x200000, entry: 0x200000 },
    payload: contentOf(payload),
  });
  if (!packed) throw new Error("the image of the tests is no image");
  return bytesOf(packed);
}

/** A device tree whose root has only `compatible`; an overlay has one node more, two levels down. */
function tree(compatible: readonly string[], overlay = false): Uint8Array {
  const value = text(`${compatible.join("\0")}\0`);
  const padded = made(Math.ceil(value.length / 4) * 4, [0, value]);
  const names = text("compatible\0");
  const words = (...list: number[]) => {
    const view = new DataView(new ArrayBuffer(list.length * 4));
    for (const [index, word] of list.entries()) view.setUint32(index * 4, word);
    return new Uint8Array(view.buffer);
  };
  const fragment = [words(1), text("fragment@0\0\0"), words(1), text("__overlay__\0"), words(2, 2)];
  const parts = [words(1, 0), words(3, value.length, 0), padded, ...(overlay ? fragment : [])];
  const structure = Buffer.concat([...parts, words(2, 9)]);
  const end = 56 + structure.length;
  const header = words(...[0xd00dfeed, end + names.length, 56, end, 40, 17, 16, 0, names.length]);
  return Buffer.concat([header, words(structure.length), words(0, 0, 0, 0), structure, names]);
}

/** A tree in source text, for dtc. */
function compiled(source: string): Content {
  const { tree } = readItsText(`/dts-v1/; / { ${source} };`);
  if (!tree) throw new Error("the tree of the tests is no tree");
  return encodeFdt(tree);
}

/** With a label, and an overlay that asks for it (dtc's manual, "-@"). */
const labelled = () =>
  compiled(
    `compatible = "raspberrypi,3-model-b", "brcm,bcm2837"; soc { spi { }; };
     __symbols__ { spi0 = "/soc/spi"; };`,
  );
const overlay = () =>
  compiled(
    `compatible = "brcm,bcm2835"; fragment-0 { target = <0xffffffff>; __overlay__ { status = "okay"; }; };
     __fixups__ { spi0 = "/fragment-0:target:0"; };`,
  );

const developmentKey = () => pemOf(rsaKey(2048).privateKey);

const pi4 = ["raspberrypi,4-model-b", "brcm,bcm2711"];

/** Its public half. */
const publicKey = () =>
  String(createPublicKey(developmentKey()).export({ type: "spki", format: "pem" }));

/** By the name a flow gives. */
export const stubs: Readonly<Record<string, () => Content>> = {
  zImage: () => contentOf(zimage()),
  vmlinux: () => contentOf(vmlinux()),
  "vmlinuz.efi": () => contentOf(efi()),
  "garbage.bin": () => contentOf(made(4096, [0, text("no kernel at all")])),
  "linux.uImage": () => contentOf(uimage(example("Image.gz"), "gzip")),
  "arm.uImage": () => contentOf(uimage(image(), "none", "arm")),
  "unlabelled.uImage": () => contentOf(uimage(example("Image.gz"), "none")),
  "elf.uImage": () => contentOf(uimage(vmlinux(), "none")),
  "script.uImage": () => contentOf(uimage(text("dhcp"), "none", "arm64", "script")),
  "cut.uImage": () => contentOf(uimage(example("Image.gz"), "gzip").subarray(0, 200)),
  "Image.xz": () => contentOf(made(4096, [0, Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)])),
  "unpacked.gz": () => contentOf(image()),
  "initrd.gz": () => contentOf(gzipSync(text("070701"))),
  "initrd.lz4": () => contentOf(made(4096, [0, Uint8Array.of(0x04, 0x22, 0x4d, 0x18)])),
  "legacy.lz4": () => contentOf(made(4096, [0, Uint8Array.of(0x02, 0x21, 0x4c, 0x18)])),
  "cut.dtb": () => contentOf(tree(["raspberrypi,3-model-b", "brcm,bcm2837"]).subarray(0, 90)),
  "pi4.dtb": () => contentOf(tree(pi4)),
  "am62x.dtb": () => contentOf(tree(["ti,am625-sk", "ti,am625"])),
  "labelled.dtb": labelled,
  "spi.dtbo": overlay,
  "overlay.dtb": () => contentOf(tree(["brcm,bcm2835"], true)),
  "rootfs.img": () => ({ size: 100 * MiB, read: (_, length) => new Uint8Array(length) }),
  "dev.pem": () => contentOf(text(developmentKey())),
  "dev.crt": () => contentOf(text(publicKey())),
  // In two pieces, so that nobody takes this file for the key.
  "server.key": () => contentOf(text(`-----BEGIN ${"PRIVATE KEY"}-----\nMC4CAQAwBQYDK2Vw\n`)),
};
