// Makes a FIT of a tree, with the bytes of mkimage 2023.01: adds timestamp, hashes and signatures, with
// as much slack as that leaves, and moves the data after the tree if asked to (tools/fit_image.c and
// tools/image-host.c of U-Boot). Leaves out encryption. The tree comes from its.ts, fit.ts or an image.
import { type Content, concatenate, contentOf, zeros } from "../content.js";
import { type DigestName, digestsOf, isDigest } from "../digest.js";
import { type EditedNode, FdtEditor } from "../fdt/edit.js";
import { cells, childOf, propertyOf, textOf } from "../fdt/tree.js";
import { type StoredNode, type StoredTree, sizesOf } from "../fdt/write.js";
import { Coverage } from "../keys/coverage.js";
import {
  type FitSigning,
  type Signature,
  type SignatureNode,
  type Signing,
  signNode,
} from "../keys/sign.js";
import { hex } from "../layout.js";
import type { FitFault, FitWarning } from "./fault.js";
import type { ReadFit } from "./read.js";
import { missingReferences } from "./references.js";
import { namesWithAt, preLoadKey, unsignedImages } from "./warnings.js";

/** Where the data lies that is moved out of the tree. */
export interface ExternalData {
  /** From the start of the file, in bytes: right after the tree unless given. */
  readonly position?: number;
  /** What the tree and each image are filled up to, in bytes: a power of two, 4 unless given. */
  readonly alignment?: number;
}

/** How a FIT is made. */
export interface FitOptions {
  /** Seconds since 1970; none is written unless given. */
  readonly time?: number;
  /** Data stays inside unless given. */
  readonly external?: ExternalData;
  readonly signing?: FitSigning;
  /** Only to see how large it becomes: hashes are zeros, and no data is read for them. */
  readonly draft?: boolean;
  /** U-Boot's control tree, which is to get the public keys. */
  readonly control?: ControlTree;
}

/** A control tree as it is in a file. */
export interface ControlTree {
  readonly tree: StoredTree;
  /** Bytes of the tree with its slack, as its header has it. */
  readonly totalSize: number;
}

/** A FIT, or why there is none. */
export type EncodedFit =
  | {
      readonly image: Content;
      /** With the public keys, when it was given. */
      readonly control: Content | undefined;
      /** Signature nodes that are not signed, because their key is not there. */
      readonly unsigned: readonly { readonly path: string; readonly hint: string }[];
      /** Paths of signature nodes that are signed. */
      readonly signed: readonly string[];
      readonly warnings: readonly FitWarning[];
      /** Path of the node in the control tree that was written last. */
      readonly keyNode: string | undefined;
      readonly problems: readonly [];
    }
  | { readonly image: undefined; readonly problems: readonly FitFault[] };

/** mkimage tries with more and more slack until everything fits, in bytes. */
const SLACK = { step: 1024, most: 64 * 1024 };

/** Where mkimage gives up, the steps become longer: what is tried then, in bytes. */
const MORE_SLACK = [18, 20, 22, 24, 26].map((power) => 2 ** power);

/** Makes a FIT of `tree`. The data of its images is read once, and again when the result is. */
export function encodeFit(tree: StoredTree, options: FitOptions = {}): EncodedFit {
  const problems = [...faultsOf(tree), ...externalFaults(options.external)];
  if (problems.length > 0) return { image: undefined, problems };
  const digests = digestAll(tree.root, options.draft === true);
  const { control } = options;
  const keys =
    control && new FdtEditor(control.tree, control.totalSize - sizesOf(control.tree).total);
  const tried = Array.from({ length: SLACK.most / SLACK.step }, (_, step) => step * SLACK.step);
  let signatures: readonly Signature[] = [];
  for (const slack of [...tried, ...MORE_SLACK]) {
    const kept = 2 * SLACK.most + 2 * (options.external?.alignment ?? 0);
    const editor = new FdtEditor(tree, slack, kept);
    // The keys of an attempt that failed stay, as they do in mkimage's file.
    keys?.grow(slack);
    const made: Signature[] = [];
    const outcome = complete(editor, keys, digests, { ...options, before: signatures, made });
    signatures = made;
    if (outcome === "no-room") continue;
    if ("code" in outcome) return { image: undefined, problems: [outcome] };
    const image = options.external ? moveOut(editor, options.external) : editor.content();
    if (image === "no-room") continue;
    if ("code" in image) return { image: undefined, problems: [image] };
    const warnings = [
      ...namesWithAt(tree.root),
      ...(options.signing ? preLoadKey(options.control?.tree.root) : []),
      ...outcome.warnings,
    ];
    return { image, control: keys?.content(), ...outcome, warnings, problems: [] };
  }
  const message = "there is no room for its hashes and signatures";
  return { image: undefined, problems: [{ code: "fit-too-large", path: "/", message }] };
}

