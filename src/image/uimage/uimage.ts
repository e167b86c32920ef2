// Writes legacy images ("uImage"): 64 bytes of header before the payload. The layout of header and
// payload is that of U-Boot's include/image.h; the bytes are those of mkimage.
// Leaves out `firmware_ivt`: what NXP's signing tool makes a whole image of, which no boot flow starts.
import { crc32 } from "#crc32";
import { crcOf } from "../checksum.js";
import { type Content, concatenate, contentOf, slice } from "../content.js";
import {
  type Architecture,
  architectures,
  type Compression,
  compressions,
  type Identifiers,
  type ImageType,
  type OperatingSystem,
  operatingSystems,
  types,
} from "../ids.js";
import { hex, layout, text, u8, u32be, viewOf } from "../layout.js";

/** The first four bytes of every legacy image. */
export const UIMAGE_MAGIC = 0x27051956;

/** How many files `multi` and `script` may hold here; U-Boot itself sets no limit. */
export const MAX_PARTS = 1024;

/** The fields of the header, as numbers. */
export interface UImageHeader {
  readonly magic: number;
  /** CRC-32 of the header with this field as 0. */
  readonly headerCrc: number;
  /** Seconds since 1970. */
  readonly time: number;
  /** Bytes after the header. */
  readonly size: number;
  readonly load: number;
  readonly entry: number;
  /** CRC-32 of everything after the header. */
  readonly dataCrc: number;
  readonly os: number;
  readonly arch: number;
  readonly type: number;
  readonly compression: number;
  /** At most 32 bytes. */
  readonly name: string;
}

/** The header's layout: include/image.h, struct legacy_img_hdr. */
export const uimageHeader = layout<UImageHeader>({
  magic: { kind: u32be },
  headerCrc: { kind: u32be },
  time: { kind: u32be, meaning: (time) => new Date(time * 1000).toISOString() },
  size: { kind: u32be, meaning: (size) => `${size} bytes` },
  load: { kind: u32be },
  entry: { kind: u32be },
  dataCrc: { kind: u32be },
  os: { kind: u8, meaning: operatingSystems.longName },
  arch: { kind: u8, meaning: architectures.longName },
  type: { kind: u8, meaning: types.longName },
  compression: { kind: u8, meaning: compressions.longName },
  name: { kind: text(32) },
});

/** The types a legacy image can be written as, and the number that goes into the header. */
const writable = {
  standalone: types.idOf("standalone"),
  kernel: types.idOf("kernel"),
  ramdisk: types.idOf("ramdisk"),
  multi: types.idOf("multi"),
  firmware: types.idOf("firmware"),
  script: types.idOf("script"),
  filesystem: types.idOf("filesystem"),
  kernel_noload: types.idOf("kernel_noload"),
  flat_dt: types.idOf("flat_dt"),
  // mkimage's word for a device tree in a legacy image, since its `flat_dt` means a FIT.
  fdt_legacy: types.idOf("flat_dt"),
} satisfies Partial<Record<ImageType, number>>;

/** A type that a legacy image can be written as. */
export type UImageType = keyof typeof writable;

/** Whether a legacy image of type `name` can be written. */
export function isUImageType(name: string): name is UImageType {
  return Object.hasOwn(writable, name);
}

/** All types that a legacy image can be written as. */
export const uimageTypes: readonly UImageType[] = Object.keys(writable).filter(isUImageType);

/** Whether the payload of this type starts with a table of lengths: several files in one image. */
export function hasLengthTable(type: number): boolean {
  return type === writable.multi || type === writable.script;
}

/** What `encodeUImage` writes. */
export interface UImageOptions {
  readonly type: UImageType;
  readonly arch: Architecture;
  /** `linux` unless given. */
  readonly os?: OperatingSystem;
  /** A label: the payload is compressed already. `none` unless given. */
  readonly compression?: Compression;
  /** 0 unless given. */
  readonly load?: number;
  /** `load` unless given; with `xip` the first byte after the header. */
  readonly entry?: number;
  /** In UTF-8 unless it is bytes, cut after 32 bytes; empty unless given. */
  readonly name?: string | Uint8Array;
  /** Seconds since 1970; 0 unless given. */
  readonly time?: number;
  /**
   * Execute in place: the payload starts with 64 bytes of 0xff, which the header replaces, so that
   * the rest keeps its distance from `load`. Only for types that hold one file.
   */
  readonly xip?: boolean;
  /** One content; several for `multi` and `script`; none at all (`[]`) writes the header alone. */
  readonly payload: Content | readonly Content[];
}

/** Why no image was written. */
export type UImageFaultCode =
  | "name-unknown"
  | "address-range"
  | "time-range"
  | "name-zero"
  | "payload-count"
  | "payload-empty"
  | "payload-too-large"
  | "xip-parts"
  | "xip-space";

/** A reason why no image was written. */
export interface UImageFault {
  readonly code: UImageFaultCode;
  readonly message: string;
}

/** An image, or every reason why there is none. */
export type EncodedUImage =
  | { readonly image: Content; readonly header: UImageHeader; readonly problems: readonly [] }
  | {
      readonly image: undefined;
      readonly header: undefined;
      readonly problems: readonly UImageFault[];
    };

/**
 * Writes a legacy image. Reads the payload once for its CRC and never holds it in memory; the
 * image reads it again from where it is.
 */
