// `ubootc mkimage -f` and `-F`: FITs with the flags of U-Boot's mkimage 2023.01, and the same bytes.
// Unlike there, keys may be given without a certificate, data at a position can be updated, and to
// sign with keys that are all missing is a failure.
import { existsSync } from "node:fs";
import { basename, extname, isAbsolute, join } from "node:path";
import { openAny, openFile, pathBeside, writeContent } from "../../files/index.js";
import { isKeyText } from "../../ground/index.js";
import {
  type Architecture,
  autoFit,
  type Compression,
  type Content,
  type ControlTree,
  contentOf,
  type EncodedFit,
  encodeFit,
  type FitSigning,
  fitListing,
  type ImageType,
  type OperatingSystem,
  printable,
  readFdt,
  readFit,
  readIts,
  reopenFit,
  type StoredTree,
  storeTree,
} from "../../image/index.js";
import { imageTime } from "../image-time.js";
import { say } from "../write.js";
import { dtcOptions } from "./dtc-options.js";
import { type KeyFlags, Keys } from "./keys.js";

/** The flags of mkimage that are about FITs, as commander names them. */
export interface FitFlags extends KeyFlags {
  /** A source, or "auto". */
  readonly fit?: string;
  readonly dtcopts?: string;
  readonly update?: true;
  readonly touch?: true;
  readonly external?: true;
  readonly position?: number;
  readonly alignment?: number;
  readonly keyDest?: string;
  readonly keyRequired?: true;
  readonly keyNameHint?: string;
  readonly algo?: string;
  readonly comment?: string;
  readonly deviceTree?: readonly string[];
  readonly initramfs?: string;
  readonly image?: string;
  readonly quiet?: true;
}

/** What `-f auto` takes from the flags for legacy images. */
export interface AutoFlags {
  readonly type: ImageType;
  readonly architecture: Architecture;
  readonly os: OperatingSystem;
  readonly compression: Compression;
  readonly loadAddress: number;
  readonly entryPoint?: number;
  readonly config: string | Uint8Array;
}

/** Something, or why it is not there. */
type Maybe<Value> = { readonly value: Value } | { readonly problems: readonly string[] };

/** Makes or updates the FIT `file` and says what was in the way. */
export function makeFit(file: string, flags: FitFlags & AutoFlags): readonly string[] {
  const source = sourceOf(file, flags);
  if ("problems" in source) return source.problems;
  const control = controlOf(flags.keyDest);
  if ("problems" in control) return control.problems;
  const keys = new Keys(flags);
  const fit = encodeFit(source.value, {
    ...(flags.fit !== undefined || flags.touch ? { time: imageTime() } : {}),
    ...(flags.external ? { external: externalOf(flags) } : {}),
    ...(keys.any ? { signing: signingOf(flags, keys) } : {}),
    ...(control.value ? { control: control.value } : {}),
  });
  if (keys.problems.length > 0) return keys.problems;
  if (!fit.image) return fit.problems.map(({ path, message }) => `${path}: ${message}`);
  const problem =
    writeContent(file, fit.image) ??
    (flags.keyDest && fit.control ? writeContent(flags.keyDest, fit.control) : undefined);
  if (problem) return [problem.message];
  if (!flags.quiet) process.stdout.write(fitListing(readFit(fit.image)));
  return report(file, flags, keys, fit);
}

function sourceOf(file: string, flags: FitFlags & AutoFlags): Maybe<StoredTree> {
  if (flags.fit === "auto") return automatic(flags);
  if (flags.fit !== undefined) return compile(flags.fit, flags.dtcopts ?? "");
  const opened = openFile(file);
  if (!opened.file) return { problems: [opened.problem.message] };
  const fit = readFit(opened.file);
  // Wrong names are for the board to refuse; what cannot be found cannot be updated.
  const needed = fit.problems.filter(({ code }) => code.startsWith("data-") || !fit.tree);
  if (!fit.tree || needed.length > 0) {
    return {
      problems: needed.map(({ path, message }) => `${printable(file)}: ${path}: ${message}`),
    };
  }
  return { value: reopenFit({ ...fit, tree: fit.tree }, flags.external === true) };
}

function compile(name: string, options: string): Maybe<StoredTree> {
  const { folders, problem } = dtcOptions(options);
  if (problem !== undefined) return { problems: [problem] };
  const main = openSource(name);
  if (typeof main === "string") return { problems: [`${name}: ${main}`] };
  const open = (inner: string, from: string) => {
    const beside = pathBeside(from, inner);
    if (isAbsolute(inner)) return openSource(beside);
    const others = folders.map((folder) => join(folder, inner));
    return openSource([beside, ...others].find((path) => existsSync(path)) ?? beside);
  };
  const { tree, problems } = readIts(main, { open });
  if (tree) return { value: storeTree(tree) };
  return {
    problems: problems.map(({ file, line, column, message }) => {
      return `${file}:${line}:${column}: ${message}`;
    }),
  };
}

/** A key begins in its first bytes. */
const LOOKED_AT = 0x10000;

