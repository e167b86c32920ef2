// The files that the flows of these tests take in, made up here: each has the header that the
// compiler looks at and zeros behind it, so that sizes and addresses are the same on every machine.
import {
  type Architecture,
  bytesOf,
  contentOf,
  encodeFdt,
  encodeUImage,
  gzip,
  readItsText,
} from "../../src/image/index.js";
import { pemOf, rsaKey } from "../tools/keys.js";

const MiB = 0x100000;

const packedKernel = packed(kernelImage(0x644d5241));

/** The inputs, by name; none is longer than it has to be. */
export const inputs: ReadonlyMap<string, Uint8Array> = new Map([
  ["Image", kernelImage(0x644d5241)],
  ["Image.gz", packedKernel],
  ["Image-rescue.gz", packedKernel],
  ["Image-riscv", kernelImage(0x05435352)],
  ["Image-riscv.gz", packed(kernelImage(0x05435352))],
  ["zImage", zimage()],
  ["bzImage", withText(MiB, 0x202, "HdrS")],
  ["vendor.uImage", uimage("arm64", 0x4a000000)],
  ["initrd.gz", packed(withText(8 * MiB, 0, "070701"))],
  ["board.dtb", deviceTree("linux,dummy-virt")],
  ["labelled.dtb", compiled('compatible = "linux,dummy-virt"; __symbols__ { spi0 = "/spi"; };')],
  [
    "spi.dtbo",
    compiled('f { __overlay__ { status = "okay"; }; }; __fixups__ { spi0 = "/f:target:0"; };'),
  ],
  ["pi.dtb", deviceTree("raspberrypi,3-model-b", "brcm,bcm2837")],
  ["pi4.dtb", deviceTree("raspberrypi,4-model-b", "brcm,bcm2711")],
  ["bone.dtb", deviceTree("ti,am335x-bone-black", "ti,am33xx")],
  ["starfive.dtb", deviceTree("starfive,visionfive-2-v1.3b", "starfive,jh7110")],
  ["am62x.dtb", deviceTree("ti,am625-sk", "ti,am625")],
  ["mpfs.dtb", deviceTree("microchip,mpfs-icicle-kit", "microchip,mpfs")],
  ["fpga.bit", withText(64 * 1024, 0, "made up")],
  ["dev.pem", new TextEncoder().encode(pemOf(rsaKey(2048).privateKey))],
]);

/** A kernel of 8 MiB for `booti` that takes 12 MiB in memory and may be anywhere. */
function kernelImage(magic: number): Uint8Array {
  const bytes = new Uint8Array(8 * MiB);
  const view = new DataView(bytes.buffer);
  const textOffset = magic === 0x05435352 ? 0x200000n : 0n;
  view.setBigUint64(8, textOffset, true);
  view.setBigUint64(16, BigInt(12 * MiB), true);
  view.setBigUint64(24, 0xan, true);
  view.setUint32(56, magic, true);
  return bytes;
}

/** A 32-bit Arm kernel of 4 MiB for `bootz`. */
function zimage(): Uint8Array {
  const bytes = new Uint8Array(4 * MiB);
  const view = new DataView(bytes.buffer);
  view.setUint32(0x24, 0x016f2818, true);
  view.setUint32(0x2c, bytes.length, true);
  return bytes;
}

/** A kernel that somebody else wrapped. */
function uimage(arch: Architecture, load: number): Uint8Array {
  const { image } = encodeUImage({
    type: "kernel",
    arch,
    load,
    payload: contentOf(kernelImage(0x644d5241)),
  });
  if (!image) throw new Error("the image of the tests is no image");
  return bytesOf(image);
}

/** A device tree with nothing but the root's `compatible` (Devicetree Specification, chapter 5). */
function deviceTree(...compatible: readonly string[]): Uint8Array {
  const value = `${compatible.join("\0")}\0`;
  const padded = Math.ceil(value.length / 4) * 4;
  const structure = 40 + 16;
  const strings = structure + 8 + 12 + padded + 8;
  const bytes = withText(strings + 12, strings, "compatible\0");
  bytes.set(new TextEncoder().encode(value), structure + 20);
  const words: readonly (readonly [offset: number, ...values: number[]])[] = [
    [0, 0xd00dfeed, bytes.length, structure, strings, 40, 17, 16, 0, 11, strings - structure],
    // The root and its one property; behind it the ends of the root and of the tree.
    [structure, 1, 0, 3, value.length, 0],
    [strings - 8, 2, 9],
  ];
  const view = new DataView(bytes.buffer);
  for (const [offset, ...values] of words) {
    for (const [index, each] of values.entries()) view.setUint32(offset + 4 * index, each);
  }
  return bytes;
}

/** A device tree from its source. */
function compiled(source: string): Uint8Array {
  const { tree } = readItsText(`/dts-v1/; / { ${source} };`);
  if (!tree) throw new Error("the tree of the tests is no tree");
  return bytesOf(encodeFdt(tree));
}

function packed(bytes: Uint8Array): Uint8Array {
  return bytesOf(gzip(contentOf(bytes)));
}

function withText(size: number, offset: number, text: string): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(new TextEncoder().encode(text), offset);
  return bytes;
}
