// An initrd that Linux cannot unpack: of lz4 it knows only the old format (lib/decompress.c).
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";

export const initrdCompression: FileFault = ({ kind, name, file, inside: { compression } }) =>
  kind === "initrd" && compression === "lz4"
    ? finding("initrd-compression", { name, file })
    : undefined;
