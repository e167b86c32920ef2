// Reads a FIT: its images and configurations, and where the data lies. Only the structure; hashes and
// signatures are checked in fit-verify.ts. Never throws on hostile bytes, and data is not read.
// Document: U-Boot doc/usage/fit/source_file_format.rst, boot/image-fit.c.
import { type Content, slice } from "../content.js";
import { aligned, type FdtHeader, walkFdt } from "../fdt/fdt.js";
import { type FdtFault, readFdt } from "../fdt/read.js";
import { cellOf, childOf, numberOf, propertyOf, textOf, textsOf } from "../fdt/tree.js";
import type { StoredNode, StoredTree } from "../fdt/write.js";
import { architectures, compressions, operatingSystems, spelled, types } from "../ids.js";
import { hex } from "../layout.js";
import { imagesNamedBy, missingReferences } from "./references.js";

/** Something wrong with a FIT. */
export interface FitProblem {
  readonly code: FitProblemCode;
  /** `damage`: U-Boot refuses or misreads it; `remark`: it does not care. */
  readonly severity: "damage" | "remark";
  /** The node it is about. */
  readonly path: string;
  readonly message: string;
}

const severities = {
  "no-description": "damage",
  "no-timestamp": "remark",
  "no-images": "damage",
  "at-in-name": "remark",
  "slash-in-name": "damage",
  "odd-name": "remark",
  "duplicate-name": "damage",
  "data-missing": "damage",
  "data-outside": "damage",
  "image-missing": "damage",
  "image-type": "damage",
  "default-missing": "damage",
  "fdt-expected": "damage",
  "script-outside": "remark",
  "hash-missing": "remark",
  "hash-ignored": "remark",
  "hash-weak": "remark",
  "hash-algo": "damage",
  "hash-value": "damage",
  "hash-wrong": "damage",
  "signature-missing": "damage",
  "signature-wrong": "damage",
  "signature-algo": "damage",
  "signature-salt": "remark",
  "signature-value": "damage",
  "signature-nodes": "damage",
  "image-unsigned": "damage",
  "too-large": "damage",
  "key-unusable": "damage",
} as const;

/** What can be wrong with a FIT, beside what can be wrong with a device tree. */
export type FitProblemCode = keyof typeof severities | FdtFault["code"];

/** A problem of the severity that belongs to `code`. */
export function fitProblem(code: FitProblemCode, path: string, message: string): FitProblem {
  const severity = code in severities ? severities[code as keyof typeof severities] : "damage";
  return { code, severity, path, message };
}

/** An image in a FIT. What is a name of ids.ts, in whatever case, is given as it stands there. */
export interface FitImage {
  readonly name: string;
  readonly path: string;
  readonly node: StoredNode;
  readonly description: string | undefined;
  readonly type: string | undefined;
  readonly arch: string | undefined;
  readonly os: string | undefined;
  readonly compression: string | undefined;
  readonly load: bigint | undefined;
  readonly entry: bigint | undefined;
  /** Undefined when it is not there or not all of it. */
  readonly data: Content | undefined;
  /** Of the data, in bytes, as it is recorded. */
  readonly size: number | undefined;
  /** What the data is found by; undefined when it is inside the tree. */
  readonly external: "data-offset" | "data-position" | undefined;
}

/** A configuration of a FIT. */
export interface FitConfiguration {
  readonly name: string;
  readonly path: string;
  readonly node: StoredNode;
  readonly description: string | undefined;
  readonly compatible: readonly string[];
  /** The images that its properties name, in order. */
  readonly images: readonly { readonly property: string; readonly name: string }[];
}

/** What could be read of a FIT. */
export interface ReadFit {
  /** Undefined when it is no device tree that can be read. */
  readonly tree: StoredTree | undefined;
  readonly header: FdtHeader | undefined;
  readonly description: string | undefined;
  /** Seconds since 1970. */
  readonly time: number | undefined;
  readonly images: readonly FitImage[];
  readonly configurations: readonly FitConfiguration[];
  readonly defaultConfiguration: string | undefined;
  readonly problems: readonly FitProblem[];
}

/** Reads the FIT in `content`. */
export function readFit(content: Content): ReadFit {
  const { tree, header, problem } = readFdt(content);
  if (!tree) {
    const problems = [
      fitProblem(problem.code, "/", `${problem.message} (at ${hex(problem.offset, 1)})`),
    ];
    const nothing = { tree, description: undefined, time: undefined, images: [] };
    return { ...nothing, header, configurations: [], defaultConfiguration: undefined, problems };
  }
  const { root } = tree;
  const problems: FitProblem[] = [];
  const imagesNode = childOf(root, "images");
  const read = { content, header, problems };
  const images = (imagesNode?.children ?? []).map((node) => readImage(node, read));
  const configurationsNode = childOf(root, "configurations");
  const configurations = (configurationsNode?.children ?? []).map(readConfiguration);
  const defaultConfiguration = textOf(propertyOf(configurationsNode, "default"));
  const found: ReadFit = {
    tree,
    header,
    images,
    configurations,
    defaultConfiguration,
    problems,
    description: textOf(propertyOf(root, "description")),
    time: cellOf(propertyOf(root, "timestamp")),
  };
  problems.push(
    ...formProblems(found, imagesNode),
    ...nameProblems(root, ""),
    ...missingReferences(imagesNode, configurationsNode).map(({ code, path, message }) =>
      fitProblem(code, path, message),
    ),
  );
  return found;
}

