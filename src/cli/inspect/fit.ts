// What `ubootc inspect` says about a FIT: images, configurations, and whether U-Boot would boot them.
import { makeDirectory, writeInto } from "../../files/index.js";
import {
  amount,
  type Content,
  cellOf,
  describePayload,
  type FitConfiguration,
  type FitImage,
  type FitProblem,
  type FitVerdict,
  finderIn,
  hex,
  identify,
  identifyInside,
  printable,
  propertyOf,
  textOf,
  type VerifiedConfiguration,
  type VerifiedFit,
} from "../../image/index.js";
import { type StartVerdict, startVerdict } from "../../trial/index.js";
import { startText } from "./uimage.js";

const verdicts: Readonly<Record<FitVerdict, string>> = {
  boots: "boots",
  partly: "boots before v2026.04, refused since: not everything in it is signed",
  lately: "boots since v2022.07, refused before: the salt of its signature",
  refused: "REFUSED",
};

/** A FIT as it was verified, and what U-Boot does with each configuration, by its name. */
export interface LookedFit extends VerifiedFit {
  readonly starts: ReadonlyMap<string, StartVerdict>;
}

/** Bytes that are booted on the virtual board at most: a FIT can name the same ones again and again. */
const MOST_BOOTED = 1 << 30;

/** What a node of the tree counts for there. */
const NODE = 4096;

/** Properties whose images SPL or another command than bootm starts. */
const others = new Set(["firmware", "standalone", "loadables", "script", "fpga"]);

/** Boots every configuration on the virtual board that is not refused for its hashes or signatures. */
export function lookInto(content: Content, found: VerifiedFit): LookedFit {
  const starts = new Map<string, StartVerdict>();
  const loads = found.fit.images.flatMap(({ load }) => (load === undefined ? [] : Number(load)));
  const imageOf = finderIn(found.fit.images);
  // Each boot reads the tree again, too.
  const nodes = found.fit.images.length + found.fit.configurations.length;
  let left = MOST_BOOTED;
  for (const [index, { name, verdict }] of found.configurations.entries()) {
    if (verdict === "refused") continue;
    left -= content.size + nodes * NODE;
    const images = found.fit.configurations[index]?.images ?? [];
    const has = (wanted: string) => images.some(({ property }) => property === wanted);
    const kernel = images.find(({ property }) => property === "kernel")?.name;
    const notForBootm = images.find(({ property }) => others.has(property));
    if (kernel === undefined && notForBootm) {
      const why = `it has no kernel, and what becomes of its ${notForBootm.property} is not simulated`;
      starts.set(name, { verdict: "unknown", why });
      continue;
    }
    const arch = imageOf(kernel)?.arch;
    starts.set(
      name,
      left < 0
        ? { verdict: "unknown", why: "there are too many configurations to try them all" }
        : startVerdict({
            content,
            arch,
            reference: `#${name}`,
            loads,
            tree: has("fdt"),
            initrd: has("ramdisk"),
          }),
    );
  }
  return { ...found, starts };
}

/** What becomes of a configuration, by all that is known. */
function verdictText({ name, verdict }: VerifiedConfiguration, { starts }: LookedFit): string {
  const start = starts.get(name);
  if (verdict === "refused" || !start || start.verdict === "boots") return verdicts[verdict];
  return startText(start);
}

/** The lines about a FIT, below its title. */
export function fitLines(found: LookedFit): string[] {
  const { fit, configurations, images, problems } = found;
  if (!fit.tree) return problems.map(problemLine);
  const known = new Set([...images.values()].flat());
  return [
    row("description", printable(fit.description ?? "(none)")),
    row("created", fit.time === undefined ? "(no time)" : new Date(fit.time * 1000).toISOString()),
    ...problems.map(problemLine),
    ...fit.images.flatMap((image) => imageLines(image, images.get(image.name) ?? [])),
    ...configurations.flatMap((one, index) =>
      configurationLines(one, fit.configurations[index], found, known),
    ),
  ];
}

function row(label: string, value: string): string {
  return `  ${label.padEnd(14)}${value}`;
}

function problemLine({ severity, path, message, code }: FitProblem): string {
  return row(severity, printable(`${path}: ${message} [${code}]`));
}

function imageLines(image: FitImage, problems: readonly FitProblem[]): string[] {
  const kind = [image.arch, image.os, image.type].filter((name) => name !== undefined).join(" ");
  const packed = image.compression === undefined ? "" : ` (${image.compression})`;
  const places = (["load", "entry"] as const).flatMap((name) => {
    const value = image[name];
    return value === undefined ? [] : [`${name} ${hex(value)}`];
  });
  return [
    `  image ${printable(image.name)}: ${printable(image.description ?? "(no description)")}`,
    row("  kind", printable(kind + packed)),
    ...(places.length > 0 ? [row("  places", places.join(", "))] : []),
    ...(image.data
      ? [row("  data", `${whereabouts(image)}${describe(image.data, image.type)}`)]
      : []),
    ...image.node.children.flatMap((node) => hashLine(node, image, problems)),
    ...problems.map(problemLine),
  ];
}

