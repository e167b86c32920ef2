// FITs as files of a build, and what a person wants beside them: the source that mkimage would make
// the same bytes of, and the public key in the form that U-Boot is built with.
import { type Diagnostic, diagnose, type Report } from "../diagnostics/index.js";
import {
  type Content,
  contentOf,
  encodeFit,
  type FitFault,
  keyTree,
  storeTree,
  writeIts,
} from "../image/index.js";
import { fitTree, type Plan, packedOf } from "../memory/index.js";
import type { Fit, Provision, Signature } from "../program/index.js";
import type { Artifact } from "./artifact.js";

/** The FIT `provision`; undefined, reported, when it cannot be made. */
export function packFit(
  provision: Provision,
  fit: Fit,
  plan: Plan,
  time: number,
  report: Report,
): Omit<Artifact, "root"> | undefined {
  const { name, file, fileSpan: span } = provision;
  const { external, signature } = fit;
  const { image, problems } = encodeFit(storeTree(treeOf(provision, fit, plan)), {
    time,
    ...(external && { external }),
    ...(signature && { signing: { signerOf: () => signature.signer, time } }),
  });
  if (image) return { name: file, content: image, madeFrom: inputsOf(fit), span };
  for (const problem of problems) {
    const failed = signingFailed(signature, problem);
    report(
      failed ??
        diagnose(
          "image-impossible",
          { name, container: "FIT", why: problem.message },
          provision.span,
        ),
    );
  }
  return undefined;
}

/** What to say when `problem` is that `signature` was not made. */
export function signingFailed(
  signature: Signature | undefined,
  { code, message }: FitFault,
): Diagnostic | undefined {
  if (code !== "signature-failed" || !signature) return undefined;
  return diagnose("signing-failed", { path: signature.file, why: message }, signature.span);
}

function treeOf({ name }: Provision, fit: Fit, { loads, trees }: Plan) {
  const places = [...(trees.get(name) ?? [])].map(([image, { start }]) => [image, start] as const);
  return fitTree(name, fit, new Map([...loads, ...places]));
}

function inputsOf({ images }: Fit): readonly string[] {
  return [...new Set(images.flatMap(({ provision }) => provision.input?.name ?? []))];
}

/** What FITs are made of as source, and the keys they are signed with: for `server/`. */
export function packSources(plan: Plan): readonly Artifact[] {
  const { program } = plan;
  const fits = [...program.provisions.values()].flatMap((each): [Provision, Fit][] =>
    each.fit ? [[each, each.fit]] : [],
  );
  const keys = new Map<string, Signature>();
  for (const each of [program.signature, ...fits.map(([, { signature }]) => signature)]) {
    if (each) keys.set(each.hint, each);
  }
  const artifact = (name: string, text: string, madeFrom: readonly string[]): Artifact => {
    return { root: "server", name, content: contentOf(new TextEncoder().encode(text)), madeFrom };
  };
  return [
    ...fits.map(([each, fit]) =>
      artifact(sourceName(each), sourceOf(each, fit, plan), [program.name, ...inputsOf(fit)]),
    ),
    ...[...keys.values()].map((key) => artifact(`${key.hint}.dtsi`, keySource(key), [key.file])),
  ];
}

/** The name of the source of a FIT; those that nobody declared are called like their file. */
const sourceName = ({ name }: Provision) => `${name.replace(/\.itb$/, "")}.its`;

/** The source of a FIT: inputs are named as in the flow, below whose folder they are found. */
function sourceOf(provision: Provision, fit: Fit, plan: Plan): string {
  const names = new Map<Content, string>();
  const made: string[] = [];
  for (const { provision: each } of fit.images) {
    const { input, name, compress = "none" } = each;
    const packed = packedOf(each);
    if (!packed || !input) continue;
    const ours = packed.content !== input.content;
    names.set(packed.content, ours ? `${name}.${compress}` : input.path);
    if (ours) made.push(`${name}.${compress} is ${input.path}, compressed by ubootc.`);
  }
  const { external, signature } = fit;
  const hex = (value: number | undefined, flag: string) =>
    value === undefined ? "" : ` ${flag} ${value.toString(16)}`;
  const flags = [
    external ? `${` -E${hex(external.alignment, "-B")}`}${hex(external.position, "-p")}` : "",
    signature?.isPrivate ? ` -G ${signature.file}` : "",
  ].join("");
  const heads = [
    `${provision.file}: from the folder of the flow, the same bytes are made by`,
    `mkimage -D "-I dts -O dtb -p 500 -i ."${flags} -f ${sourceName(provision)} ${provision.file}`,
    ...made,
    ...(signature && !signature.isPrivate
      ? [`and signed with the other half of ${signature.file}: mkimage's -N, or --sign-command.`]
      : []),
  ];
  const text = writeIts(treeOf(provision, fit, plan), {
    include: (path, value) => (path.endsWith("/data") ? names.get(value) : undefined),
  });
  return `${heads.map((line) => `// ${line}\n`).join("")}${text}`;
}

/** The public key as source for CONFIG_DEVICE_TREE_INCLUDES. */
export function keySource({
  hint,
  algorithm,
  required,
  signer,
}: Pick<Signature, "hint" | "algorithm" | "required" | "signer">): string {
  const tree = keyTree({
    hint,
    algorithm,
    key: signer.key,
    ...(required && { required }),
  });
  const text = writeIts(tree).replace("/dts-v1/;\n\n", "");
  return `// For U-Boot's own tree: name this file in CONFIG_DEVICE_TREE_INCLUDES.\n${text}`;
}
