// Whether a signature in a FIT is that of what it must cover (U-Boot boot/image-fit-sig.c): by the rule
// of U-Boot before v2026.04, which believes the FIT's list of nodes, and by that of later ones.
import { verifySignature } from "#crypto";
import { bytesOf, type Content } from "../content.js";
import { coveredBytes, fdtRegions } from "../fdt/regions.js";
import { cellOf, finderIn, propertyOf, textOf, textsOf } from "../fdt/tree.js";
import type { StoredNode } from "../fdt/write.js";
import { type SignatureAlgorithm, signatureAlgorithm, tooManyNodes } from "../keys/sign.js";
import type { ControlKey } from "./keys.js";
import { type FitConfiguration, type FitProblem, fitProblem, type ReadFit } from "./read.js";

/** A FIT and the file it is in. */
export interface OpenFit {
  readonly content: Content;
  readonly fit: ReadFit;
}

/** What the signature says it covers: the rule before v2026.04. */
export function listed(
  opened: OpenFit,
  { name }: FitConfiguration,
  signature: StoredNode,
  path: string,
): { parts: Content[] } | FitProblem {
  if (!propertyOf(signature, "value")) {
    return fitProblem("signature-value", path, "the configuration is not signed yet");
  }
  const nodes = textsOf(propertyOf(signature, "hashed-nodes"));
  if (!nodes || nodes.length > MAX_NODES || !nodes.includes(`/configurations/${name}`)) {
    return fitProblem(
      "signature-nodes",
      path,
      "hashed-nodes is missing, or not about this configuration",
    );
  }
  return cover(opened, nodes, signature, path);
}

function cover(
  { content, fit }: OpenFit,
  nodes: readonly string[],
  signature: StoredNode,
  path: string,
): { parts: Content[] } | FitProblem {
  const { header } = fit;
  const regions = header && fdtRegions(content, header, new Set(nodes));
  const strings = propertyOf(signature, "hashed-strings");
  const covered = strings ? cellOf({ ...strings, read: (_, count) => strings.read(4, count) }) : 0;
  const most = 20 + 7 * nodes.length;
  if (!header || !regions || regions.length >= most - 1) {
    return fitProblem("signature-nodes", path, "the nodes that are signed cannot be worked out");
  }
  if (covered === undefined || covered > header.stringsSize) {
    return fitProblem("signature-nodes", path, "hashed-strings is longer than the strings");
  }
  return { parts: coveredBytes(content, header, regions, covered) };
}

/** The problem, if the signature does not cover every image: the rule since v2026.04. */
export function uncovered(
  opened: OpenFit,
  configuration: FitConfiguration,
  signature: StoredNode,
  key: ControlKey,
  path: string,
): FitProblem | undefined {
  const nodes = ["/", configuration.path];
  const bare: string[] = [];
  const imageOf = finderIn(opened.fit.images);
  for (const { name } of configuration.images) {
    const image = imageOf(name);
    if (!image) continue;
    const hashes = image.node.children.filter((child) => child.name.startsWith("hash"));
    if (hashes.length === 0) bare.push(name);
    const inner = image.node.children.filter(
      (child) => hashes.includes(child) || ["cipher", "dm-verity"].includes(child.name),
    );
    nodes.push(image.path, ...inner.map((child) => `${image.path}/${child.name}`));
  }
  const tooMany = tooManyNodes(nodes);
  if (tooMany !== undefined) return fitProblem("signature-nodes", path, tooMany);
  const covered = cover(opened, nodes, signature, path);
  const good =
    bare.length === 0 &&
    !("code" in covered) &&
    signs(signature, key, covered.parts, path).length === 0;
  if (good) return undefined;
  const listed = new Set(textsOf(propertyOf(signature, "hashed-nodes")));
  const missing = nodes.filter((node) => !listed.has(node) && node.split("/").length === 3);
  const names = [...bare, ...missing.map((node) => node.replace("/images/", ""))];
  const message = `not everything that the configuration uses is signed: ${[...new Set(names)].join(", ")}`;
  return fitProblem("image-unsigned", configuration.path, message);
}

/** Why `signature` is not that of `parts` with `key`; empty when it is. */
export function signs(
  signature: StoredNode,
  { name, key, algorithm: expected }: ControlKey,
  parts: readonly Content[],
  path: string,
): FitProblem[] {
  const problem = (code: FitProblem["code"], message: string) => [
    fitProblem(code, path, `${name}: ${message}`),
  ];
  const algo = textOf(propertyOf(signature, "algo"));
  const algorithm = algo === undefined ? undefined : signatureAlgorithm(algo);
  const padding = textOf(propertyOf(signature, "padding")) ?? "pkcs-1.5";
  if (!algorithm || (padding !== "pkcs-1.5" && padding !== "pss")) {
    return problem(
      "signature-algo",
      `${algo ?? "no algo"} with ${padding} is nothing U-Boot verifies`,
    );
  }
  if (!key) return problem("key-unusable", "the key's numbers are not a key");
  if (!fits(algorithm, key, expected)) {
    return problem(
      "signature-algo",
      `the signature is ${algo}, the key for ${expected ?? "another"}`,
    );
  }
  const value = propertyOf(signature, "value");
  const length = (key.kind === "rsa" ? 1 : 2) * (key.bits / 8);
  if (value?.size !== length) {
    return problem("signature-value", `the signature has ${value?.size ?? 0} of ${length} bytes`);
  }
  const good = verifySignature(key, algorithm.hash, padding, parts, bytesOf(value));
  if (good) return [];
  const why = good === undefined ? "cannot be checked here" : "is not that of what is there";
  return problem("signature-wrong", `the signature ${why}`);
}

/** The remark, if U-Boot before v2022.07 refuses `signature`, a good one of `parts`, for its salt. */
export function saltProblem(
  signature: StoredNode,
  { key }: ControlKey,
  parts: readonly Content[],
  path: string,
): FitProblem[] {
  const algorithm = signatureAlgorithm(textOf(propertyOf(signature, "algo")) ?? "");
  const value = propertyOf(signature, "value");
  if (key?.kind !== "rsa" || !algorithm || !value) return [];
  if (textOf(propertyOf(signature, "padding")) !== "pss") return [];
  const largest = verifySignature(key, algorithm.hash, "pss", parts, bytesOf(value), "largest");
  if (largest !== false) return [];
  const message =
    "its PSS has another salt than the largest, the only one that U-Boot takes before v2022.07";
  return [fitProblem("signature-salt", path, message)];
}

/** Nodes that a signature may name (IMAGE_MAX_HASHED_NODES). */
const MAX_NODES = 100;

function fits(
  algorithm: SignatureAlgorithm,
  key: NonNullable<ControlKey["key"]>,
  expected: string | undefined,
): boolean {
  if (algorithm.kind !== key.kind || algorithm.bits !== key.bits) return false;
  return expected === algorithm.name || (key.kind === "ecdsa" && expected === undefined);
}

/** The signature nodes in a node. */
export function signaturesOf({ children }: StoredNode): StoredNode[] {
  return children.filter(({ name }) => name.startsWith("signature"));
}
