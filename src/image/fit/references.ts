// What the configurations of a FIT name, and what of that is not there: as U-Boot finds images, and as
// mkimage since v2026.10 refuses to write them (tools/fit_image.c). Reading and writing both come here.
import { answersTo, type FdtNode, finderIn, propertyOf, textOf, textsOf } from "../fdt/tree.js";

/** A name that belongs to nothing. */
export interface MissingReference {
  readonly code: "default-missing" | "image-missing";
  /** The node that has it. */
  readonly path: string;
  readonly message: string;
}

/** Properties that certainly name an image. */
const naming = new Set(
  "kernel fdt ramdisk loadables firmware fpga script setup standalone".split(" "),
);

/** Properties of a configuration that name no image; all others do (U-Boot v2026.04). */
const other = new Set(["description", "compatible", "default"]);

/** The images that the properties of a configuration name, in order. */
export function imagesNamedBy(
  configuration: FdtNode,
): readonly { readonly property: string; readonly name: string }[] {
  return configuration.properties
    .filter(({ name }) => !other.has(name))
    .flatMap(({ name: property, value }) => {
      return (textsOf(value) ?? []).map((name) => ({ property, name }));
    });
}

/** What `configurations`, the node, names and is neither there nor in `images`. */
export function missingReferences(
  images: FdtNode | undefined,
  configurations: FdtNode | undefined,
): MissingReference[] {
  if (!configurations) return [];
  const imageOf = finderIn(images?.children ?? []);
  const name = textOf(propertyOf(configurations, "default"));
  const lacksDefault =
    name !== undefined && !configurations.children.some((one) => answersTo(one, name));
  const missing = configurations.children.flatMap((configuration) =>
    imagesNamedBy(configuration)
      .filter(({ property, name }) => name !== "" && naming.has(property) && !imageOf(name))
      .map(({ property, name }) => ({
        code: "image-missing" as const,
        path: `/configurations/${configuration.name}`,
        message: `${property} = ${name}, but there is no such image`,
      })),
  );
  const message = `the default configuration ${name} is not there`;
  return lacksDefault
    ? [{ code: "default-missing", path: "/configurations", message }, ...missing]
    : missing;
}
