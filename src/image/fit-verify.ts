// What U-Boot would do with a FIT: which configurations it would boot with which keys, and why not the
// others (boot/image-fit.c and boot/image-fit-sig.c). Two rules for what a signature must cover are
// followed, that of U-Boot before v2026.04, which believes the FIT, and that of later ones, which do
// not. Stricter than both where they do not look: nothing may lie outside the file.
import { verifySignature } from "#crypto";
import { bytesOf, type Content } from "./content.js";
import { digestsOf, isDigest } from "./digest.js";
import { FDT_MAGIC } from "./fdt.js";
import { coveredBytes, fdtRegions } from "./fdt-regions.js";
import { cellOf, propertyOf, textOf, textsOf } from "./fdt-tree.js";
import type { StoredNode } from "./fdt-write.js";
import { type ControlKey, type ControlKeys, readControlKeys } from "./fit-keys.js";
import {
  type FitConfiguration,
  type FitImage,
  type FitProblem,
  fitProblem,
  type ReadFit,
  readFit,
} from "./fit-read.js";
import { type SignatureAlgorithm, signatureAlgorithm } from "./sign.js";

/**
 * Whether a configuration boots. `partly`: U-Boot before v2026.04 boots it, though not all of its
 * images are signed; later ones refuse it.
 */
export type FitVerdict = "boots" | "partly" | "refused";

/** What became of a configuration. */
export interface VerifiedConfiguration {
  readonly name: string;
  readonly isDefault: boolean;
  readonly verdict: FitVerdict;
  /** Names of the key nodes with which it is signed. */
  readonly keys: readonly string[];
  readonly problems: readonly FitProblem[];
}

/** What U-Boot would do. */
export interface VerifiedFit {
  readonly fit: ReadFit;
  readonly configurations: readonly VerifiedConfiguration[];
  /** Of the whole; with damage here nothing boots. */
  readonly problems: readonly FitProblem[];
  /** Of each image, by its name. */
  readonly images: ReadonlyMap<string, readonly FitProblem[]>;
}

/** The largest FIT whose signature is checked, in bytes (FIT_SIGNATURE_MAX_SIZE). */
const MAX_SIGNED = 0x1000_0000;

/** Damage that one image or configuration may have while others boot. */
const local = new Set(["data-missing", "data-outside", "image-missing", "default-missing"]);

/** Verifies the FIT in `content` with the keys in `control`, a control device tree. */
export function verifyFit(content: Content, control?: Content): VerifiedFit {
  const fit = readFit(content);
  const keys = control ? readControlKeys(control) : { keys: [], anyOf: false };
  const problems = fit.problems
    .filter(({ code }) => !local.has(code))
    // A U-Boot that knows signatures refuses such names; others do not mind.
    .map((one) =>
      control && one.code === "at-in-name" ? { ...one, severity: "damage" as const } : one,
    );
  if (!keys) problems.push(fitProblem("key-unusable", "/", "the control tree cannot be read"));
  const signed = (keys?.keys.length ?? 0) > 0;
  if (signed && (fit.header?.totalSize ?? 0) > MAX_SIGNED) {
    problems.push(fitProblem("too-large", "/", "the tree is too large for its signature"));
  }
  const checker = new Checker(content, fit, keys ?? { keys: [], anyOf: false });
  const images = new Map(fit.images.map((image) => [image.name, checker.image(image)]));
  const refused = hasDamage(problems);
  const configurations = fit.configurations.map((configuration) => {
    const found = checker.configuration(configuration, images);
    return refused ? { ...found, verdict: "refused" as const } : found;
  });
  return { fit, configurations, problems, images };
}

function hasDamage(problems: readonly FitProblem[]): boolean {
  return problems.some(({ severity }) => severity === "damage");
}

/** Which images a property of a configuration may name (fit_image_load). */
const suitable: Readonly<Record<string, { types: readonly string[]; os: boolean }>> = {
  kernel: { types: ["kernel", "kernel_noload", "firmware", "tee"], os: true },
  fdt: { types: ["flat_dt", "firmware", "tee"], os: false },
  ramdisk: { types: ["ramdisk", "firmware", "tee"], os: true },
};

const bootable = new Set(["linux", "u-boot", "tee", "openrtos", "efi", "vxworks"]);

class Checker {
  constructor(
    private readonly content: Content,
    private readonly fit: ReadFit,
    private readonly control: ControlKeys,
  ) {}

