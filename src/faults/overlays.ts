// Labels that overlays refer to. `fdt apply` and `bootm` resolve `__fixups__` of an overlay against
// `__symbols__` of the tree (U-Boot scripts/dtc/libfdt), to which each overlay adds its own.
import { type Content, childOf, readFdt } from "../image/index.js";

/** A label that an overlay refers to and that is not there then. */
export interface LabelMissing<Overlay> {
  readonly overlay: Overlay;
  readonly label: string;
  /** Whether the tree has any labels. */
  readonly any: boolean;
}

/** The first label that is missing of each of `overlays`, applied to `tree` one after the other. */
export function labelsMissing<Overlay extends { readonly content?: Content | undefined }>(
  tree: Content | undefined,
  overlays: readonly Overlay[],
): readonly LabelMissing<Overlay>[] {
  const known = new Set(namesIn(tree, "__symbols__"));
  return overlays.flatMap((overlay) => {
    const label = namesIn(overlay.content, "__fixups__").find((each) => !known.has(each));
    const missing = label === undefined ? [] : [{ overlay, label, any: known.size > 0 }];
    for (const each of namesIn(overlay.content, "__symbols__")) known.add(each);
    return missing;
  });
}

/** The names of the properties of a node below the root of a tree. */
function namesIn(content: Content | undefined, node: string): readonly string[] {
  const { tree } = content ? readFdt(content) : {};
  return childOf(tree?.root, node)?.properties.map(({ name }) => name) ?? [];
}
