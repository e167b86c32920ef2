// A FIT as a program describes it: images and configurations to a tree, which fit-encode.ts makes a
// file of. What each type of image needs is checked here; which addresses are good is not.
// Document: U-Boot doc/usage/fit/source_file_format.rst.
import type { Content } from "../content.js";
import type { DigestName } from "../digest.js";
import {
  cells,
  type DeviceTree,
  type FdtNode,
  type FdtProperty,
  property,
  texts,
} from "../fdt/tree.js";
import type { Architecture, Compression, ImageType, OperatingSystem } from "../ids.js";
import { signatureAlgorithm } from "../keys/sign.js";
import { hex } from "../layout.js";

/** An image to be put into a FIT. */
export interface FitImageOptions {
  /** Of its node, by which configurations name it. */
  readonly name: string;
  readonly description?: string;
  readonly type: ImageType | "loadable";
  readonly arch?: Architecture;
  readonly os?: OperatingSystem;
  /** A label: the data is compressed already. `none` unless given. */
  readonly compression?: Compression;
  /** Bytes of memory; above 4 GiB it is written as two cells. */
  readonly load?: number | bigint;
  readonly entry?: number | bigint;
  /** For `fpga`, and for device trees that are compressed. */
  readonly compatible?: readonly string[];
  readonly data: Content;
  /** `sha256` unless given; a configuration can be signed only with at least one. */
  readonly hashes?: readonly DigestName[];
  readonly signature?: FitSignatureOptions;
}

/** A configuration: which images belong together. */
export interface FitConfigurationOptions {
  readonly name: string;
  readonly description?: string;
  readonly kernel?: string;
  readonly ramdisk?: string;
  /** The device tree and the overlays for it, in order. */
  readonly fdt?: readonly string[];
  readonly loadables?: readonly string[];
  readonly firmware?: string;
  readonly script?: string;
  readonly fpga?: string;
  readonly standalone?: string;
  /** Boards it is for, as in the board's own tree. */
  readonly compatible?: readonly string[];
  /** A signature of everything that the configuration names. */
  readonly signature?: FitSignatureOptions;
}

/** A signature that is to be made. */
export interface FitSignatureOptions {
  /** "hash,key", such as "sha256,rsa2048". */
  readonly algorithm: string;
  /** The name of the key. */
  readonly hint: string;
  /** `pkcs-1.5` unless given; for RSA only. */
  readonly padding?: "pkcs-1.5" | "pss";
}

/** A FIT. */
export interface FitDescription {
  readonly description: string;
  readonly images: readonly FitImageOptions[];
  readonly configurations?: readonly FitConfigurationOptions[];
  /** A configuration; the first unless given. */
  readonly default?: string;
  /** The image that `source` of U-Boot before v2023.04 runs. */
  readonly script?: string;
}

/** Why a description is no FIT. */
export interface FitDescriptionFault {
  readonly code: "fit-name" | "fit-reference" | "fit-needs" | "fit-address" | "fit-algorithm";
  /** Of the image or configuration. */
  readonly name: string;
  readonly message: string;
}

/** A tree, or every reason why there is none. */
export type DescribedFit =
  | { readonly tree: DeviceTree; readonly problems: readonly [] }
  | { readonly tree: undefined; readonly problems: readonly FitDescriptionFault[] };

/** The tree of `fit`. */
export function describeFit(fit: FitDescription): DescribedFit {
  const { description, images, configurations = [] } = fit;
  const names = new Set(images.map(({ name }) => name));
  const problems = [
    ...nameFaults(images),
    ...nameFaults(configurations),
    ...images.flatMap(imageFaults),
    ...configurations.flatMap((configuration) => referenceFaults(configuration, names)),
    ...[...images, ...configurations].flatMap(signatureFaults),
    ...defaultFaults(fit),
  ];
  if (problems.length > 0) return { tree: undefined, problems };
  const first = fit.default ?? configurations[0]?.name;
  const root: FdtNode = {
    name: "",
    properties: [property("description", texts(description)), property("#address-cells", cells(1))],
    children: [
      {
        name: "images",
        properties: fit.script === undefined ? [] : [property("default", texts(fit.script))],
        children: images.map(imageNode),
      },
      ...(first === undefined
        ? []
        : [
            {
              name: "configurations",
              properties: [property("default", texts(first))],
              children: configurations.map(configurationNode),
            },
          ]),
    ],
  };
  return { tree: { root, reservations: [], bootCpu: 0 }, problems: [] };
}

function imageNode(image: FitImageOptions): FdtNode {
  const text = (name: string, value: string | undefined) =>
    value === undefined ? [] : [property(name, texts(value))];
  const place = (name: string, value: number | bigint | undefined) =>
    value === undefined ? [] : [property(name, address(BigInt(value)))];
  const properties: FdtProperty[] = [
    ...text("description", image.description ?? image.name),
    property("data", image.data),
    ...text("type", image.type),
    ...text("arch", image.arch),
    ...text("os", image.os),
    ...text("compression", image.compression ?? "none"),
    ...place("load", image.load),
    ...place("entry", image.entry),
    ...(image.compatible ? [property("compatible", texts(...image.compatible))] : []),
  ];
  const hashes = (image.hashes ?? ["sha256"]).map((algo, index) => ({
    name: `hash-${index + 1}`,
    properties: text("algo", algo),
    children: [],
  }));
  const signatures = image.signature ? [signatureNode(image.signature, [])] : [];
  return { name: image.name, properties, children: [...hashes, ...signatures] };
}

