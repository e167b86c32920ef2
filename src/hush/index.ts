// ubootc/hush: U-Boot's shell, without Node's API.
export {};
