// The image that a script is wrapped into: a legacy one, or a FIT with a configuration of its own,
// which is what a signature covers. Document: U-Boot doc/usage/cmd/source.rst.
import type { Report } from "../diagnostics/index.js";
import { type Content, describeFit, encodeFit, encodeUImage, storeTree } from "../image/index.js";
import { signatureNode } from "../memory/index.js";
import type { Program, Signature } from "../program/index.js";
import { signingFailed } from "./fits.js";
import type { GeneratedScript } from "./generated.js";

/** The configuration of a script in a FIT, and its image. */
export const CONFIG = "conf";
const IMAGE = "script";

/** `text` in its image; undefined, reported, when it cannot be signed. */
export function scriptImage(
  container: "fit" | "uimage",
  text: Content,
  { name, board }: GeneratedScript,
  { signature }: Program,
  time: number,
  report: Report,
): Content | undefined {
  if (container === "fit") return scriptFit(text, name, signature, time, report);
  const { arch } = board;
  return encodeUImage({ type: "script", arch, name, time, payload: text }).image;
}

function scriptFit(
  text: Content,
  name: string,
  signature: Signature | undefined,
  time: number,
  report: Report,
): Content | undefined {
  const signed = signature && { signature: signatureNode(signature) };
  const { tree } = describeFit({
    description: name,
    images: [
      {
        name: IMAGE,
        description: name,
        type: "script",
        data: text,
        ...(signature?.required === "image" && signed),
      },
    ],
    configurations: [
      {
        name: CONFIG,
        description: name,
        script: IMAGE,
        ...signed,
      },
    ],
    // For U-Boot before v2023.04, which does not look at configurations here.
    script: IMAGE,
  });
  const signing = signature && { signerOf: () => signature.signer, time };
  if (!tree) return undefined;
  const { image, problems } = encodeFit(storeTree(tree), { time, ...(signing && { signing }) });
  for (const problem of problems) {
    const failed = signingFailed(signature, problem);
    if (failed) report(failed);
  }
  return image;
}