function faultsOf({ root }: StoredTree): FitFault[] {
  const images = childOf(root, "images");
  if (!images) return [{ code: "fit-no-images", path: "/", message: "there is no /images" }];
  if (!propertyOf(root, "description")) {
    const message = "the root has no description, which every U-Boot asks for";
    return [{ code: "fit-no-description", path: "/", message }];
  }
  const missing = missingReferences(images, childOf(root, "configurations"));
  return [...missing, ...images.children.flatMap(imageFaults)];
}

function imageFaults(image: StoredNode): FitFault[] {
  const path = `/images/${image.name}`;
  if (!propertyOf(image, "data")) {
    return [{ code: "image-no-data", path, message: "the image has no data" } as const];
  }
  // mkimage notes what it has encrypted; anything else would be written in the clear.
  const isOpen = !propertyOf(image, "data-size-unciphered");
  if (isOpen && image.children.some(({ name }) => name.startsWith("cipher"))) {
    const message = "the image is to be encrypted, which is not done here: use U-Boot's mkimage";
    return [{ code: "image-cipher", path, message } as const];
  }
  // What is done already has a digest; nothing here can make the tree of hashes after the data.
  const verity = childOf(image, "dm-verity");
  if (verity && !propertyOf(verity, "digest")) {
    const message =
      "the image is to get hashes for dm-verity, which is not done here: use mkimage of U-Boot v2026.10 with -E, or write what `veritysetup format` gives into the node and after the data";
    return [{ code: "image-verity", path, message } as const];
  }
  return hashNodes(image).flatMap((node): FitFault[] => {
    const algo = textOf(propertyOf(node, "algo"));
    if (algo !== undefined && isDigest(algo)) return [];
    const message = algo === undefined ? "the hash has no algo" : `${algo} cannot be computed`;
    return [{ code: "hash-algo", path: `${path}/${node.name}`, message }];
  });
}

function externalFaults(external: ExternalData | undefined): FitFault[] {
  const alignment = external?.alignment ?? 4;
  if (alignment > 0 && alignment <= 1 << 30 && (alignment & (alignment - 1)) === 0) return [];
  const message = `the alignment ${hex(alignment, 1)} is not a power of two`;
  return [{ code: "external-alignment", path: "/", message }];
}

function hashNodes<Node extends StoredNode>({ children }: { children: readonly Node[] }): Node[] {
  return children.filter(({ name }) => name.startsWith("hash"));
}

type Digests = ReadonlyMap<Content, ReadonlyMap<DigestName, Uint8Array>>;

/** Every digest that hash nodes ask for, each data read once; of a draft, values of that length. */
function digestAll(root: StoredNode, draft: boolean): Digests {
  const wanted = new Map<Content, Set<DigestName>>();
  for (const image of childOf(root, "images")?.children ?? []) {
    const data = propertyOf(image, "data");
    if (!data) continue;
    const names = hashNodes(image).map((node) => textOf(propertyOf(node, "algo")) ?? "");
    const known = wanted.get(data) ?? new Set();
    for (const name of names.filter(isDigest)) known.add(name);
    wanted.set(data, known);
  }
  const nothing = contentOf(new Uint8Array(0));
  return new Map(
    [...wanted].map(([data, names]) => [data, digestsOf(draft ? nothing : data, names)]),
  );
}

interface Completed {
  readonly signed: string[];
  readonly unsigned: { path: string; hint: string }[];
  readonly warnings: FitWarning[];
  keyNode: string | undefined;
}