function whereabouts({ external, node, data }: FitImage): string {
  const place = external ? `${external} ${hex(cellOf(propertyOf(node, external)) ?? 0, 1)}, ` : "";
  return `${place}${amount(data?.size ?? 0)}: `;
}

function describe(data: Content, type: string | undefined): string {
  const payload = identify(data);
  if (type === "script" && payload.kind === "unknown") return "script";
  const inside = identifyInside(data, payload);
  const more = inside && inside.kind !== "unknown" ? `; in it ${describePayload(inside)}` : "";
  return printable(describePayload(payload) + more);
}

function hashLine(
  node: FitImage["node"],
  image: FitImage,
  problems: readonly FitProblem[],
): string[] {
  if (!node.name.startsWith("hash") || !image.data) return [];
  const path = `${image.path}/${node.name}`;
  const bad = problems.find((problem) => problem.path === path);
  const state = !bad ? "good" : bad.severity === "damage" ? "WRONG" : "ignored";
  return [
    row(
      `  ${printable(node.name)}`,
      printable(`${textOf(propertyOf(node, "algo")) ?? "?"} ${state}`),
    ),
  ];
}

/** `known` are the problems that stand beside the images. */
function configurationLines(
  one: VerifiedConfiguration,
  configuration: FitConfiguration | undefined,
  found: LookedFit,
  known: ReadonlySet<FitProblem>,
): string[] {
  const named = (configuration?.images ?? []).map(({ property, name }) => `${property} ${name}`);
  return [
    `  configuration ${printable(one.name)}${one.isDefault ? " (default)" : ""}: ${verdictText(one, found)}`,
    row("  images", printable(named.join(", ") || "(none)")),
    ...(configuration?.node.children ?? []).flatMap(signatureLine),
    ...(one.keys.length > 0 ? [row("  signed with", printable(one.keys.join(", ")))] : []),
    ...one.problems.filter((problem) => !known.has(problem)).map(problemLine),
  ];
}

function signatureLine(node: FitImage["node"]): string[] {
  if (!node.name.startsWith("signature")) return [];
  const [algo, hint] = ["algo", "key-name-hint"].map(
    (name) => textOf(propertyOf(node, name)) ?? "?",
  );
  const state = propertyOf(node, "value") ? "" : ", not signed yet";
  return [row(`  ${printable(node.name)}`, printable(`${algo}, key ${hint}${state}`))];
}

/**
 * What is wrong, for the exit code: when `wanted` is given that this configuration is refused,
 * otherwise that something is damaged.
 */
export function fitVerdict(found: LookedFit, verify: boolean): string[] {
  const { problems, configurations, images } = found;
  const all = [
    ...problems,
    ...images.values(),
    ...configurations.map((one) => one.problems),
  ].flat();
  const damage = [...new Set(all)].filter(({ severity }) => severity === "damage");
  if (damage.length > 0 || !verify) return damage.map(({ path, message }) => `${path}: ${message}`);
  const none = configurations.length === 0 ? ["there is no configuration to verify"] : [];
  const bad = configurations.filter(
    ({ name, verdict }) => verdict !== "boots" || found.starts.get(name)?.verdict === "refused",
  );
  return [...none, ...bad.map((one) => `${one.name}: ${verdictText(one, found)}`)];
}

/** The findings as data. */
export function fitAsJson({ fit, configurations, images, problems, starts }: LookedFit): object {
  return {
    description: fit.description,
    time: fit.time,
    problems,
    images: fit.images.map(({ node: _, data, load, entry, ...image }) => ({
      ...image,
      ...(load === undefined ? {} : { load: hex(load) }),
      ...(entry === undefined ? {} : { entry: hex(entry) }),
      ...(data ? { payload: identify(data), inside: identifyInside(data, identify(data)) } : {}),
      problems: images.get(image.name) ?? [],
    })),
    defaultConfiguration: fit.defaultConfiguration,
    configurations: configurations.map((one, index) => ({
      ...one,
      ...(starts.get(one.name)?.verdict === "refused" && { verdict: "refused" }),
      start: starts.get(one.name),
      images: fit.configurations[index]?.images ?? [],
    })),
  };
}

/** Writes the data of each image into the directory `target`, under the image's name. */
export function extractFit({ fit }: VerifiedFit, name: string, target: string): string[] {
  const images = fit.images.filter((image) => image.data);
  if (images.length === 0) return [`${name}: there is nothing to extract`];
  const problem = makeDirectory(target);
  if (problem) return [problem.message];
  const taken = new Set<string>();
  return images.flatMap(({ name, data }, index) => {
    // A name out of a file must not lead out of the directory. Of two of one name U-Boot finds the first.
    const plain = /^[A-Za-z0-9_,+-][A-Za-z0-9._,+@-]*$/.test(name) && !taken.has(name);
    let safe = plain ? name : `image-${index}`;
    while (taken.has(safe)) safe += "-";
    taken.add(safe);
    return data ? (writeInto(target, safe, data)?.message ?? []) : [];
  });
}
