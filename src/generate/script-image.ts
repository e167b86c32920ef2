// The image that a script is wrapped into: a legacy one, or a FIT with a configuration of its own,
// which is what a signature covers. Document: U-Boot doc/usage/cmd/source.rst.
import { type Content, describeFit, encodeFit, encodeUImage, storeTree } from "../image/index.js";
import { signatureNode } from "../memory/index.js";
import type { Program, Signature } from "../program/index.js";
import type { GeneratedScript } from "./generate.js";

/** The configuration of a script in a FIT, and its image. */
export const CONFIG = "conf";
const IMAGE = "script";

/** `text` in its image; undefined when it cannot be one. */
export function scriptImage(
  container: "fit" | "uimage",
  text: Content,
  { name, board }: GeneratedScript,
  { signature }: Program,
  time: number,
): Content | undefined {
  if (container === "fit") return scriptFit(text, name, signature, time);
  const { arch } = board;
  return encodeUImage({ type: "script", arch, name, time, payload: text }).image;
}

function scriptFit(
  text: Content,
  name: string,
  signature: Signature | undefined,
  time: number,
): Content | undefined {
  const { tree } = describeFit({
    description: name,
    images: [{ name: IMAGE, description: name, type: "script", data: text }],
    configurations: [
      {
        name: CONFIG,
        description: name,
        script: IMAGE,
        ...(signature && { signature: signatureNode(signature) }),
      },
    ],
    // For U-Boot before v2023.04, which does not look at configurations here.
    script: IMAGE,
  });
  const signing = signature && { signerOf: () => signature.signer, time };
  return tree && encodeFit(storeTree(tree), { time, ...(signing && { signing }) }).image;
}