/** Adds what mkimage adds, in its order. */
function complete(
  editor: FdtEditor,
  keys: FdtEditor | undefined,
  digests: Digests,
  { time, signing, before, made }: FitOptions & Pick<Signing, "before" | "made">,
): Completed | FitFault | "no-room" {
  const done: Completed = { signed: [], unsigned: [], warnings: [], keyNode: undefined };
  if (time !== undefined && !editor.set(editor.root, "timestamp", cells(time))) return "no-room";
  const coverage = new Coverage(editor);
  const trees = { editor, coverage, control: keys, before, made };
  const sign = (node: SignatureNode) => {
    if (!signing) return undefined;
    const outcome = signNode(node, trees, signing);
    if (outcome === "no-room" || "code" in outcome) return outcome;
    const { path } = node;
    if ("missing" in outcome) done.unsigned.push({ path, hint: outcome.missing });
    else done.signed.push(path);
    if ("missing" in outcome) return undefined;
    done.keyNode = outcome.keyNode ?? done.keyNode;
    const { configuration } = node;
    if (configuration) done.warnings.push(...unsignedImages(configuration, outcome.nodes, path));
    return undefined;
  };
  for (const image of childOf(editor.root, "images")?.children ?? []) {
    const data = propertyOf(image, "data") ?? contentOf(new Uint8Array(0));
    for (const node of image.children) {
      const path = `/images/${image.name}/${node.name}`;
      const signature = node.name.startsWith("signature");
      const outcome = node.name.startsWith("hash")
        ? writeHash(editor, node, digests.get(data))
        : signature
          ? sign({ node, path, image: data })
          : undefined;
      if (outcome) return outcome;
    }
  }
  const configurations = childOf(editor.root, "configurations");
  if (signing && !configurations) {
    const message = "there is no /configurations to sign";
    return { code: "fit-no-configurations", path: "/", message };
  }
  for (const configuration of configurations?.children ?? []) {
    for (const node of configuration.children) {
      if (!node.name.startsWith("signature")) continue;
      const path = `/configurations/${configuration.name}/${node.name}`;
      const outcome = sign({ node, path, configuration });
      if (outcome) return outcome;
    }
  }
  return done;
}

function writeHash(
  editor: FdtEditor,
  node: EditedNode,
  digests: ReadonlyMap<DigestName, Uint8Array> | undefined,
): "no-room" | undefined {
  const algo = textOf(propertyOf(node, "algo")) ?? "";
  const value = isDigest(algo) ? digests?.get(algo) : undefined;
  return value && editor.set(node, "value", contentOf(value)) ? undefined : "no-room";
}

/** Moves the data of every image after the tree. */
function moveOut(editor: FdtEditor, external: ExternalData): Content | FitFault | "no-room" {
  const alignment = external.alignment ?? 4;
  const position = external.position || undefined;
  const behind: Content[] = [];
  let offset = 0;
  for (const image of childOf(editor.root, "images")?.children ?? []) {
    const data = propertyOf(image, "data");
    if (!data) continue;
    editor.remove(image, "data");
    const place = position === undefined ? "data-offset" : "data-position";
    const other = position === undefined ? "data-position" : "data-offset";
    // A target looks at the position first, so an old one must not stay.
    editor.remove(image, other);
    if (!editor.set(image, place, cells((position ?? 0) + offset))) return "no-room";
    if (!editor.set(image, "data-size", cells(data.size))) return "no-room";
    behind.push(data, zeros(roundUp(data.size, alignment) - data.size));
    offset += roundUp(data.size, alignment);
  }
  const size = roundUp(editor.size, alignment);
  if (position !== undefined && position < size) {
    const message = `data cannot start at ${hex(position, 1)}, where the tree still is: it ends at ${hex(size, 1)}`;
    return { code: "external-position", path: "/images", message };
  }
  if ((position ?? size) + offset > 0xffffffff) {
    return { code: "fit-too-large", path: "/images", message: "the data ends beyond 4 GiB" };
  }
  // Images that are all empty leave nothing to be positioned.
  const gap = zeros(offset > 0 ? (position ?? size) - size : 0);
  return concatenate([editor.content(size), gap, ...behind.filter((part) => part.size > 0)]);
}

function roundUp(size: number, alignment: number): number {
  return Math.ceil(size / alignment) * alignment;
}

/**
 * The tree of an image that is there, with its data inside again, to be made anew (mkimage -F).
 * `external` when its data is to be moved out again. Of use only without damage.
 */
export function reopenFit(
  { tree, images }: ReadFit & { tree: StoredTree },
  external: boolean,
): StoredTree {
  const outside = images.filter((image) => image.external && image.data);
  const room = outside.reduce((sum, { data }) => sum + (data?.size ?? 0) + 64, 0);
  const editor = new FdtEditor(tree, room);
  const nodes = new Map(
    childOf(editor.root, "images")?.children.map((node) => [node.name, node] as const),
  );
  for (const { name, data } of outside) {
    const node = nodes.get(name);
    if (!node || !data) continue;
    editor.set(node, "data", data);
    // What says where the data was would be believed by U-Boot, so it may stay only to be set anew.
    if (external) continue;
    for (const place of ["data-offset", "data-position", "data-size"]) editor.remove(node, place);
  }
  return editor.stored();
}
