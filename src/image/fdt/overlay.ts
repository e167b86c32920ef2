// What U-Boot needs to put an overlay on a device tree: labels that the tree has, and room for what is
// added. The merged tree is made in merge.ts. Governed by lib/libfdt/fdt_overlay.c.
import { childOf, type FdtNode, propertyOf, textOf, textsOf } from "./tree.js";
import { nodeSize, propertySize } from "./write.js";

/** The labels of `base` that `overlay` refers to and `base` does not have; none when it needs none. */
export function missingLabels(base: FdtNode, overlay: FdtNode): readonly string[] {
  const symbols = childOf(base, "__symbols__");
  const wanted = childOf(overlay, "__fixups__")?.properties ?? [];
  return wanted.map(({ name }) => name).filter((name) => !propertyOf(symbols, name));
}

/** How many bytes longer `base` is with `overlay` in it, at least: strings that both have are shared. */
export function overlayGrowth(base: FdtNode, overlay: FdtNode): number {
  const symbols = childOf(base, "__symbols__");
  const fragments = overlay.children.flatMap((fragment) => {
    const content = childOf(fragment, "__overlay__");
    return content ? [{ content, target: targetOf(fragment, base, overlay) }] : [];
  });
  const merged = fragments.reduce((sum, { content, target }) => sum + growthOf(target, content), 0);
  // Labels of the overlay become labels of the tree, where it has any.
  const labels = symbols ? (childOf(overlay, "__symbols__")?.properties.length ?? 0) : 0;
  return merged + labels * propertySize(1);
}

/** The node that a fragment goes to; undefined where that is not known. */
function targetOf(fragment: FdtNode, base: FdtNode, overlay: FdtNode): FdtNode | undefined {
  const path = textOf(propertyOf(fragment, "target-path"));
  if (path !== undefined) return nodeAt(base, path);
  const place = `/${fragment.name}:target:0`;
  const label = childOf(overlay, "__fixups__")?.properties.find(({ value }) =>
    textsOf(value)?.includes(place),
  )?.name;
  const symbol = label && textOf(propertyOf(childOf(base, "__symbols__"), label));
  return symbol ? nodeAt(base, symbol) : undefined;
}

function nodeAt(root: FdtNode, path: string): FdtNode | undefined {
  let node: FdtNode | undefined = root;
  for (const name of path.split("/").filter(Boolean)) node = childOf(node, name);
  return node;
}

function growthOf(target: FdtNode | undefined, added: FdtNode): number {
  const properties = added.properties.map(({ name, value }) => {
    const before = propertyOf(target, name);
    return propertySize(value.size) - (before ? propertySize(before.size) : 0);
  });
  const nodes = added.children.map((child) => {
    const before = childOf(target, child.name);
    return (
      growthOf(before, child) + (before ? 0 : nodeSize({ ...child, properties: [], children: [] }))
    );
  });
  return [...properties, ...nodes].reduce((sum, each) => sum + each, 0);
}