  /** Everything that is wrong with an image by itself. */
  image(image: FitImage): FitProblem[] {
    const { data, path, node } = image;
    const problems = this.fit.problems.filter(
      (problem) => problem.path === path && local.has(problem.code),
    );
    if (!data) return problems;
    problems.push(...hashProblems(image, data));
    const required = this.control.keys.filter((key) => key.required === "image");
    if (required.length === 0) return problems;
    // Sic: U-Boot asks for a signature for each required key, but takes that of any key.
    const signed = signaturesOf(node).some((signature) =>
      this.control.keys.some((key) => this.signs(signature, key, [data], path).length === 0),
    );
    if (!signed) {
      const message = `the image is not signed with ${required.map(({ name }) => name).join(" or ")}`;
      problems.push(fitProblem("signature-missing", path, message));
    }
    return problems;
  }

  configuration(
    configuration: FitConfiguration,
    images: ReadonlyMap<string, readonly FitProblem[]>,
  ): VerifiedConfiguration {
    const { name, path } = configuration;
    const own = this.fit.problems.filter(
      (problem) => problem.path === path && local.has(problem.code),
    );
    const problems = [...own, ...this.unsuitable(configuration)];
    for (const image of new Set(configuration.images.map((one) => one.name))) {
      problems.push(...(images.get(image) ?? []));
    }
    const signed = this.signed(configuration);
    problems.push(...signed.problems);
    const isDefault = this.fit.defaultConfiguration === name;
    const verdict = hasDamage(problems) ? "refused" : signed.partly ? "partly" : "boots";
    const unsigned = signed.partly ? [signed.partly] : [];
    return { name, isDefault, verdict, keys: signed.keys, problems: [...problems, ...unsigned] };
  }

  private unsuitable({ images, path }: FitConfiguration): FitProblem[] {
    return images.flatMap(({ property, name }) => {
      const image = this.fit.images.find((one) => one.name === name);
      const rule = Object.hasOwn(suitable, property) ? suitable[property] : undefined;
      if (!image || !rule) return [];
      const problem = (code: "image-type" | "fdt-expected", message: string) => [
        fitProblem(code, path, `${property} = ${name}: ${message}`),
      ];
      if (!rule.types.includes(image.type ?? "")) {
        return problem("image-type", `the type is ${image.type ?? "missing"}`);
      }
      if (rule.os && !bootable.has(image.os ?? "")) {
        return problem("image-type", `the os is ${image.os ?? "missing"}`);
      }
      const packed = (image.compression ?? "none") !== "none";
      const isTree = packed || cellOf(image.data) === FDT_MAGIC;
      return property === "fdt" && image.data && !isTree
        ? problem("fdt-expected", "the data is no device tree")
        : [];
    });
  }

  /** Whether a configuration is signed as the required keys demand it. */
  private signed(configuration: FitConfiguration) {
    const results = this.control.keys
      .filter(({ required }) => required !== "image")
      .map((key) => ({ key, ...this.signedWith(configuration, key) }));
    const keys = results.filter(({ problems }) => problems.length === 0).map(({ key }) => key.name);
    const required = results.filter(({ key }) => key.required === "conf");
    const good = required.filter(({ problems }) => problems.length === 0);
    const enough = this.control.anyOf ? good.length > 0 : good.length === required.length;
    const problems =
      required.length === 0 || enough ? [] : required.flatMap((result) => result.problems);
    const partly = problems.length === 0 ? good.find(({ partly }) => partly)?.partly : undefined;
    return { keys, problems, partly };
  }

  private signedWith(configuration: FitConfiguration, key: ControlKey) {
    const { path, node } = configuration;
    const problems: FitProblem[] = [];
    for (const signature of signaturesOf(node)) {
      const where = `${path}/${signature.name}`;
      const covered = this.listed(configuration, signature, where);
      const found =
        "code" in covered ? [covered] : this.signs(signature, key, covered.parts, where);
      if (found.length > 0) problems.push(...found);
      else return { problems: [], partly: this.uncovered(configuration, signature, key, where) };
    }
    if (problems.length === 0) {
      const message = `the configuration has no signature, but ${key.name} demands one`;
      problems.push(fitProblem("signature-missing", path, message));
    }
    return { problems, partly: undefined };
  }

