// What a FIT is made in spite of: things that some U-Boot refuses, or boots without protection.
import { answersTo, childOf, type FdtNode } from "../fdt/tree.js";
import { tooManyNodes } from "../keys/sign.js";
import type { FitWarning } from "./fault.js";
import { imagesNamedBy } from "./references.js";

/** The warning, if nodes of a FIT have an @ in their names: U-Boot refuses them where it verifies. */
export function namesWithAt(root: FdtNode): FitWarning[] {
  const [first, ...more] = pathsWithAt(root, "");
  if (first === undefined) return [];
  const others = more.length > 0 ? ` (and ${more.length} more)` : "";
  const message = `a U-Boot that verifies signatures refuses names with an @${others}: write a - instead`;
  return [{ code: "at-in-name", path: first, message }];
}

/** The warning, if `control`, the root of a control tree, wants a key that mkimage can be built to write. */
export function preLoadKey(control: FdtNode | undefined): FitWarning[] {
  const path = "/image/pre-load/sig";
  const names = path.slice(1).split("/");
  const node = names.reduce<FdtNode | undefined>(childOf, control);
  if (!node) return [];
  const message =
    "the key of a pre-load header is not written here, nor that header: binman makes both";
  return [{ code: "pre-load-key", path, message }];
}

function* pathsWithAt(node: FdtNode, path: string): Generator<string> {
  for (const child of node.children) {
    const inner = `${path}/${child.name}`;
    if (child.name.includes("@")) yield inner;
    yield* pathsWithAt(child, inner);
  }
}

/** What the signature at `path` leaves out of `configuration`, when it covers the nodes `covered`. */
export function unsignedImages(
  configuration: FdtNode,
  covered: readonly string[],
  path: string,
): FitWarning[] {
  const tooMany = tooManyNodes(covered);
  if (tooMany !== undefined) return [{ code: "signature-nodes", path, message: tooMany }];
  const open = imagesNamedBy(configuration).filter(
    ({ name }) => !covered.some((each) => answersTo({ name: each }, `/images/${name}`)),
  );
  if (open.length === 0) return [];
  const what = open.map(({ property, name }) => `${property} = ${name}`).join(", ");
  const properties = [...new Set(open.map(({ property }) => `"${property}"`))].join(", ");
  const message = `it does not cover ${what}: U-Boot before v2026.04 boots that unprotected, later ones refuse it; add ${properties} to sign-images`;
  return [{ code: "image-unsigned", path, message }];
}
