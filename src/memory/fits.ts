// FITs in memory: how large the file is and where its images go. U-Boot copies or unpacks what has a
// load address, and uses the rest where it lies in the file (boot/image-fit.c). Signing and the file
// itself are generate/'s.
import type { Region } from "../boards/index.js";
import {
  blankSigner,
  type Content,
  type DeviceTree,
  dataPlaces,
  describeFit,
  encodeFit,
  type FitImageOptions,
  type FitSignatureOptions,
  storeTree,
} from "../image/index.js";
import type { Fit, FitMember, Signature } from "../program/index.js";
import { architectureOf, packedOf } from "./kernels.js";

/** Where images are put to, by name. */
export type Loads = ReadonlyMap<string, number>;

/** A FIT as a file, before anything in it is hashed or signed. */
interface Draft {
  /** Bytes. */
  readonly size: number;
  /** The data of each image in the file, by name. */
  readonly places: ReadonlyMap<string, Region>;
}

const drafts = new WeakMap<Fit, Draft>();

/** How the file of `fit` will be laid out: neither addresses nor hashes change that. */
export function draftOf(name: string, fit: Fit): Draft {
  let draft = drafts.get(fit);
  if (!draft) {
    const { external, signature } = fit;
    const { image } = encodeFit(storeTree(fitTree(name, fit, new Map())), {
      time: 0,
      draft: true,
      ...(external && { external }),
      ...(signature && { signing: { signerOf: () => blankSigner(signature.signer.key), time: 0 } }),
    });
    draft = image
      ? { size: image.size, places: dataPlaces(image) }
      : { size: 0, places: new Map<string, Region>() };
    drafts.set(fit, draft);
  }
  return draft;
}

/**
 * The tree of `fit`, a FIT called `name`, with the load addresses of `loads`.
 * @throws when the program is no FIT, which resolving it has made sure of.
 */
export function fitTree(name: string, fit: Fit, loads: Loads): DeviceTree {
  const { signature } = fit;
  const signed = signature && { signature: signatureNode(signature) };
  const { tree, problems } = describeFit({
    description: name,
    images: fit.images.map((each) => ({
      ...imageOf(each, fit, loads),
      ...(signature?.required === "image" && signed),
    })),
    configurations: fit.configs.map((config) => ({
      name: config.name,
      ...(config.description !== undefined && { description: config.description }),
      ...(config.compatible && { compatible: config.compatible }),
      kernel: config.kernel.provision.name,
      ...(config.initrd && { ramdisk: config.initrd.name }),
      ...(config.dtb && { fdt: [config.dtb, ...config.overlays].map((each) => each.name) }),
      ...signed,
    })),
    default: fit.default,
  });
  if (!tree) throw new Error(problems.map((each) => `${each.name}: ${each.message}`).join("; "));
  return tree;
}

/** What the tree says of a signature that is to be made. */
export function signatureNode({ algorithm, hint, padding }: Signature): FitSignatureOptions {
  return { algorithm, hint, ...(padding === "pss" && { padding }) };
}

/** The types of the images. */
const types = { kernel: "kernel", initrd: "ramdisk", dtb: "flat_dt", overlay: "flat_dt" } as const;

function imageOf({ provision, noload }: FitMember, fit: Fit, loads: Loads): FitImageOptions {
  const { kind, name, title, entry } = provision;
  const packed = packedOf(provision);
  const load = loads.get(name) ?? 0;
  const arch = architectureOf(packed?.inner.kind ?? "", fit.arch);
  const common = {
    name,
    description: title ?? name,
    arch,
    hashes: fit.hashes,
    data: packed?.content as Content,
  };
  if (kind === "kernel" && noload) {
    return {
      ...common,
      type: "kernel_noload",
      os: "linux",
      load: 0,
      entry: 0,
      compression: packed?.compression ?? "none",
    };
  }
  if (kind === "kernel") {
    const start = entry?.address ?? load;
    return {
      ...common,
      type: "kernel",
      os: "linux",
      load,
      entry: start,
      compression: packed?.compression ?? "none",
    };
  }
  if (kind === "initrd") return { ...common, type: "ramdisk", os: "linux" };
  return { ...common, type: types[kind as keyof typeof types], load };
}
