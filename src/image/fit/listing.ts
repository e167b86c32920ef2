// The text that mkimage -l prints about a FIT (boot/image-fit.c of U-Boot). Texts out of the image are
// made printable, which mkimage does not do.
import { bytesOf } from "../content.js";
import { cellOf, propertyOf, textOf, textsOf } from "../fdt/tree.js";
import type { StoredNode } from "../fdt/write.js";
import { architectures, compressions, type Identifiers, operatingSystems, types } from "../ids.js";
import { hex } from "../layout.js";
import { ctime, printable, sizeText } from "../uimage/listing.js";
import type { FitConfiguration, FitImage, ReadFit } from "./read.js";

/** The lines that `mkimage -l` prints, each ended; times are those of this process's time zone. */
export function fitListing(fit: ReadFit): string {
  const created = fit.time === undefined ? "unavailable" : ctime(fit.time);
  const lines = [
    `FIT description: ${shown(fit.description)}`,
    `Created:         ${created}`,
    ...fit.images.flatMap((image, index) => [
      ` Image ${index} (${printable(image.name)})`,
      ...imageLines(image, created),
    ]),
    ...defaultLine(fit),
    ...fit.configurations.flatMap((configuration, index) => [
      ` Configuration ${index} (${printable(configuration.name)})`,
      ...configurationLines(configuration),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function shown(text: string | undefined): string {
  return text === undefined ? "unavailable" : printable(text);
}

function row(label: string, value: string): string {
  return `  ${`${label}:`.padEnd(14)}${value}`;
}

/** Sic: mkimage looks for the default in the node that follows /images, whatever that is. */
function defaultLine({ tree, configurations }: ReadFit): string[] {
  const nodes = tree?.root.children ?? [];
  const following = nodes[nodes.findIndex(({ name }) => name === "images") + 1];
  const name = textOf(propertyOf(following, "default"));
  const any = configurations.length > 0 || nodes.some((node) => node.name === "configurations");
  return any && name !== undefined ? [` Default Configuration: '${printable(name)}'`] : [];
}

/** Which rows the types of images have, by the names of the types. */
const rows = {
  arch: ["kernel", "standalone", "ramdisk", "firmware", "flat_dt"],
  os: ["kernel", "ramdisk", "firmware"],
  load: ["kernel", "standalone", "firmware", "ramdisk", "fpga"],
  entry: ["kernel", "standalone", "ramdisk"],
} as const;

function imageLines(image: FitImage, created: string): string[] {
  const type = types.byName(image.type ?? "")?.name;
  const has = (names: readonly string[]) => type !== undefined && names.includes(type);
  const address = (value: bigint | undefined) => (value === undefined ? "unavailable" : hex(value));
  const optional = type === "flat_dt" && image.load !== undefined;
  return [
    row("Description", shown(image.description)),
    row("Created", created),
    row("Type", longName(types, image.type)),
    row("Compression", longName(compressions, image.compression ?? "none")),
    row("Data Size", image.size === undefined ? "unavailable" : sizeText(image.size)),
    ...(has(rows.arch) ? [row("Architecture", longName(architectures, image.arch))] : []),
    ...(has(rows.os) ? [row("OS", longName(operatingSystems, image.os))] : []),
    ...(has(rows.load) || optional ? [row("Load Address", address(image.load))] : []),
    ...(has(rows.entry) ? [row("Entry Point", address(image.entry))] : []),
    ...image.node.children.flatMap(verificationLines),
  ];
}

function longName(table: Identifiers, name: string | undefined): string {
  // No name has this number.
  const UNKNOWN = -1;
  return table.byName(name ?? "")?.long ?? table.longName(UNKNOWN);
}

function configurationLines({ node, description }: FitConfiguration): string[] {
  const text = (name: string) => textOf(propertyOf(node, name));
  const one = (label: string, name: string) => {
    const value = text(name);
    return value === undefined ? [] : [row(label, printable(value))];
  };
  const several = (label: string, name: string) =>
    (textsOf(propertyOf(node, name)) ?? []).map((value, index) =>
      index === 0 ? row(label, printable(value)) : `${" ".repeat(16)}${printable(value)}`,
    );
  return [
    row("Description", shown(description)),
    row("Kernel", shown(text("kernel"))),
    ...one("Init Ramdisk", "ramdisk"),
    ...one("Firmware", "firmware"),
    ...several("FDT", "fdt"),
    ...one("FPGA", "fpga"),
    ...several("Loadables", "loadables"),
    ...node.children.flatMap(verificationLines),
  ];
}

/** What is said about a hash or a signature. */
function verificationLines(node: StoredNode): string[] {
  const kind = node.name.startsWith("hash")
    ? "Hash"
    : node.name.startsWith("signature")
      ? "Sign"
      : undefined;
  if (!kind) return [];
  const algo = textOf(propertyOf(node, "algo"));
  if (algo === undefined) return [row(`${kind} algo`, "invalid/unsupported")];
  const hint = textOf(propertyOf(node, "key-name-hint"));
  const required = propertyOf(node, "required") ? " (required)" : "";
  const padding = textOf(propertyOf(node, "padding"));
  const value = propertyOf(node, "value");
  const time = propertyOf(node, "timestamp");
  const seconds = time?.size === 4 ? cellOf(time) : undefined;
  return [
    row(
      `${kind} algo`,
      `${printable(algo)}${hint === undefined ? "" : `:${printable(hint)}`}${required}`,
    ),
    ...(padding === undefined ? [] : [row(`${kind} padding`, printable(padding))]),
    row(`${kind} value`, value ? digits(bytesOf(value)) : "unavailable"),
    ...(hint === undefined
      ? []
      : [row("Timestamp", seconds === undefined ? "unavailable" : ctime(seconds))]),
  ];
}

function digits(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
