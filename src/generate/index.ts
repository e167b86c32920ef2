// Generating: from a plan to shell trees, from those to the files of a build.

export type { Root } from "../steps/index.js";
export type { Artifact, ScriptLine } from "./artifact.js";
export { reportTakenFiles } from "./file-names.js";
export { keySource, packSources } from "./fits.js";
export { generate } from "./generate.js";
export type { GeneratedScript } from "./generated.js";
export { digest, type ManifestEntry, manifestOf } from "./manifest.js";
export { type PackOptions, packProvisions, packScript } from "./pack.js";
export { dnsmasqFile } from "./server/dnsmasq.js";
export { packFirmware, prefixOf } from "./server/firmware.js";
export { serverFiles } from "./server/server-files.js";
export { serviceUnit } from "./server/service-unit.js";
export { serversInTurn } from "./shell/script.js";
