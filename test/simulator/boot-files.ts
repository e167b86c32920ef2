// The files that the scripts of boot-table.txt load: kernels that are a header and a greeting,
// wrapped in every way, and a device tree that is small but whole.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  bytesOf,
  type Content,
  contentOf,
  encodeFdt,
  encodeFit,
  encodeUImage,
  readItsText,
  slice,
  storeTree,
  type UImageOptions,
} from "../../src/image/index.js";

const example = join(import.meta.dirname, "../../examples/zero-client-qemu/Image.gz");
const image = gunzipSync(readFileSync(example));
const packed = gzipSync(Buffer.concat([image, Buffer.alloc(200_000, 7)]));
/** The Image and 2000 bytes of 7, by `lz4 -9 --content-size`, `xz --format=lzma` and `zstd`. */
const otherwise = {
  lz4:
    "BCJNGGxAMAkAAAAAAADITAEAAFcQAAAUAAEAImABCAAvCgABAAtAQVJNZAgA8JXzAwCqgAcAEAoAAJQYAACUCAAA" +
    "lCAIAHAGAACUAAGAUgCAsHICAADUfyAD1f///xfpAx6qARRAOKEAADQCAIDSAiCh8gMAAJT7//8XIAFf1iMAoFJE" +
    "GEC5YwQAcWAAAFSk/y83QQAAucADX9ZhCkEpIQjAWkIIwFphAgGLYgICiyNEQLhjCMBafwQAceAAAFR/DABxAAEA" +
    "VH8kAHEh//9U4AMAMDwA8AEjFEA44///NQ4AABQjEMEoNADwGYQIwFrgAwGqIQADi0QABIslAgBQhhRAOKcUQDjf" +
    "AAdrYQAAVIb//zVAAPAlIQwAkSH0fpLk//8XaGVsbG8gZnJvbSB6ZXJvLWNsaWVudC1xZW11OiAAYm9vdGFyZ3MA" +
    "DUQBHwcBAP////////++UAcHBwcHAAAAANQ6O70=",
  lzma:
    "XQAAgAD//////////wAIAC8pihEiKM94Y7v+Nnf+DdPQ2EGRKJ8de0wF2KRvcnV3AT5vu0W5zeuGnRqUvwxumaYC" +
    "9FBT4gucM7XWnive8pqCsL9jFj6H5HUFGyvEvPxyzXi+Hc/exLIxbrxg6zHjERV25m+xjuBuI4La2FWHXcbgahsS" +
    "omHo3Kb2E/7x3Ak13fQVquTIPTAUgrPK9jtmhHNS7YA19ETj+10HQxSv3Llkna9usDxI5KMecVcXK7KxUMFnUNMg" +
    "W2E9F1rH8bm3I6136JujIfagTiEye3d4dqhxCOZST2iWq/NBuGZVPximIBtJwMHi9m4E33E80DkQDOMAHu7V/IGE" +
    "OLEjD+0OI06J6ZB2AJ61YBlUN2HBQJQRZdKfUHRt4hL+jwL4YLDomwHs/L/V4A==",
  zstd:
    "KLUv/WQwCP0IAJKPOi1AWQeWCq5bf5THAwDq5jObnab34b99t0DabfxIxba9wm7sGfcpuYBbH0FLKVOC/08L/zrB" +
    "LMx1R88vMVb7QmCtNrUiQVy4lXGWC5u4u1q1qETvzNwMquKeoNo+/6xK8EmfrfO6cQP85rZf/eWtrDmIhxXxb6D0" +
    "vlwlv5Wf3tX3GfnfJ9CUNFIQs1lvWo9uWbMa0HCgPjIpiwztofA/U4n03udf9D6AJMQoNp7dr8hQ5lHd/3byuC7G" +
    "ryf/PAsGkX+L3Uz03o+b04z/GgbG74nzB1w/4AOF7j89vCD+/X5+iePJfJpFj/g/BBYocNYM3QFQKyyz/nf978k8" +
    "DwwKnb4X3s+9kXe43/h5dTOw008s/XV4hfmD1uI/tlcLb9Xoag==",
};
const initrd = contentOf(Buffer.alloc(100_000, "A"));
const treeSource = `/dts-v1/;
/ { compatible = "linux,dummy-virt"; #address-cells = <2>; #size-cells = <2>;
  psci { compatible = "arm,psci-1.0", "arm,psci"; method = "hvc"; };
  memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
  chosen { stdout-path = "/pl011@9000000"; };
};`;

/** A tree with little in it: no more than U-Boot wants to see. */
function smallTree(): Content {
  const { tree } = readItsText(treeSource);
  if (!tree) throw new Error("no tree");
  return encodeFdt(tree);
}

function uimage(options: Partial<UImageOptions> & Pick<UImageOptions, "payload">): Content {
  const whole = { type: "kernel", arch: "arm64", time: 0, load: 0x40400000, ...options } as const;
  const { image } = encodeUImage({ compression: "none", ...whole });
  if (!image) throw new Error("no image");
  return image;
}

