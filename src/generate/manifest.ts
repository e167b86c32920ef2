// manifest.json: every file of a build, what is in it and where it comes from. No time, no path of
// the machine it was built on.
import { createHash, hash } from "node:crypto";
import { bytesOf, CHUNK, type Content, chunks } from "../image/index.js";
import type { Artifact } from "./artifact.js";

/** One file of the manifest. */
export interface ManifestEntry {
  /** Below the output folder: `tftp/linux.uImage`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  /** File names of the flow and of inputs, without folders. */
  readonly madeFrom: readonly string[];
  /** The load address of an image, `0x…`. */
  readonly load?: string;
  /** The client it is for. */
  readonly client?: string;
}

/** The manifest of `artifacts`, in the order of their paths. */
export function manifestOf(artifacts: readonly Artifact[]): readonly ManifestEntry[] {
  const digests = new Map<Content, string>();
  return artifacts
    .map(({ root, name, content, madeFrom, load, client }) => {
      const sha256 = digests.get(content) ?? digest(content);
      digests.set(content, sha256);
      return {
        path: `${root}/${name}`,
        size: content.size,
        sha256,
        madeFrom,
        ...(load === undefined ? {} : { load: `0x${load.toString(16).padStart(8, "0")}` }),
        ...(client === undefined ? {} : { client }),
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** SHA-256 of `content`, hexadecimal. */
export function digest(content: Content): string {
  // In one call, which counts where there are thousands of scripts.
  if (content.size <= CHUNK) return hash("sha256", bytesOf(content));
  const whole = createHash("sha256");
  for (const piece of chunks(content)) whole.update(piece);
  return whole.digest("hex");
}
