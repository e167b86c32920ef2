// The public keys in U-Boot's control device tree, and what it demands of them
// (U-Boot boot/image-fit-sig.c, lib/rsa/rsa-verify.c).
import { bytesOf, type Content } from "../content.js";
import { readFdt } from "../fdt/read.js";
import { cellOf, childOf, type FdtNode, numberOf, propertyOf, textOf } from "../fdt/tree.js";
import { fromBigEndian, montgomery } from "../keys/key-node.js";
import { isRsaSize, type PublicKey } from "../keys/public-key.js";

/** A key that U-Boot has. */
export interface ControlKey {
  /** The name of its node. */
  readonly name: string;
  /** "hash,key"; undefined where the node does not say. */
  readonly algorithm: string | undefined;
  /** What must be signed with it. */
  readonly required: "conf" | "image" | undefined;
  /** Undefined when its numbers are none or do not belong together. */
  readonly key: PublicKey | undefined;
}

/** The keys of a board. */
export interface ControlKeys {
  readonly keys: readonly ControlKey[];
  /** Whether one of the required keys is enough. */
  readonly anyOf: boolean;
}

/** The keys in the control tree `content`; undefined when that is no device tree. */
export function readControlKeys(content: Content): ControlKeys | undefined {
  const { tree } = readFdt(content);
  if (!tree) return undefined;
  const signature = childOf(tree.root, "signature");
  return {
    keys: (signature?.children ?? []).map(readKey),
    anyOf: textOf(propertyOf(signature, "required-mode")) === "any",
  };
}

function readKey(node: FdtNode): ControlKey {
  const required = textOf(propertyOf(node, "required"));
  return {
    name: node.name,
    algorithm: textOf(propertyOf(node, "algo")),
    required: required === "conf" || required === "image" ? required : undefined,
    key: propertyOf(node, "ecdsa,curve") ? ecdsaKey(node) : rsaKey(node),
  };
}

/** What U-Boot takes as exponent when there is none. */
const USUAL_EXPONENT = 65537n;

function rsaKey(node: FdtNode): PublicKey | undefined {
  const bits = cellOf(propertyOf(node, "rsa,num-bits")) ?? 0;
  const [modulus, rSquared] = ["rsa,modulus", "rsa,r-squared"].map((name) => {
    const value = propertyOf(node, name);
    return value && isRsaSize(bits) && value.size === bits / 8
      ? fromBigEndian(bytesOf(value))
      : undefined;
  });
  if (modulus === undefined || modulus % 2n === 0n) return undefined;
  const derived = montgomery(modulus, bits);
  // With others U-Boot computes, but something else.
  if (derived.rSquared !== rSquared) return undefined;
  if (derived.n0Inverse !== cellOf(propertyOf(node, "rsa,n0-inverse"))) return undefined;
  const exponent = numberOf(propertyOf(node, "rsa,exponent")) ?? USUAL_EXPONENT;
  return modulus.toString(2).length === bits ? { kind: "rsa", bits, modulus, exponent } : undefined;
}

const curves: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384 };

function ecdsaKey(node: FdtNode): PublicKey | undefined {
  const bits = curves[textOf(propertyOf(node, "ecdsa,curve")) ?? ""];
  const [x, y] = ["ecdsa,x-point", "ecdsa,y-point"].map((name) => propertyOf(node, name));
  if (!bits || x?.size !== bits / 8 || y?.size !== bits / 8) return undefined;
  return { kind: "ecdsa", bits, x: bytesOf(x), y: bytesOf(y) };
}
