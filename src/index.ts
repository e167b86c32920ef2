// The public API of ubootc: re-exports only.
export {};
