// ubootc/hush: U-Boot's shell, without Node's API.
export * from "./print.js";
export * from "./syntax.js";
