// What U-Boot would do with a FIT: which configurations it would boot with which keys, and why not the
// others (boot/image-fit.c and boot/image-fit-sig.c). Two rules for what a signature must cover are
// followed, that of U-Boot before v2026.04, which believes the FIT, and that of later ones, which do
// not. Stricter than both where they do not look: nothing may lie outside the file.
import { bytesOf, type Content } from "../content.js";
import { digestsOf, isDigest } from "../digest.js";
import { FDT_MAGIC } from "../fdt/fdt.js";
import { cellOf, finderIn, propertyOf, textOf } from "../fdt/tree.js";
import type { StoredNode } from "../fdt/write.js";
import { type ControlKey, type ControlKeys, readControlKeys } from "./keys.js";
import {
  type FitConfiguration,
  type FitImage,
  type FitProblem,
  fitProblem,
  type ReadFit,
  readFit,
} from "./read.js";
import { listed, saltProblem, signaturesOf, signs, uncovered } from "./signatures.js";

/**
 * Whether a configuration boots. `partly`: U-Boot before v2026.04 boots it, though not all of its
 * images are signed; later ones refuse it. `lately`: since v2022.07, which takes every salt of PSS.
 */
export type FitVerdict = "boots" | "partly" | "lately" | "refused";

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

/** What one image or configuration may have while others boot. */
const local = new Set(["data-missing", "data-outside", "image-missing", "script-outside"]);

