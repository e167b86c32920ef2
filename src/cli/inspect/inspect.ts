// `ubootc inspect`: what is in a file that U-Boot loads, whether it is whole, and its parts.
// Exits with 1 when the file is damaged or of no kind that is known.
import { existsSync } from "node:fs";
import { Command } from "commander";
import {
  type FileContent,
  makeDirectory,
  openFile,
  writeContent,
  writeInto,
} from "../../files/index.js";
import {
  amount,
  bytesOf,
  type Content,
  type DumpLine,
  fdtHeader,
  hex,
  identify,
  identifyInside,
  type Payload,
  printable,
  readUImage,
  slice,
  type UImagePart,
  uimageHeader,
  verifyFit,
} from "../../image/index.js";
import { finish } from "../finish.js";
import { extractFit, fitAsJson, fitLines, fitVerdict, type LookedFit, lookInto } from "./fit.js";
import {
  describeContent,
  type LookedUImage,
  lookIntoUImage,
  namesOf,
  scriptOf,
  startText,
  uimageLines,
} from "./uimage.js";

interface Flags {
  readonly json?: true;
  readonly hex?: true;
  readonly extract?: string;
  readonly verify?: true;
  readonly key?: string;
}

/** What was found in a file; `image` when it is a legacy image, `fit` when it is a FIT. */
interface Findings {
  readonly name: string;
  readonly file: FileContent;
  readonly payload: Payload;
  readonly image: LookedUImage | undefined;
  readonly fit: LookedFit | undefined;
}

/** The command. */
export function inspectCommand(): Command {
  return new Command("inspect")
    .description("show what is in an image, kernel, device tree or script, and whether it is whole")
    .argument("<file>", "the file")
    .option("--json", "print the findings as JSON")
    .option("--hex", "print the header byte by byte")
    .option("--extract <path>", "write what is inside to this file, or into this directory")
    .option(
      "--verify",
      "fail unless U-Boot, old or new, boots the kernel, or every configuration of a FIT",
    )
    .option("--key <file>", "a control device tree, with the public keys that U-Boot has")
    .action((name: string, flags: Flags) => finish("inspect", inspect(name, flags)));
}

/** Prints what is in the file and says what is wrong with it. */
function inspect(name: string, flags: Flags): readonly string[] {
  const { file, problem } = openFile(name);
  if (!file) return [problem.message];
  const key = flags.key === undefined ? undefined : openFile(flags.key);
  if (key?.problem) return [key.problem.message];
  const payload = identify(file);
  const image = payload.kind === "uimage" ? lookIntoUImage(file, readUImage(file)) : undefined;
  const isFit = payload.kind === "fdt" && payload.fit;
  const fit = isFit ? lookInto(file, verifyFit(file, key?.file)) : undefined;
  if (!fit && key) return [`${printable(name)}: is not a FIT, and nothing else is signed`];
  if (!fit && !image?.header && flags.verify)
    return [`${printable(name)}: is neither a FIT nor a legacy image, which \`--verify\` is for`];
  const findings: Findings = { name: printable(name), file, payload, image, fit };
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(asJson(findings), undefined, 2)}\n`);
  } else {
    process.stdout.write(report(findings) + (flags.hex ? dump(findings) : ""));
  }
  return [
    ...verdict(findings, flags.verify === true),
    ...(flags.extract === undefined ? [] : extract(findings, flags.extract)),
  ];
}

function verdict({ name, payload, image, fit }: Findings, verify: boolean): string[] {
  if (payload.kind === "unknown") return [`${name}: is nothing that U-Boot boots`];
  if (fit) return fitVerdict(fit, verify).map((message) => `${name}: ${printable(message)}`);
  const damage = image?.problems.filter(({ severity }) => severity === "damage") ?? [];
  const start = verify && image?.start?.verdict === "refused" ? [startText(image.start)] : [];
  return [...damage.map(({ message }) => message), ...start].map((each) => `${name}: ${each}`);
}

function report({ name, file, payload, image, fit }: Findings): string {
  const title = `${name}: ${describeContent(file, payload)}, file of ${amount(file.size)}`;
  const lines = [title, ...(image ? uimageLines(image) : []), ...(fit ? fitLines(fit) : [])];
  const script = image && scriptOf(image);
  if (script) lines.push("", ...scriptLines(script));
  return lines.map((line) => `${line}\n`).join("");
}

/** How much of a script is shown, in bytes; U-Boot's standard boot reads no more of one. */
const SHOWN = 0x10000;

function scriptLines(script: Content): string[] {
  const text = new TextDecoder().decode(script.read(0, SHOWN));
  const lines = text.replace(/\n$/, "").split("\n").map(printable);
  const rest = script.size - SHOWN;
  return rest > 0 ? [...lines, `(${rest} bytes more)`] : lines;
}

function dump({ file, payload }: Findings): string {
  const layout = payload.kind === "fdt" ? fdtHeader : uimageHeader;
  if (payload.kind !== "fdt" && payload.kind !== "uimage") return "";
  const lines = layout.dump(file.read(0, layout.size)).flatMap(dumpLines);
  return `\n${lines.join("\n")}\n`;
}

const PER_LINE = 16;

function dumpLines({ offset, bytes, field, meaning }: DumpLine): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const digits = [...bytes.subarray(at, at + PER_LINE)].map((byte) =>
      byte.toString(16).padStart(2, "0"),
    );
    const note = at === 0 ? `  ${field.padEnd(22)}${printable(meaning)}` : "";
    lines.push(`${hex(offset + at, 4)}  ${digits.join(" ").padEnd(3 * PER_LINE)}${note}`.trimEnd());
  }
  return lines;
}

function asJson({ name, file, payload, image, fit }: Findings): object {
  const base = { file: name, size: file.size, payload, inside: identifyInside(file, payload) };
  if (fit) return { ...base, fit: fitAsJson(fit) };
  if (!image) return base;
  const script = scriptOf(image);
  return {
    ...base,
    names: image.header && namesOf(image.header),
    parts: image.parts.map(partAsJson),
    problems: image.problems,
    ...(image.start && { start: image.start }),
    ...(script ? { script: new TextDecoder().decode(bytesOf(slice(script, 0, SHOWN))) } : {}),
  };
}

function partAsJson({ offset, content }: UImagePart): object {
  const payload = identify(content);
  return { offset, size: content.size, payload, inside: identifyInside(content, payload) };
}

/** One part goes to the file `target` or, as several do, into the directory `target`. */
function extract({ name, image, fit }: Findings, target: string): readonly string[] {
  if (fit) return extractFit(fit, name, target);
  const parts = image?.parts ?? [];
  if (parts.length === 0) return [`${name}: there is nothing to extract`];
  // Only a directory has an entry "."; unlike stat, this never throws.
  const isDirectory = existsSync(`${target}/.`);
  const intoDirectory = parts.length > 1 || isDirectory || /[\\/]$/.test(target);
  const problem = intoDirectory ? makeDirectory(target) : undefined;
  if (problem) return [problem.message];
  return parts.flatMap(({ content }, index) => {
    const problem = intoDirectory
      ? writeInto(target, `part-${index}`, content)
      : writeContent(target, content);
    return problem?.message ?? [];
  });
}