  /** What the signature says it covers: the rule before v2026.04. */
  private listed(
    { name }: FitConfiguration,
    signature: StoredNode,
    path: string,
  ): { parts: Content[] } | FitProblem {
    const nodes = textsOf(propertyOf(signature, "hashed-nodes"));
    if (!nodes || nodes.length > MAX_NODES || !nodes.includes(`/configurations/${name}`)) {
      return fitProblem(
        "signature-nodes",
        path,
        "hashed-nodes is missing, or not about this configuration",
      );
    }
    return this.cover(nodes, signature, path);
  }

  private cover(
    nodes: readonly string[],
    signature: StoredNode,
    path: string,
  ): { parts: Content[] } | FitProblem {
    const { header } = this.fit;
    const regions = header && fdtRegions(this.content, header, new Set(nodes));
    const strings = propertyOf(signature, "hashed-strings");
    const covered = strings
      ? cellOf({ ...strings, read: (_, count) => strings.read(4, count) })
      : 0;
    const most = 20 + 7 * nodes.length;
    if (!header || !regions || regions.length >= most - 1) {
      return fitProblem("signature-nodes", path, "the nodes that are signed cannot be worked out");
    }
    if (covered === undefined || covered > header.stringsSize) {
      return fitProblem("signature-nodes", path, "hashed-strings is longer than the strings");
    }
    return { parts: coveredBytes(this.content, header, regions, covered) };
  }

  /** The problem, if the signature does not cover every image: the rule since v2026.04. */
  private uncovered(
    configuration: FitConfiguration,
    signature: StoredNode,
    key: ControlKey,
    path: string,
  ): FitProblem | undefined {
    const nodes = ["/", configuration.path];
    const bare: string[] = [];
    for (const { name } of configuration.images) {
      const image = this.fit.images.find((one) => one.name === name);
      if (!image) continue;
      const hashes = image.node.children.filter((child) => child.name.startsWith("hash"));
      if (hashes.length === 0) bare.push(name);
      const inner = image.node.children.filter(
        (child) => hashes.includes(child) || ["cipher", "dm-verity"].includes(child.name),
      );
      nodes.push(image.path, ...inner.map((child) => `${image.path}/${child.name}`));
    }
    const covered = this.cover(nodes, signature, path);
    const good =
      bare.length === 0 &&
      !("code" in covered) &&
      this.signs(signature, key, covered.parts, path).length === 0;
    if (good) return undefined;
    const listed = new Set(textsOf(propertyOf(signature, "hashed-nodes")));
    const missing = nodes.filter((node) => !listed.has(node) && node.split("/").length === 3);
    const names = [...bare, ...missing.map((node) => node.replace("/images/", ""))];
    const message = `not everything that the configuration uses is signed: ${[...new Set(names)].join(", ")}`;
    return fitProblem("image-unsigned", configuration.path, message);
  }

  /** Why `signature` is not that of `parts` with `key`; empty when it is. */
  private signs(
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
    if (!key) return problem("key-unusable", "the key's numbers are no key");
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

function signaturesOf({ children }: StoredNode): StoredNode[] {
  return children.filter(({ name }) => name.startsWith("signature"));
}

function hashProblems({ node, path }: FitImage, data: Content): FitProblem[] {
  const hashes = node.children.filter(({ name }) => name.startsWith("hash"));
  if (hashes.length === 0) return [fitProblem("hash-missing", path, "the image has no hash")];
  const algos = hashes.map((hash) => textOf(propertyOf(hash, "algo")) ?? "");
  const digests = digestsOf(data, algos.filter(isDigest));
  return hashes.flatMap((hash, index) => {
    const algo = algos[index] ?? "";
    const problem = (code: FitProblem["code"], message: string) => [
      fitProblem(code, `${path}/${hash.name}`, message),
    ];
    const ignored = propertyOf(hash, "uboot-ignore");
    if (ignored?.size === 4 && cellOf(ignored) !== 0) {
      return problem("hash-ignored", "U-Boot does not look at this hash");
    }
    const digest = isDigest(algo) ? digests.get(algo) : undefined;
    if (!digest) return problem("hash-algo", `${algo || "no algo"} is no hash that is known`);
    const value = propertyOf(hash, "value");
    if (value?.size !== digest.length) {
      return problem("hash-value", `the ${algo} has ${value?.size ?? 0} of ${digest.length} bytes`);
    }
    const right = bytesOf(value).every((byte, at) => byte === digest[at]);
    return right ? [] : problem("hash-wrong", `the data does not have this ${algo}`);
  });
}