function address(value: bigint): Content {
  const low = Number(value & 0xffffffffn);
  return value > 0xffffffffn ? cells(Number(value >> 32n), low) : cells(low);
}

/** The properties of a configuration that name images, in the order they are written. */
const naming = [
  "kernel",
  "fdt",
  "ramdisk",
  "loadables",
  "firmware",
  "script",
  "fpga",
  "standalone",
] as const;

function namedIn(configuration: FitConfigurationOptions) {
  return naming.flatMap((name) => {
    const value = configuration[name];
    return value === undefined
      ? []
      : [{ name, images: typeof value === "string" ? [value] : value }];
  });
}

function configurationNode(configuration: FitConfigurationOptions): FdtNode {
  const { name, description = name, compatible, signature } = configuration;
  const named = namedIn(configuration);
  return {
    name,
    properties: [
      property("description", texts(description)),
      ...(compatible ? [property("compatible", texts(...compatible))] : []),
      ...named.map((one) => property(one.name, texts(...one.images))),
    ],
    // Everything is signed: U-Boot since v2026.04 boots nothing that is signed in part.
    children: signature
      ? [
          signatureNode(
            signature,
            named.map((one) => one.name),
          ),
        ]
      : [],
  };
}

function signatureNode(
  { algorithm, hint, padding }: FitSignatureOptions,
  images: readonly string[],
): FdtNode {
  const properties = [
    property("algo", texts(algorithm)),
    property("key-name-hint", texts(hint)),
    ...(padding ? [property("padding", texts(padding))] : []),
    ...(images.length > 0 ? [property("sign-images", texts(...images))] : []),
  ];
  return { name: "signature-1", properties, children: [] };
}

function nameFaults(nodes: readonly { readonly name: string }[]): FitDescriptionFault[] {
  const seen = new Set<string>();
  return nodes.flatMap(({ name }) => {
    const twice = seen.has(name);
    seen.add(name);
    // Without @, which U-Boot refuses where it checks signatures.
    if (!twice && /^[A-Za-z0-9,._+-]{1,63}$/.test(name)) return [];
    const message = twice
      ? "the name is used twice"
      : "the name has characters that U-Boot refuses";
    return [{ code: "fit-name", name, message }];
  });
}

/** What U-Boot asks for, by type (boot/image-fit.c, boot/bootm.c). */
const needs: Readonly<Record<string, readonly ("arch" | "os" | "load" | "entry")[]>> = {
  kernel: ["arch", "os", "load", "entry"],
  // Before v2026.10 it must have both addresses, though they are not used.
  kernel_noload: ["arch", "os", "load", "entry"],
  ramdisk: ["arch", "os"],
  flat_dt: [],
  script: [],
  standalone: ["arch", "load", "entry"],
  firmware: ["arch", "os", "load"],
  loadable: ["load"],
  fpga: ["load"],
};

function imageFaults(image: FitImageOptions): FitDescriptionFault[] {
  const { name, type } = image;
  const missing = (Object.hasOwn(needs, type) ? (needs[type] ?? []) : []).filter(
    (need) => image[need] === undefined,
  );
  const wrong = (["load", "entry"] as const).filter((field) => !isAddress(image[field] ?? 0));
  return [
    ...missing.map((need) => {
      return {
        code: "fit-needs" as const,
        name,
        message: `an image of type ${type} needs ${need}`,
      };
    }),
    ...wrong.map((field) => {
      const shown = typeof image[field] === "bigint" ? hex(image[field], 1) : `${image[field]}`;
      return { code: "fit-address" as const, name, message: `${field} ${shown} is not an address` };
    }),
  ];
}

function isAddress(value: number | bigint): boolean {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return false;
  return value >= 0 && BigInt(value) < 1n << 64n;
}

function referenceFaults(
  configuration: FitConfigurationOptions,
  names: ReadonlySet<string>,
): FitDescriptionFault[] {
  return namedIn(configuration).flatMap((one) =>
    one.images
      .filter((image) => !names.has(image))
      .map((image) => {
        const message = `${one.name} = ${image}, but there is no such image`;
        return { code: "fit-reference" as const, name: configuration.name, message };
      }),
  );
}

function signatureFaults({
  name,
  signature,
}: FitImageOptions | FitConfigurationOptions): FitDescriptionFault[] {
  if (!signature || signatureAlgorithm(signature.algorithm)) return [];
  const message = `${signature.algorithm} is not an algorithm that U-Boot verifies`;
  return [{ code: "fit-algorithm", name, message }];
}

function defaultFaults(fit: FitDescription): FitDescriptionFault[] {
  const { default: name, configurations = [] } = fit;
  if (name === undefined || configurations.some((one) => one.name === name)) return [];
  return [{ code: "fit-reference", name, message: "there is no such configuration" }];
}
