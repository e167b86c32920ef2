// What `ubootc inspect` says about a legacy image: its header, its parts, and whether U-Boot would boot it.
import {
  amount,
  architectures,
  type Content,
  compressions,
  describePayload,
  hex,
  identify,
  identifyInside,
  operatingSystems,
  type Payload,
  printable,
  type ReadUImage,
  types,
  type UImageHeader,
  type UImageProblemCode,
} from "../../image/index.js";
import { type StartVerdict, startVerdict } from "../../trial/index.js";

/** A legacy image as it was read, and what `bootm` does with it where a kernel is in it. */
export interface LookedUImage extends ReadUImage {
  readonly start?: StartVerdict;
}

/** The types whose images `bootm` starts. */
const started = ["kernel", "kernel_noload", "multi"];

/** Boots `found` on the virtual board, where a whole kernel of Linux is in it. */
export function lookIntoUImage(content: Content, found: ReadUImage): LookedUImage {
  const { header, parts, problems } = found;
  const type = header && types.byId(header.type)?.name;
  const isDamaged = problems.some(({ severity }) => severity === "damage");
  if (!header || !type || !started.includes(type) || isDamaged) return found;
  const start = startVerdict({
    content,
    arch: architectures.byId(header.arch)?.name,
    reference: "",
    // After the kernel of several files come an initrd and a tree.
    initrd: parts.length > 1,
    tree: parts.length > 2,
    loads: [header.load],
  });
  return { ...found, start };
}

/** What becomes of a kernel. */
export function startText({ verdict, release, why }: StartVerdict): string {
  if (verdict === "boots") return "boots";
  const where = release === undefined ? "" : ` by v${release}`;
  return verdict === "refused"
    ? `REFUSED${where}: ${printable(why)}`
    : `not known: ${printable(why)}`;
}

/** The lines about a legacy image, below its title. */
export function uimageLines(image: LookedUImage): string[] {
  const { header, parts, problems, start } = image;
  const has = (code: UImageProblemCode) => problems.some((one) => one.code === code);
  const dataStatus = has("data-truncated") ? "unknown" : has("data-crc") ? "WRONG" : "good";
  const lines = header
    ? [
        row("name", printable(header.name)),
        row("created", new Date(header.time * 1000).toISOString()),
        row("kind", kindOf(header)),
        row("load", hex(header.load)),
        row("entry", hex(header.entry)),
        row("data", amount(header.size)),
        row("header crc", `${hex(header.headerCrc)} ${has("header-crc") ? "WRONG" : "good"}`),
        row("data crc", `${hex(header.dataCrc)} ${dataStatus}`),
      ]
    : [];
  const script = scriptOf(image);
  const files = parts.map(({ offset, content }, index) => {
    const what = content === script ? "script" : describeContent(content, identify(content));
    return row(`file ${index}`, `at ${hex(offset)}, ${amount(content.size)}: ${what}`);
  });
  const remarks = problems.map(({ severity, offset, code, message }) =>
    row(severity, `at ${hex(offset)}: ${message} [${code}]`),
  );
  return [...lines, ...(start ? [row("bootm", startText(start))] : []), ...files, ...remarks];
}

function row(label: string, value: string): string {
  return `  ${label.padEnd(12)}${value}`;
}

function kindOf({ arch, os, type, compression }: UImageHeader): string {
  const names = [architectures.longName(arch), operatingSystems.longName(os), types.longName(type)];
  return `${names.join(" ")} (${compressions.longName(compression)})`;
}

/** The short names, as the flags of mkimage take them. */
export function namesOf({ arch, os, type, compression }: UImageHeader): object {
  return {
    arch: architectures.byId(arch)?.name,
    os: operatingSystems.byId(os)?.name,
    type: types.byId(type)?.name,
    compression: compressions.byId(compression)?.name,
  };
}

/** What `content` is, and what is in it. */
export function describeContent(content: Content, payload: Payload): string {
  const inside = identifyInside(content, payload);
  const what = describePayload(payload);
  return printable(
    inside && inside.kind !== "unknown" ? `${what}; in it ${describePayload(inside)}` : what,
  );
}

/** The text that `source` would run. */
export function scriptOf({ header, parts }: ReadUImage): Content | undefined {
  return header?.type === types.idOf("script") ? parts[0]?.content : undefined;
}
