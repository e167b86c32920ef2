// Signs images and configurations of a FIT as mkimage does. Which bytes: fdt-regions.ts; the public
// key's node: key-node.ts. The cryptography itself comes as a `FitSigner`, so that a key may be in a
// file, in another process or in hardware. Document: U-Boot doc/usage/fit/signature.rst.
import { type Content, contentOf } from "../content.js";
import type { HashName } from "../digest.js";
import type { EditedNode, FdtEditor } from "../fdt/edit.js";
import { cells, childOf, propertyOf, textOf, texts, textsOf } from "../fdt/tree.js";
import type { FitFault } from "../fit/fault.js";
import type { Coverage } from "./coverage.js";
import { writeKey } from "./key-node.js";
import type { PublicKey } from "./public-key.js";

/** How an RSA signature is padded. */
export type Padding = "pkcs-1.5" | "pss";

/** Something that signs. */
export interface FitSigner {
  readonly key: PublicKey;
  /**
   * The signature of `parts` one after the other: for RSA the number, for ECDSA both numbers, each
   * as long as the key. PSS with the largest salt, which every U-Boot takes. Or why there is none.
   */
  sign(hash: HashName, padding: Padding, parts: readonly Content[]): Uint8Array | SigningFailure;
}

/** No signature was made. */
export interface SigningFailure {
  readonly why: string;
}

/** How a FIT is signed. */
export interface FitSigning {
  /** The key for a `key-name-hint`; without one, the signature node is left as it is. */
  signerOf(hint: string): FitSigner | undefined;
  /** Mark the key in the control tree as required. */
  readonly required?: boolean;
  readonly comment?: string;
  /** Instead of the `algo` of every signature node. */
  readonly algorithm?: string;
  /** Seconds since 1970. */
  readonly time: number;
}

/** The `algo` of a signature: "hash,key". */
export interface SignatureAlgorithm {
  readonly name: string;
  readonly hash: HashName;
  readonly kind: PublicKey["kind"];
  readonly bits: number;
}

const hashes: readonly HashName[] = ["sha1", "sha256", "sha384", "sha512"];

/** Keys that U-Boot can verify with. Leaves out secp521r1, whose node no U-Boot can read back (v2026.10). */
const keys: Readonly<Record<string, { kind: PublicKey["kind"]; bits: number }>> = {
  rsa2048: { kind: "rsa", bits: 2048 },
  rsa3072: { kind: "rsa", bits: 3072 },
  rsa4096: { kind: "rsa", bits: 4096 },
  ecdsa256: { kind: "ecdsa", bits: 256 },
  ecdsa384: { kind: "ecdsa", bits: 384 },
};

/** What `algo` names; undefined when U-Boot knows no such. */
export function signatureAlgorithm(name: string): SignatureAlgorithm | undefined {
  const comma = name.indexOf(",");
  const hash = hashes.find((hash) => hash === name.slice(0, comma));
  const key = Object.hasOwn(keys, name.slice(comma + 1)) ? keys[name.slice(comma + 1)] : undefined;
  return comma < 0 || !hash || !key ? undefined : { name, hash, ...key };
}

function unknownAlgorithm(name: string): string {
  const message = `${name} is not an algorithm that U-Boot verifies`;
  if (!/,(ecdsa521|secp521r1)$/.test(name)) return message;
  return `${message}: mkimage knows it, but no U-Boot reads such a key from its tree; take ecdsa384`;
}

/** What became of one signature node: signed, or not for want of the key with that hint. */
export type Signed =
  | {
      readonly signed: true;
      readonly keyNode: string | undefined;
      /** Paths of what a configuration's signature covers. */
      readonly nodes: readonly string[];
    }
  | { readonly missing: string }
  | "no-room"
  | FitFault;

/** A signature node and what it is about. */
export interface SignatureNode {
  readonly node: EditedNode;
  readonly path: string;
  /** The data of an image, or the configuration. */
  readonly image?: Content;
  readonly configuration?: EditedNode;
}

/** The trees that are written while a FIT is signed. */
export interface Signing {
  readonly editor: FdtEditor;
  /** Of `editor`. */
  readonly coverage: Coverage;
  readonly control: FdtEditor | undefined;
  /** What was signed in an attempt that had too little room: the same is signed now, in the same order. */
  readonly before: readonly Signature[];
  /** What is signed in this one. */
  readonly made: Signature[];
}

/** A signature, and the paths of the nodes that it names. */
export interface Signature {
  readonly value: Uint8Array;
  readonly nodes: readonly string[] | undefined;
}

