// Numbers and names as people read them. Leaves out what imitates U-Boot or mkimage, which print in their own
// ways, and the image library, which stands on nothing.

/** An address: `0x` and `digits` hexadecimal digits or more. */
export const hex = (address: number, digits = 8): string =>
  `0x${address.toString(16).padStart(digits, "0")}`;

/** The last part of a path, however its folders are separated. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