function openSource(name: string) {
  const { file, problem } = openAny(name);
  if (file && isKeyText(new TextDecoder("latin1").decode(file.read(0, LOOKED_AT)))) {
    return "holds a private key; nothing of it is read or shown";
  }
  if (file) return { name, content: file };
  // dtc includes an empty file as no bytes.
  if (problem.code === "empty") return { name, content: contentOf(new Uint8Array(0)) };
  return problem.message.slice(name.length + 2);
}

function automatic(flags: FitFlags & AutoFlags): Maybe<StoredTree> {
  if (flags.image === undefined) return { problems: ["-f auto needs the image: -d is missing"] };
  if (flags.keyNameHint !== undefined && flags.algo === undefined) {
    return { problems: ["-g needs the algorithm: -o is missing"] };
  }
  for (const [name, address] of [
    ["load", flags.loadAddress],
    ["entry", flags.entryPoint ?? 0],
  ] as const) {
    if (address <= 0xffffffff) continue;
    return { problems: [`${name} 0x${address.toString(16)} is not an address of 32 bits`] };
  }
  const trees = flags.deviceTree ?? [];
  const names = [
    flags.image,
    ...trees,
    ...(flags.initramfs === undefined ? [] : [flags.initramfs]),
  ];
  const opened = names.map(openAny);
  // mkimage packs an empty file like any other.
  const empty = contentOf(new Uint8Array(0));
  const problems = opened.flatMap(({ problem }) => {
    return problem && problem.code !== "empty" ? [problem.message] : [];
  });
  if (problems.length > 0) return { problems };
  const [data, ...others] = opened.map(({ file }): Content => file ?? empty);
  warn(
    names
      .filter((_, at) => (opened[at]?.file ?? empty).size === 0)
      .map((name) => `${name}: is empty`),
  );
  const ramdisk = flags.initramfs === undefined ? undefined : others.pop();
  const signature =
    flags.keyNameHint !== undefined && flags.algo !== undefined
      ? { signature: { algorithm: flags.algo, hint: flags.keyNameHint } }
      : {};
  const value = autoFit({
    ...signature,
    type: flags.type,
    arch: flags.architecture,
    os: flags.os,
    compression: flags.compression,
    load: flags.loadAddress,
    entry: flags.entryPoint ?? flags.loadAddress,
    description: flags.config,
    data: data ?? contentOf(new Uint8Array(0)),
    trees: others.map((content, index) => {
      const name = basename(trees[index] ?? "");
      return { description: name.slice(0, name.length - extname(name).length), data: content };
    }),
    ...(ramdisk ? { ramdisk } : {}),
  });
  return { value };
}

function controlOf(name: string | undefined): Maybe<ControlTree | undefined> {
  if (name === undefined) return { value: undefined };
  const { file, problem } = openFile(name);
  if (!file) return { problems: [problem.message] };
  const { tree, header, problem: fault } = readFdt(file);
  if (!tree) return { problems: [`${name}: is not a device tree: ${fault.message}`] };
  return { value: { tree, totalSize: header.totalSize } };
}

function externalOf({ position, alignment }: FitFlags) {
  return {
    ...(position === undefined ? {} : { position }),
    ...(alignment ? { alignment } : {}),
  };
}

function signingOf(flags: FitFlags, keys: Keys): FitSigning {
  return {
    signerOf: (hint) => keys.signerOf(hint),
    time: imageTime(),
    ...(flags.keyRequired ? { required: true } : {}),
    ...(flags.comment === undefined ? {} : { comment: flags.comment }),
    ...(flags.algo === undefined ? {} : { algorithm: flags.algo }),
  };
}

type MadeFit = Extract<EncodedFit, { readonly image: Content }>;

/** Says what was signed; keys that are missing are only a warning while others are there. */
function report(file: string, flags: FitFlags, keys: Keys, fit: MadeFit): readonly string[] {
  const last = fit.signed.findLast((path) => path.startsWith("/configurations/"));
  if (last !== undefined) {
    say(`Signature written to '${file}', node '${last}'\n`);
    if (flags.keyDest !== undefined && fit.keyNode !== undefined) {
      say(`Public key written to '${flags.keyDest}', node '${fit.keyNode}'\n`);
    }
  }
  const missing = fit.unsigned.map(({ path, hint }) => {
    return `${path} is not signed: there is no ${keys.placesOf(hint).join(" or ")}`;
  });
  if (fit.signed.length === 0 && missing.length > 0) return missing;
  const idle = keys.isIdle ? [`nothing is signed with ${flags.engine}: -k is missing`] : [];
  const warnings = fit.warnings.map(({ path, message }) => `${path}: ${message}`);
  warn([...idle, ...missing, ...warnings]);
  return [];
}

/** So many warnings are enough to read. */
const MOST_WARNINGS = 20;

function warn(warnings: readonly string[]): void {
  const rest = warnings.length - MOST_WARNINGS;
  const shown = warnings.slice(0, MOST_WARNINGS);
  for (const warning of rest > 0 ? [...shown, `and ${rest} more`] : shown) {
    say(`ubootc mkimage: warning: ${printable(warning)}\n`, process.stderr);
  }
}
