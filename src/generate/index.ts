// Generating: from a program to shell trees, from those to the files of a build.
export type { Artifact } from "./artifact.js";
export {
  type AssembleOptions,
  assemble,
  type Generated,
  type GeneratedScript,
  generate,
} from "./generate.js";
export { digest, type ManifestEntry, manifestOf } from "./manifest.js";
