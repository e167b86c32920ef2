// mkimage's way to a FIT, and keys as it wants them.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyFor, TIME } from "../../image/fit-bench.js";
import { run } from "../../tools/tools.js";

/** The FIT that mkimage makes of `source` in `folder`, or what it said. */
export function mkimageFit(folder: string, source: string, flags: readonly string[] = []) {
  writeFileSync(join(folder, "source.its"), source);
  const args = ["-q", "-f", "source.its", ...flags, "theirs.itb"];
  const env = { SOURCE_DATE_EPOCH: `${TIME}` };
  const { status, stdout, stderr } = run("mkimage", args, { cwd: folder, env });
  if (status !== 0) return { said: `${stdout}${stderr}` };
  return { image: readFileSync(join(folder, "theirs.itb")) };
}

/** Writes the key of `algorithm` into `folder`/keys as mkimage wants it, certificate and all. */
export function writeKeys(folder: string, algorithm: string): void {
  const keys = join(folder, "keys");
  mkdirSync(keys, { recursive: true });
  const key = join(keys, "dev.key");
  writeFileSync(key, keyFor(algorithm));
  copyFileSync(key, join(keys, "dev.pem"));
  if (!algorithm.includes("rsa")) return;
  const certificate = ["req", "-batch", "-new", "-x509", "-subj", "/CN=test"];
  run("openssl", [...certificate, "-key", key, "-out", join(keys, "dev.crt")]);
}
