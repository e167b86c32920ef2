// Generating: from a plan to shell trees, from those to the files of a build.
export type { Artifact } from "./artifact.js";
export type { Root } from "./devices.js";
export { dnsmasqFile } from "./dnsmasq.js";
export { reportTakenFiles } from "./file-names.js";
export { packFirmware, prefixOf } from "./firmware.js";
export { keySource, packSources } from "./fits.js";
export { fileNameOf, type GeneratedScript, generate } from "./generate.js";
export { digest, type ManifestEntry, manifestOf } from "./manifest.js";
export { type PackOptions, packProvisions, packScript } from "./pack.js";
export { serversInTurn } from "./script.js";
export { serverFiles } from "./server-files.js";
export { serviceUnit } from "./service-unit.js";
