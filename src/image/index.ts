// ubootc/image: U-Boot's image formats, without Node's API.

export { crc32 } from "#crc32";
export { publicKeyFromPem, signerFromPem, verifySignature } from "#crypto";
export * from "./compress.js";
export * from "./compressed.js";
export * from "./content.js";
export * from "./describe.js";
export * from "./digest.js";
export { type EditedNode, FdtEditor } from "./fdt/edit.js";
export * from "./fdt/fdt.js";
export { mergeOverlay, type OverlayError } from "./fdt/merge.js";
export * from "./fdt/overlay.js";
export * from "./fdt/read.js";
export * from "./fdt/reserved.js";
export * from "./fdt/tree.js";
export * from "./fdt/write.js";
export * from "./fit/auto.js";
export * from "./fit/encode.js";
export type { FitFault, FitWarning } from "./fit/fault.js";
export * from "./fit/fit.js";
export * from "./fit/keys.js";
export * from "./fit/listing.js";
export * from "./fit/read.js";
export { signaturesOf } from "./fit/signatures.js";
export * from "./fit/verify.js";
export * from "./ids.js";
export * from "./its/its.js";
export type { ItsFile, ItsFiles, ItsPlace, ItsProblem } from "./its/source.js";
export * from "./its/write.js";
export * from "./keys/key-file.js";
export { type KeyNode, keyTree, treeWithKey } from "./keys/key-node.js";
export * from "./keys/optee.js";
export { isKeyName, type PublicKey } from "./keys/public-key.js";
export {
  type FitSigner,
  type FitSigning,
  type Padding,
  type SigningFailure,
  signatureAlgorithm,
} from "./keys/sign.js";
export * from "./keys/sign-elsewhere.js";
export * from "./layout.js";
export * from "./payload.js";
export * from "./uimage/listing.js";
export * from "./uimage/read.js";
export * from "./uimage/uimage.js";