/** Where the data of each image lies in the file, in bytes from its start. */
export function dataPlaces(
  content: Content,
): ReadonlyMap<string, { readonly start: number; readonly size: number }> {
  const places = new Map<string, { start: number; size: number }>();
  for (const { name, data, external, node } of readFit(content).images) {
    if (!data || !external) continue;
    const tree = external === "data-offset" ? aligned(treeSize(content)) : 0;
    places.set(name, { start: tree + (cellOf(propertyOf(node, external)) ?? 0), size: data.size });
  }
  const path: string[] = [];
  for (const item of walkFdt(content)) {
    if (item.kind === "node") path.splice(item.depth, path.length, item.name);
    else if (item.name === "data" && item.depth === 2 && path[1] === "images") {
      places.set(path[2] ?? "", { start: item.offset, size: item.length });
    }
  }
  return places;
}

const treeSize = (content: Content) => readFdt(content).header?.totalSize ?? 0;

interface Reading {
  readonly content: Content;
  readonly header: FdtHeader;
  readonly problems: FitProblem[];
}

function readImage(node: StoredNode, reading: Reading): FitImage {
  const path = `/images/${node.name}`;
  const text = (name: string) => textOf(propertyOf(node, name));
  const data = dataOf(node, path, reading);
  const type = spelled(types, text("type"));
  if (data.external && type === "script") {
    const message = "`source` reads a script that is not inside the tree since v2023.07 only";
    reading.problems.push(fitProblem("script-outside", path, message));
  }
  return {
    name: node.name,
    path,
    node,
    description: text("description"),
    type,
    arch: spelled(architectures, text("arch")),
    os: spelled(operatingSystems, text("os")),
    compression: spelled(compressions, text("compression")),
    load: numberOf(propertyOf(node, "load")),
    entry: numberOf(propertyOf(node, "entry")),
    ...data,
  };
}

/** The data as a target finds it: by its position, else by its offset, else inside. */
function dataOf(node: StoredNode, path: string, { content, header, problems }: Reading) {
  const position = cellOf(propertyOf(node, "data-position"));
  const offset = cellOf(propertyOf(node, "data-offset"));
  if (position === undefined && offset === undefined) {
    const data = propertyOf(node, "data");
    if (!data) problems.push(fitProblem("data-missing", path, "the image has no data"));
    return { data, size: data?.size, external: undefined };
  }
  const external = position === undefined ? ("data-offset" as const) : ("data-position" as const);
  const size = cellOf(propertyOf(node, "data-size"));
  if (size === undefined) {
    problems.push(fitProblem("data-missing", path, `${external} is there, but no data-size`));
    return { data: undefined, size, external };
  }
  const start = position ?? externalBase(header) + (offset ?? 0);
  if (size > 0 && (start < header.totalSize || start + size > content.size)) {
    const place = `${hex(start, 1)} to ${hex(start + size, 1)}`;
    const message = `the data from ${place} lies outside the ${hex(content.size, 1)} bytes of the file`;
    problems.push(fitProblem("data-outside", path, message));
    return { data: undefined, size, external };
  }
  return { data: slice(content, start, size), size, external };
}

/** Where external data starts that has an offset, in bytes from the start of the file. */
export function externalBase({ totalSize }: FdtHeader): number {
  return Math.ceil(totalSize / 4) * 4;
}

function readConfiguration(node: StoredNode): FitConfiguration {
  return {
    name: node.name,
    path: `/configurations/${node.name}`,
    node,
    images: imagesNamedBy(node),
    description: textOf(propertyOf(node, "description")),
    compatible: textsOf(propertyOf(node, "compatible")) ?? [],
  };
}

function formProblems(fit: ReadFit, images: StoredNode | undefined): FitProblem[] {
  const { tree } = fit;
  const problems: FitProblem[] = [];
  if (!propertyOf(tree?.root, "description")) {
    problems.push(fitProblem("no-description", "/", "the root has no description"));
  }
  if (!propertyOf(tree?.root, "timestamp")) {
    const message = "the root has no timestamp, which many boards want";
    problems.push(fitProblem("no-timestamp", "/", message));
  }
  if (!images) problems.push(fitProblem("no-images", "/", "there is no /images"));
  return problems;
}

/** Names that let U-Boot take one node for another. */
function* nameProblems(node: StoredNode, path: string): Generator<FitProblem> {
  for (const [what, list] of [
    ["nodes", node.children],
    ["properties", node.properties],
  ] as const) {
    const seen = new Set<string>();
    for (const { name } of list) {
      if (seen.has(name)) {
        yield fitProblem("duplicate-name", path || "/", `there are two ${what} ${name}`);
      }
      seen.add(name);
    }
  }
  for (const child of node.children) {
    if (child.name.includes("/")) {
      const message = "U-Boot takes the name for a path";
      yield fitProblem("slash-in-name", `${path}/${child.name}`, message);
    } else if (/[^A-Za-z0-9,._+@-]/.test(child.name)) {
      const message = "the name has characters that dtc refuses";
      yield fitProblem("odd-name", `${path}/${child.name}`, message);
    }
    if (child.name.includes("@")) {
      const message = "U-Boot does not tell such a name from the same without the @";
      yield fitProblem("at-in-name", `${path}/${child.name}`, message);
    }
    yield* nameProblems(child, `${path}/${child.name}`);
  }
}
