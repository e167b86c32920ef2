// ubootc/image: U-Boot's image formats, without Node's API.

export { crc32 } from "#crc32";
export * from "./compress.js";
export * from "./compressed.js";
export * from "./content.js";
export * from "./describe.js";
export * from "./fdt.js";
export * from "./ids.js";
export * from "./layout.js";
export * from "./listing.js";
export * from "./optee.js";
export * from "./payload.js";
export * from "./reserved.js";
export * from "./uimage.js";
export * from "./uimage-read.js";
