// The version of this package, read from where it is kept.
import { readFileSync } from "node:fs";

const manifest = new URL("../../package.json", import.meta.url);

/** As in package.json. */
export function version(): string {
  const found: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  return found instanceof Object && "version" in found ? String(found.version) : "unknown";
}
