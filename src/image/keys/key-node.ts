// The node of a public key in U-Boot's control device tree, with the numbers that its RSA code wants
// worked out beforehand (U-Boot lib/rsa/rsa-sign.c, lib/ecdsa/ecdsa-libcrypto.c of v2026).
import { type Content, contentOf } from "../content.js";
import { FdtEditor } from "../fdt/edit.js";
import { cells, childOf, type DeviceTree, texts, wide } from "../fdt/tree.js";
import { type StoredTree, sizesOf, storeTree } from "../fdt/write.js";
import type { PublicKey } from "./public-key.js";

/** What the node says. */
export interface KeyNode {
  readonly hint: string;
  /** "hash,key" of the signature that the key is for. */
  readonly algorithm: string;
  readonly key: PublicKey;
  /** What must be signed with it. */
  readonly required?: "conf" | "image";
}

/** The name of the node below /signature. */
export function keyNodeName({ hint, key }: Pick<KeyNode, "hint" | "key">): string {
  return key.kind === "rsa" ? `key-${hint}` : hint;
}

/** Writes the node into `control`, or over what is there: its path, undefined without room. */
export function writeKey(control: FdtEditor, description: KeyNode): string | undefined {
  const { root } = control;
  const parent = childOf(root, "signature");
  const signature = parent ?? control.add(root, "signature");
  if (!signature) return undefined;
  const name = keyNodeName(description);
  const old = childOf(signature, name);
  const node = old ?? control.add(signature, name);
  if (!node) return undefined;
  const { hint, algorithm, key, required } = description;
  const properties: (readonly [string, Content])[] = [
    ["key-name-hint", texts(hint)],
    ...numbersOf(key),
    ["algo", texts(algorithm)],
    ...(required ? [["required", texts(required)] as const] : []),
  ];
  const room = properties.every(([property, value]) => control.set(node, property, value));
  return room ? `/signature/${name}` : undefined;
}

/** A tree with nothing but that node: to be merged into U-Boot's own. */
export function keyTree(description: KeyNode): DeviceTree {
  const root = { name: "", properties: [], children: [] };
  const ROOM = 4096;
  const editor = new FdtEditor(storeTree({ root, reservations: [], bootCpu: 0 }), ROOM);
  writeKey(editor, description);
  return editor.stored();
}

/** The device tree `tree` with that node in it, and as much slack as its `totalSize` left. */
export function treeWithKey(tree: StoredTree, totalSize: number, description: KeyNode): Content {
  const editor = new FdtEditor(tree, Math.max(0, totalSize - sizesOf(tree).total));
  const STEP = 1024;
  while (writeKey(editor, description) === undefined) editor.grow(STEP);
  return editor.content();
}

const curves: Readonly<Record<number, string>> = { 256: "prime256v1", 384: "secp384r1" };

function numbersOf(key: PublicKey): (readonly [string, Content])[] {
  if (key.kind === "ecdsa") {
    return [
      ["ecdsa,curve", texts(curves[key.bits] ?? "")],
      ["ecdsa,x-point", contentOf(key.x)],
      ["ecdsa,y-point", contentOf(key.y)],
    ];
  }
  const { rSquared, n0Inverse } = montgomery(key.modulus, key.bits);
  return [
    ["rsa,num-bits", cells(key.bits)],
    ["rsa,n0-inverse", cells(n0Inverse)],
    ["rsa,exponent", wide(key.exponent)],
    ["rsa,modulus", contentOf(bigEndian(key.modulus, key.bits / 8))],
    ["rsa,r-squared", contentOf(bigEndian(rSquared, key.bits / 8))],
  ];
}

/** What Montgomery's multiplication needs: R^2 mod N with R = 2^bits, and -1 / N mod 2^32. */
export function montgomery(modulus: bigint, bits: number): { rSquared: bigint; n0Inverse: number } {
  const word = 1n << 32n;
  let inverse = 1n;
  // Newton's step doubles the bits that are right; an odd number is its own inverse mod 2.
  for (let right = 1; right < 32; right *= 2) {
    inverse = (inverse * (2n - ((modulus * inverse) % word) + word)) % word;
  }
  return {
    rSquared: (1n << BigInt(2 * bits)) % modulus,
    n0Inverse: Number((word - inverse) % word),
  };
}

/** `value` in `size` bytes, most significant first. */
export function bigEndian(value: bigint, size: number): Uint8Array {
  const digits = value.toString(16).padStart(2 * size, "0");
  return Uint8Array.from({ length: size }, (_, index) =>
    Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
}

/** The number in `bytes`, most significant first. */
export function fromBigEndian(bytes: Uint8Array): bigint {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return BigInt(`0x${digits || "0"}`);
}
