// The tree that mkimage 2023.01 makes by itself for `-f auto`: one image, device trees and a ramdisk
// around it (tools/fit_image.c). Its names are stored in the reverse order of their first use,
// because libfdt's sequential writer does so.
import type { Content } from "../content.js";
import { cells, type FdtNode, type FdtProperty, property, texts } from "../fdt/tree.js";
import type { StoredNode, StoredTree } from "../fdt/write.js";
import {
  type Architecture,
  type Compression,
  type ImageType,
  type OperatingSystem,
  types,
} from "../ids.js";

/** What goes into the tree. */
export interface AutoFit {
  readonly type: ImageType;
  readonly arch: Architecture;
  readonly os: OperatingSystem;
  /** A label: the data is compressed already. */
  readonly compression: Compression;
  readonly load: number;
  readonly entry: number;
  /** In bytes where it is not UTF-8. */
  readonly description: string | Uint8Array;
  readonly data: Content;
  readonly trees: readonly { readonly description: string; readonly data: Content }[];
  readonly ramdisk?: Content;
  /** Sign each image instead of giving it a CRC. */
  readonly signature?: { readonly algorithm: string; readonly hint: string };
}

/** The tree of `options`. */
export function autoFit(options: AutoFit): StoredTree {
  const long = types.longName(types.idOf(options.type));
  const root: FdtNode = {
    name: "",
    properties: [
      property("description", texts(`${long} image with one or more FDT blobs`)),
      property("creator", texts("U-Boot mkimage 2023.01")),
      property("#address-cells", cells(1)),
    ],
    children: [
      { name: "images", properties: [], children: imagesOf(options) },
      {
        name: "configurations",
        properties: [property("default", texts("conf-1"))],
        children: configurationsOf(options),
      },
    ],
  };
  const { node, strings } = storeBackwards(root);
  return { root: node, strings, reservations: [], bootCpu: 0, lastCompatibleVersion: 2 };
}

function imagesOf(options: AutoFit): FdtNode[] {
  const { type, arch, os, compression, load, entry, data, trees, ramdisk, signature } = options;
  const check: FdtNode = signature
    ? {
        name: "signature-1",
        properties: [
          property("algo", texts(signature.algorithm)),
          property("key-name-hint", texts(signature.hint)),
        ],
        children: [],
      }
    : { name: "hash-1", properties: [property("algo", texts("crc32"))], children: [] };
  const image = (name: string, properties: FdtProperty[]) => ({
    name,
    properties,
    children: [check],
  });
  return [
    image(`${type}-1`, [
      property("description", texts(options.description)),
      property("type", texts(type)),
      property("arch", texts(arch)),
      property("os", texts(os)),
      property("compression", texts(compression)),
      property("load", cells(load)),
      property("entry", cells(entry)),
      property("data", data),
    ]),
    ...trees.map((tree, index) =>
      image(`fdt-${index + 1}`, [
        property("description", texts(tree.description)),
        property("data", tree.data),
        property("type", texts("flat_dt")),
        property("arch", texts(arch)),
        property("compression", texts("none")),
      ]),
    ),
    ...(ramdisk
      ? [
          image("ramdisk-1", [
            property("type", texts("ramdisk")),
            property("os", texts(os)),
            property("arch", texts(arch)),
            property("data", ramdisk),
          ]),
        ]
      : []),
  ];
}

function configurationsOf({ type, trees, ramdisk }: AutoFit): FdtNode[] {
  const own = property(type, texts(`${type}-1`));
  const disk = ramdisk ? [property("ramdisk", texts("ramdisk-1"))] : [];
  if (trees.length === 0) return [{ name: "conf-1", properties: [own, ...disk], children: [] }];
  return trees.map(({ description }, index) => ({
    name: `conf-${index + 1}`,
    properties: [
      property("description", texts(description)),
      own,
      property("loadables", texts(`${type}-1`)),
      ...disk,
      property("fdt", texts(`fdt-${index + 1}`)),
    ],
    children: [],
  }));
}

/** Each name goes in front of those that are there, so places are counted from the end. */
function storeBackwards(root: FdtNode): { node: StoredNode; strings: string } {
  let strings = "";
  const fromEnd = (name: string): number => {
    const found = strings.indexOf(`${name}\0`);
    if (found >= 0) return strings.length - found;
    strings = `${name}\0${strings}`;
    return strings.length;
  };
  const place = (node: FdtNode): StoredNode => ({
    name: node.name,
    properties: node.properties.map(({ name, value }) => ({
      name,
      nameOffset: fromEnd(name),
      value,
    })),
    children: node.children.map(place),
  });
  const turn = (node: StoredNode): StoredNode => ({
    name: node.name,
    properties: node.properties.map(({ name, nameOffset, value }) => {
      return { name, nameOffset: strings.length - nameOffset, value };
    }),
    children: node.children.map(turn),
  });
  const placed = place(root);
  return { node: turn(placed), strings };
}