/** Signs one node in `editor`, and writes the public key into `control` where that is given. */
export function signNode(
  { node, path, image, configuration }: SignatureNode,
  { editor, coverage, control, before, made }: Signing,
  signing: FitSigning,
): Signed {
  const fault = (code: FitFault["code"], message: string): FitFault => ({ code, path, message });
  const name = signing.algorithm ?? textOf(propertyOf(node, "algo"));
  if (name === undefined) return fault("signature-algo", "the signature has no algo");
  const algorithm = signatureAlgorithm(name);
  if (!algorithm) return fault("signature-algo", unknownAlgorithm(name));
  const padding = textOf(propertyOf(node, "padding")) ?? "pkcs-1.5";
  if (padding !== "pkcs-1.5" && padding !== "pss") {
    return fault("signature-padding", `${padding} is not a padding that U-Boot knows`);
  }
  const known = before[made.length];
  const covered = known
    ? { nodes: known.nodes, parts: [] }
    : configuration
      ? coverConfiguration({ editor, coverage }, configuration, node, path)
      : { nodes: undefined, parts: image ? [image] : [] };
  if ("code" in covered) return covered;

  const hint = textOf(propertyOf(node, "key-name-hint"));
  if (hint === undefined) return fault("signature-hint", "the signature has no key-name-hint");
  const signer = signing.signerOf(hint);
  if (!signer) return { missing: hint };
  const { key } = signer;
  if (key.kind !== algorithm.kind || key.bits !== algorithm.bits) {
    const what = `${key.kind === "rsa" ? "an RSA" : "an ECDSA"} key of ${key.bits} bits`;
    return fault("signature-key", `${name} does not go with ${hint}, ${what}`);
  }
  const value = known?.value ?? signer.sign(algorithm.hash, padding, covered.parts);
  if (!(value instanceof Uint8Array)) return fault("signature-failed", value.why);
  made.push({ value, nodes: covered.nodes });
  const properties = propertiesOf(value, signing, covered.nodes, editor);
  for (const [property, content] of properties) {
    if (!editor.set(node, property, content)) return "no-room";
  }
  const signed = { signed: true as const, nodes: covered.nodes ?? [] };
  if (!control) return { ...signed, keyNode: undefined };
  const required = signing.required
    ? { required: configuration ? ("conf" as const) : ("image" as const) }
    : {};
  const keyNode = writeKey(control, { hint, algorithm: name, key, ...required });
  return keyNode === undefined ? "no-room" : { ...signed, keyNode };
}

/** In the order in which mkimage sets them. */
function propertiesOf(
  value: Uint8Array,
  { comment, time, algorithm }: FitSigning,
  nodes: readonly string[] | undefined,
  editor: FdtEditor,
): (readonly [name: string, value: Content])[] {
  // Read before the names of these properties are added to the strings.
  const strings = editor.stringsText.length;
  return [
    ["value", contentOf(value)],
    ["signer-name", texts("mkimage")],
    ["signer-version", texts("2023.01")],
    ...(comment === undefined ? [] : [["comment", texts(comment)] as const]),
    ["timestamp", cells(time)],
    ...(nodes
      ? ([
          ["hashed-nodes", texts(...nodes)],
          ["hashed-strings", cells(0, strings)],
        ] as const)
      : []),
    ...(algorithm === undefined ? [] : [["algo", texts(algorithm)] as const]),
  ];
}

/** Nodes that U-Boot since v2026.04 lets a signature cover, and bytes of their paths with a zero each. */
const MOST = { nodes: 100, paths: 4096 };

/** Why U-Boot since v2026.04 does not take a signature of the nodes with these paths. */
export function tooManyNodes(nodes: readonly string[]): string | undefined {
  const size = nodes.reduce((sum, path) => sum + path.length + 1, 0);
  if (nodes.length <= MOST.nodes && size <= MOST.paths) return undefined;
  return `it covers ${nodes.length} nodes with ${size} bytes of paths: U-Boot since v2026.04 takes ${MOST.nodes} with ${MOST.paths} bytes`;
}

interface Covered {
  /** Paths. */
  readonly nodes: readonly string[];
  readonly parts: readonly Content[];
}

/** The most regions that a signature may be about. */
const MAX_REGIONS = 100;

function coverConfiguration(
  { editor, coverage }: Pick<Signing, "editor" | "coverage">,
  configuration: EditedNode,
  signature: EditedNode,
  path: string,
): Covered | FitFault {
  const images = signedImages(coverage, configuration, signature, path);
  if ("code" in images) return images;
  const inner = new Map(images.map((image) => [image, signedNodes(image)] as const));
  const chosen = new Map<EditedNode, readonly EditedNode[]>(inner);
  for (const [name, nodes] of [
    ["images", images],
    ["configurations", [configuration]],
  ] as const) {
    const parent = childOf(editor.root, name);
    if (parent) chosen.set(parent, nodes);
  }
  const covered = coverage.of(chosen);
  if (!covered || covered.regions > MAX_REGIONS) {
    return { code: "signature-regions", path, message: "there are too many nodes to sign" };
  }
  const paths = images.flatMap((image) => {
    const own = `/images/${image.name}`;
    return [own, ...(inner.get(image) ?? []).map((child) => `${own}/${child.name}`)];
  });
  return { nodes: ["/", `/configurations/${configuration.name}`, ...paths], parts: covered.parts };
}

/** What is signed unless `sign-images` says otherwise: as in 2023.01. */
const signedByDefault = ["kernel", "fdt"];

/** The images that the signature is about, as often as they are named. */
function signedImages(
  coverage: Coverage,
  configuration: EditedNode,
  signature: EditedNode,
  path: string,
): EditedNode[] | FitFault {
  const fault = (message: string): FitFault => ({ code: "signature-images", path, message });
  const listed = textsOf(propertyOf(signature, "sign-images"));
  const images: EditedNode[] = [];
  for (const property of listed ?? signedByDefault) {
    for (const name of textsOf(propertyOf(configuration, property)) ?? []) {
      const image = coverage.imageOf(name);
      if (!image && !listed) continue;
      if (!image) return fault(`${property} = ${name}, but there is no such image`);
      if (!image.children.some(isHash)) return fault(`${name} has no hash, so it cannot be signed`);
      images.push(image);
    }
  }
  return images.length > 0 ? images : fault("the configuration has no image to sign");
}

function isHash({ name }: EditedNode): boolean {
  return name.startsWith("hash");
}

/** What is signed of an image beside itself. */
function signedNodes(image: EditedNode): EditedNode[] {
  const cipher = childOf(image, "cipher");
  return [...image.children.filter(isHash), ...(cipher ? [cipher] : [])];
}