/** How much is read again and again at most, in bytes beyond four times the file: no honest FIT does. */
const SPARE_WORK = 1 << 26;

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
  // Without the default, the others can still be named.
  const refused = hasDamage(problems.filter(({ code }) => code !== "default-missing"));
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
  readonly #imageOf: (name: string) => FitImage | undefined;
  /** The local damage, by path. */
  readonly #found = new Map<string, FitProblem[]>();
  /** Bytes that may still be read. */
  #work: number;
  /** What is gone through to find out what a signature covers, in bytes. */
  readonly #frame: number;

  constructor(
    readonly content: Content,
    readonly fit: ReadFit,
    private readonly control: ControlKeys,
  ) {
    this.#imageOf = finderIn(fit.images);
    this.#work = 4 * content.size + SPARE_WORK;
    this.#frame = fit.tree ? frameOf(fit.tree.root) : 0;
    for (const problem of fit.problems) {
      if (!local.has(problem.code)) continue;
      this.#found.set(problem.path, [...(this.#found.get(problem.path) ?? []), problem]);
    }
  }

  /** Everything that is wrong with an image by itself. */
  image(image: FitImage): FitProblem[] {
    const { data, path, node } = image;
    const problems = [...(this.#found.get(path) ?? [])];
    if (!data) return problems;
    if (!this.#affords(data.size)) return [...problems, tooMuch(path)];
    problems.push(...hashProblems(image, data));
    const required = this.control.keys.filter((key) => key.required === "image");
    if (required.length === 0) return problems;
    // Sic: U-Boot asks for a signature for each required key, but takes that of any key.
    const signed = signaturesOf(node).flatMap((signature) =>
      this.control.keys
        .filter((key) => signs(signature, key, [data], path).length === 0)
        .map((key) => saltProblem(signature, key, [data], `${path}/${signature.name}`)),
    );
    if (signed.length === 0) {
      const message = `the image is not signed with ${required.map(({ name }) => name).join(" or ")}`;
      problems.push(fitProblem("signature-missing", path, message));
    }
    const everywhere = signed.some((found) => found.length === 0);
    return [...problems, ...(everywhere ? [] : (signed[0] ?? []))];
  }

  configuration(
    configuration: FitConfiguration,
    images: ReadonlyMap<string, readonly FitProblem[]>,
  ): VerifiedConfiguration {
    const { name, path } = configuration;
    const problems = [...(this.#found.get(path) ?? []), ...this.#unsuitable(configuration)];
    for (const image of new Set(configuration.images.map((one) => this.#imageOf(one.name)))) {
      problems.push(...((image && images.get(image.name)) ?? []));
    }
    const signed = this.#signed(configuration);
    problems.push(...signed.problems);
    const isDefault = this.fit.defaultConfiguration === name;
    const verdict = hasDamage(problems)
      ? "refused"
      : signed.partly
        ? "partly"
        : problems.some(({ code }) => code === "signature-salt")
          ? "lately"
          : "boots";
    if (signed.partly) problems.push(signed.partly);
    if (signed.keys.length > 0) problems.push(...this.#weak(configuration));
    return { name, isDefault, verdict, keys: signed.keys, problems };
  }

  #affords(bytes: number): boolean {
    this.#work -= bytes;
    return this.#work >= 0;
  }

  /** A signature covers the hashes of images only, so they must be good ones. */
  #weak({ images }: FitConfiguration): FitProblem[] {
    return [...new Set(images.map(({ name }) => name))].flatMap((name) => {
      const image = this.#imageOf(name);
      const algos = (image?.node.children ?? [])
        .filter((child) => child.name.startsWith("hash"))
        .map((hash) => textOf(propertyOf(hash, "algo")) ?? "");
      if (!image || algos.length === 0 || algos.some((algo) => strong.has(algo))) return [];
      const message = `a signature of no more than ${algos.join(" and ")} protects from accidents only`;
      return [fitProblem("hash-weak", image.path, message)];
    });
  }

  #unsuitable({ images, path }: FitConfiguration): FitProblem[] {
    return images.flatMap(({ property, name }) => {
      const image = this.#imageOf(name);
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
        ? problem("fdt-expected", "the data is not a device tree")
        : [];
    });
  }

  /** Whether a configuration is signed as the required keys demand it. */
  #signed(configuration: FitConfiguration) {
    const results = this.control.keys
      .filter(({ required }) => required !== "image")
      .map((key) => ({ key, ...this.#signedWith(configuration, key) }));
    const keys = results.filter(({ problems }) => problems.length === 0).map(({ key }) => key.name);
    const required = results.filter(({ key }) => key.required === "conf");
    const good = required.filter(({ problems }) => problems.length === 0);
    const enough = this.control.anyOf ? good.length > 0 : good.length === required.length;
    if (required.length > 0 && !enough) {
      const problems = required.flatMap((result) => result.problems);
      return { keys, problems, partly: undefined };
    }
    const partly = good.find((result) => result.partly)?.partly;
    const salts = good.map(({ salt }) => salt);
    const everywhere = this.control.anyOf && salts.some((salt) => salt.length === 0);
    return { keys, problems: everywhere ? [] : salts.flat(), partly };
  }

  #signedWith(configuration: FitConfiguration, key: ControlKey): Signedness {
    const { path, node } = configuration;
    const problems: FitProblem[] = [];
    let late: Signedness | undefined;
    for (const signature of signaturesOf(node)) {
      const where = `${path}/${signature.name}`;
      if (!this.#affords(2 * this.#frame)) return late ?? { ...none, problems: [tooMuch(path)] };
      const covered = listed(this, configuration, signature, where);
      const found = "code" in covered ? [covered] : signs(signature, key, covered.parts, where);
      problems.push(...found);
      if (found.length > 0 || "code" in covered) continue;
      const good: Signedness = {
        problems: [],
        salt: saltProblem(signature, key, covered.parts, where),
        partly: uncovered(this, configuration, signature, key, where),
      };
      if (good.salt.length === 0) return good;
      late ??= good;
    }
    if (late) return late;
    if (problems.length === 0) {
      const message = `the configuration has no signature, but ${key.name} demands one`;
      problems.push(fitProblem("signature-missing", path, message));
    }
    return { ...none, problems };
  }
}

/** What a key says of a configuration; `problems` when no signature is good. */
interface Signedness {
  readonly problems: readonly FitProblem[];
  readonly salt: readonly FitProblem[];
  readonly partly: FitProblem | undefined;
}

const none = { salt: [], partly: undefined };

/** Bytes of the tree without the values in it, about. */
function frameOf({ properties, children }: StoredNode): number {
  return children.reduce((sum, child) => sum + frameOf(child), 16 * (1 + properties.length));
}

function tooMuch(path: string): FitProblem {
  return fitProblem("too-large", path, "the same bytes are to be checked too many times");
}

/** Hashes that nobody can find other data for. */
const strong: ReadonlySet<string> = new Set(["sha256", "sha384", "sha512"]);

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
    if (!digest) return problem("hash-algo", `${algo || "no algo"} is not a hash that is known`);
    const value = propertyOf(hash, "value");
    if (value?.size !== digest.length) {
      return problem("hash-value", `the ${algo} has ${value?.size ?? 0} of ${digest.length} bytes`);
    }
    const right = bytesOf(value).every((byte, at) => byte === digest[at]);
    return right ? [] : problem("hash-wrong", `the data does not have this ${algo}`);
  });
}
