// ubootc/image: U-Boot's image formats, without Node's API.
export * from "./content.js";