export function encodeUImage(options: UImageOptions): EncodedUImage {
  const { xip = false, load = 0, time = 0, name = "" } = options;
  const entry = options.entry ?? (xip ? load + uimageHeader.size : load);
  const parts = "size" in options.payload ? [options.payload] : options.payload;
  const type = writable[options.type];
  const label = typeof name === "string" ? new TextEncoder().encode(name) : name;
  const body = bodyOf(type, xip ? parts.map((part) => slice(part, uimageHeader.size)) : parts);

  const problems = [
    ...unknownNames(options),
    ...numberFaults({ load, entry, time }),
    ...(label.includes(0) ? [fault("name-zero", "the name contains a zero byte")] : []),
    ...payloadFaults(type, parts, body),
    ...(xip ? xipFaults(type, parts) : []),
  ];
  if (problems.length > 0) return { image: undefined, header: undefined, problems };

  const unsealed = {
    magic: UIMAGE_MAGIC,
    headerCrc: 0,
    time,
    size: body.size,
    load,
    entry,
    dataCrc: crcOf(body),
    os: operatingSystems.idOf(options.os ?? "linux"),
    arch: architectures.idOf(options.arch),
    type,
    compression: compressions.idOf(options.compression ?? "none"),
    name: "",
  };
  const bytes = uimageHeader.encode(unsealed);
  const size = bytes.length - uimageHeader.offsetOf("name");
  bytes.set(label.subarray(0, size), uimageHeader.offsetOf("name"));
  viewOf(bytes).setUint32(uimageHeader.offsetOf("headerCrc"), headerCrcOf(bytes));
  // As it is stored: a name may be cut, even inside a character.
  const header = uimageHeader.decode(bytes) ?? unsealed;
  return { image: concatenate([contentOf(bytes), body]), header, problems: [] };
}

/** The CRC that the header in `bytes` should have: taken with its own CRC field as 0. */
export function headerCrcOf(bytes: Uint8Array): number {
  // Not slice(): where the bytes are Node's Buffer, that would share them.
  const header = new Uint8Array(bytes.subarray(0, uimageHeader.size));
  header.fill(0, uimageHeader.offsetOf("headerCrc"), uimageHeader.offsetOf("time"));
  return crc32(header);
}

/** What follows the header: the files, for `multi` and `script` aligned and after their lengths. */
export function bodyOf(type: number, parts: readonly Content[]): Content {
  if (!hasLengthTable(type) || parts.length === 0) return concatenate(parts);
  const lengths = new Uint8Array(4 * (parts.length + 1));
  const view = viewOf(lengths);
  const body = [contentOf(lengths)];
  for (const [index, part] of parts.entries()) {
    view.setUint32(4 * index, part.size);
    body.push(part);
    if (index < parts.length - 1) body.push(contentOf(new Uint8Array(paddingAfter(part.size))));
  }
  return concatenate(body);
}

/** Zero bytes after a file of `size` bytes, up to the next multiple of 4. */
export function paddingAfter(size: number): number {
  return (4 - (size % 4)) % 4;
}

function fault(code: UImageFaultCode, message: string): UImageFault {
  return { code, message };
}

/** What a caller without types, or with a text of somebody else's, may have given. */
function unknownNames({ type, arch, os, compression }: UImageOptions): UImageFault[] {
  const given: readonly (readonly [what: string, known: Identifiers, name: string | undefined])[] =
    [
      ["operating system", operatingSystems, os],
      ["architecture", architectures, arch ?? ""],
      ["compression", compressions, compression],
    ];
  const names = given.flatMap(([what, known, name]) => {
    if (name === undefined || known.rows.some((row) => row.name === name)) return [];
    return fault("name-unknown", `there is no ${what} ${JSON.stringify(name)}`);
  });
  if (isUImageType(type)) return names;
  const types = uimageTypes.join(", ");
  const message = `a legacy image cannot be of type ${JSON.stringify(type)}; types are ${types}`;
  return [...names, fault("name-unknown", message)];
}

function numberFaults(numbers: { load: number; entry: number; time: number }): UImageFault[] {
  const fits = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
  const shown = (value: number) => (value > 0xffffffff ? hex(value) : `${value}`);
  const faults: UImageFault[] = [];
  for (const field of ["load", "entry"] as const) {
    if (fits(numbers[field])) continue;
    const message = `${field} ${shown(numbers[field])} is not an address of 32 bits`;
    faults.push(fault("address-range", message));
  }
  if (!fits(numbers.time)) {
    faults.push(fault("time-range", `${numbers.time} s is not a time of 32 bits`));
  }
  return faults;
}

function payloadFaults(type: number, parts: readonly Content[], body: Content): UImageFault[] {
  const most = hasLengthTable(type) ? MAX_PARTS : 1;
  const faults = parts.flatMap((part, index) =>
    part.size === 0 ? fault("payload-empty", `file ${index} is empty`) : [],
  );
  if (parts.length > most) {
    const message = `${types.longName(type)} holds at most ${most} files, not ${parts.length}`;
    faults.push(fault("payload-count", message));
  }
  if (body.size > 0xffffffff) {
    faults.push(fault("payload-too-large", `${body.size} bytes do not fit 32 bits`));
  }
  return faults;
}

function xipFaults(type: number, parts: readonly Content[]): UImageFault[] {
  const [payload] = parts;
  if (!payload) return [];
  // mkimage does write these, with lengths that do not fit the data.
  if (hasLengthTable(type)) {
    return [fault("xip-parts", `${types.longName(type)} cannot be executed in place`)];
  }
  const space = payload.read(0, uimageHeader.size);
  if (space.length === uimageHeader.size && space.every((byte) => byte === 0xff)) return [];
  const message = `the payload must start with ${uimageHeader.size} bytes of 0xff for the header`;
  return [fault("xip-space", message)];
}
