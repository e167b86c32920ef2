// ubootc/image: U-Boot's image formats, without Node's API.

export { crc32 } from "#crc32";
export { publicKeyFromPem, signerFromPem, verifySignature } from "#crypto";
export * from "./compress.js";
export * from "./compressed.js";
export * from "./content.js";
export * from "./describe.js";
export * from "./digest.js";
export * from "./fdt.js";
export { type EditedNode, FdtEditor } from "./fdt-edit.js";
export * from "./fdt-read.js";
export * from "./fdt-tree.js";
export * from "./fdt-write.js";
export * from "./fit.js";
export * from "./fit-auto.js";
export * from "./fit-encode.js";
export * from "./fit-keys.js";
export * from "./fit-listing.js";
export * from "./fit-read.js";
export { signaturesOf } from "./fit-signatures.js";
export * from "./fit-verify.js";
export * from "./ids.js";
export * from "./its.js";
export type { ItsFile, ItsFiles, ItsPlace, ItsProblem } from "./its-source.js";
export * from "./its-write.js";
export * from "./key-file.js";
export { type KeyNode, keyTree, treeWithKey } from "./key-node.js";
export * from "./layout.js";
export * from "./listing.js";
export * from "./optee.js";
export * from "./payload.js";
export * from "./reserved.js";
export {
  type FitSigner,
  type FitSigning,
  type Padding,
  type PublicKey,
  type SigningFailure,
  signatureAlgorithm,
} from "./sign.js";
export * from "./sign-elsewhere.js";
export * from "./uimage.js";
export * from "./uimage-read.js";