function spoiled(content: Content, at: number): Content {
  const bytes = Uint8Array.from(bytesOf(content));
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return contentOf(bytes);
}

/** An lz4 frame that says that its blocks refer to each other. */
function linked(frame: Content): Content {
  const bytes = Uint8Array.from(bytesOf(frame));
  bytes[4] = (bytes[4] ?? 0) & ~0x20;
  return contentOf(bytes);
}

const source = `/dts-v1/;
/ { description = "os"; timestamp = <0>;
  images {
    kernel-1 { description = "linux"; data = /incbin/("Image.gz"); type = "kernel"; arch = "arm64";
      os = "linux"; compression = "gzip"; load = <0x40400000>; entry = <0x40400000>;
      hash-1 { algo = "sha256"; }; };
    kernel-2 { data = /incbin/("Image"); type = "kernel_noload"; arch = "arm64"; os = "linux";
      compression = "none"; load = <0>; entry = <0>; };
    fdt-1 { description = "tree"; data = /incbin/("virt.dtb"); type = "flat_dt"; arch = "arm64";
      compression = "none"; load = <0x4e000000>; hash-1 { algo = "crc32"; }; };
    ramdisk-1 { data = /incbin/("initrd"); type = "ramdisk"; arch = "arm64"; os = "linux";
      compression = "none"; hash-1 { algo = "sha1"; }; };
    script-1 { data = /incbin/("text"); type = "script"; compression = "none";
      hash-1 { algo = "crc32"; }; };
  };
  configurations { default = "conf-1";
    conf-1 { description = "one"; kernel = "kernel-1"; fdt = "fdt-1"; ramdisk = "ramdisk-1"; };
    conf-2 { kernel = "kernel-1"; fdt = "fdt-1"; };
    conf-3 { kernel = "kernel-1"; };
    conf-4 { kernel = "kernel-2"; fdt = "fdt-1"; };
  };
};`;

function fit(files: Readonly<Record<string, Content>>): Content {
  const { tree } = readItsText(source, files);
  const { image } = tree ? encodeFit(storeTree(tree), { time: 0 }) : { image: undefined };
  if (!image) throw new Error("no FIT");
  return image;
}

/** Menus for sysboot. */
const menus = {
  "menu-image": `default b
label a
  kernel /missing
label b
  menu label The second
  linux /Image
  initrd /initrd
  fdt /virt.dtb
  append root=/dev/x \${none}quiet
`,
  "menu-fit": "label fit\n  kernel fit#conf-2\n  append in a FIT\n",
  "menu-uimage": "label bad\n  kernel /Image\n  fdt /text\nlabel uimage\n  kernel /linux\n",
};

/** By name. */
export function bootFiles(): Readonly<Record<string, Content>> {
  const tree = smallTree();
  const plain = contentOf(image);
  const gz = contentOf(packed);
  const text = contentOf(Buffer.from("hello world\n"));
  const linux = uimage({ name: "linux", compression: "gzip", payload: gz });
  const decoded = (text: string) => contentOf(Buffer.from(text, "base64"));
  const lz4 = decoded(otherwise.lz4);
  const packedAs = (compression: "lz4" | "lzma" | "zstd", payload: Content) =>
    uimage({ name: compression, compression, payload });
  const basic = { Image: plain, "Image.gz": gz, initrd, "virt.dtb": tree, text };
  return {
    ...basic,
    linux,
    bad: spoiled(linux, 100),
    plain: uimage({ name: "plain", payload: plain }),
    arm32: uimage({ name: "arm32", arch: "arm", payload: plain }),
    ppc: uimage({ name: "ppc", arch: "ppc", payload: plain }),
    notgz: uimage({ name: "notgz", compression: "gzip", payload: plain }),
    "Image.lz4": lz4,
    lz4: packedAs("lz4", lz4),
    "lz4-linked": packedAs("lz4", linked(lz4)),
    "lz4-cut": packedAs("lz4", slice(lz4, 0, 300)),
    "lz4-bad": packedAs("lz4", spoiled(lz4, 100)),
    "lz4-none": packedAs("lz4", plain),
    lzma: packedAs("lzma", decoded(otherwise.lzma)),
    zstd: packedAs("zstd", decoded(otherwise.zstd)),
    ram: uimage({ name: "ram", type: "ramdisk", load: 0, payload: initrd }),
    scr: uimage({ name: "scr", type: "script", load: 0, payload: [text] }),
    multi: uimage({ name: "multi", type: "multi", payload: [plain, initrd, tree] }),
    dtb: uimage({ name: "dtb", type: "flat_dt", load: 0x4e000000, payload: tree }),
    fit: fit(basic),
    ...Object.fromEntries(
      Object.entries(menus).map(([name, menu]) => [name, contentOf(Buffer.from(menu))]),
    ),
  };
}
