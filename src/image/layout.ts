// Fixed binary fields as a table: one declaration gives size, encoder, decoder and annotated dump.
// Leaves out everything of variable length; trees and lists have readers of their own.

/** How one kind of field is stored and shown. */
export interface Kind<Value> {
  /** Bytes it takes. */
  readonly size: number;
  read(view: DataView, offset: number): Value;
  write(view: DataView, offset: number, value: Value): void;
  show(value: Value): string;
}

/** A field of a layout: its kind and, for the dump, what a value means. */
export interface Field<Value> {
  readonly kind: Kind<Value>;
  readonly meaning?: (value: Value) => string;
}

type Fields<Values> = { readonly [Name in keyof Values]: Field<Values[Name]> };

/** One line of an annotated dump. */
export interface DumpLine {
  /** From the start of the dumped bytes. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly field: string;
  readonly meaning: string;
}

/** Fields one after the other without gaps. */
export interface Layout<Values> {
  /** Bytes of all fields. */
  readonly size: number;
  /** Where a field starts, in bytes. */
  offsetOf(field: keyof Values & string): number;
  encode(values: Values): Uint8Array;
  /** The fields at the start of `bytes`; undefined when those are too few. */
  decode(bytes: Uint8Array): Values | undefined;
  /** The fields that lie whole in `bytes`, in order; never throws. */
  dump(bytes: Uint8Array): DumpLine[];
}

interface Place<Values> {
  readonly name: keyof Values & string;
  readonly offset: number;
}

/** A layout of `fields` in the order they are written. */
export function layout<Values>(fields: Fields<Values>): Layout<Values> {
  const places: Place<Values>[] = [];
  let size = 0;
  for (const name in fields) {
    places.push({ name, offset: size });
    size += fields[name].kind.size;
  }
  const lineOf = ({ name, offset }: Place<Values>, bytes: Uint8Array): DumpLine => {
    const { kind, meaning } = fields[name];
    const value = kind.read(viewOf(bytes), offset);
    const own = bytes.subarray(offset, offset + kind.size);
    return { offset, bytes: own, field: name, meaning: (meaning ?? kind.show)(value) };
  };
  return {
    size,
    offsetOf: (field) => places.find((place) => place.name === field)?.offset ?? size,
    encode(values) {
      const bytes = new Uint8Array(size);
      const view = viewOf(bytes);
      for (const { name, offset } of places) fields[name].kind.write(view, offset, values[name]);
      return bytes;
    },
    decode(bytes) {
      if (bytes.length < size) return undefined;
      const view = viewOf(bytes);
      const values: Partial<Values> = {};
      for (const { name, offset } of places) values[name] = fields[name].kind.read(view, offset);
      // Complete here: the loop visits every field. The type system cannot count that.
      return values as Values;
    },
    dump: (bytes) =>
      places
        .filter(({ name, offset }) => offset + fields[name].kind.size <= bytes.length)
        .map((place) => lineOf(place, bytes)),
  };
}

/** `bytes` for reading numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether `bytes` start with `magic`, one byte for each character. */
export function startsWith(bytes: Uint8Array, magic: string): boolean {
  return [...magic].every((character, index) => bytes[index] === character.charCodeAt(0));
}

/** `bytes` as text with one character for each byte, from which they can be made again. */
export function latin1(bytes: Uint8Array): string {
  // In pieces: a call takes only so many arguments.
  const PIECE = 4096;
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return text;
}

/** `value` as 0x and `digits` hexadecimal digits. */
export function hex(value: number | bigint, digits = 8): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}

/** An unsigned byte. */
export const u8: Kind<number> = {
  size: 1,
  read: (view, offset) => view.getUint8(offset),
  write: (view, offset, value) => view.setUint8(offset, value),
  show: (value) => hex(value, 2),
};

/** An unsigned 16-bit number, least significant byte first. */
export const u16le: Kind<number> = {
  size: 2,
  read: (view, offset) => view.getUint16(offset, true),
  write: (view, offset, value) => view.setUint16(offset, value, true),
  show: (value) => hex(value, 4),
};

/** An unsigned 32-bit number, most significant byte first. */
export const u32be: Kind<number> = {
  size: 4,
  read: (view, offset) => view.getUint32(offset),
  write: (view, offset, value) => view.setUint32(offset, value),
  show: (value) => hex(value),
};

/** An unsigned 32-bit number, least significant byte first. */
export const u32le: Kind<number> = {
  size: 4,
  read: (view, offset) => view.getUint32(offset, true),
  write: (view, offset, value) => view.setUint32(offset, value, true),
  show: (value) => hex(value),
};

/** An unsigned 64-bit number, least significant byte first. */
export const u64le: Kind<bigint> = {
  size: 8,
  read: (view, offset) => view.getBigUint64(offset, true),
  write: (view, offset, value) => view.setBigUint64(offset, value, true),
  show: (value) => hex(value, 16),
};

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** `size` bytes of text in UTF-8, cut at `size` and filled with zeros; read up to the first zero. */
export function text(size: number): Kind<string> {
  return {
    size,
    read(view, offset) {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, size);
      const end = bytes.indexOf(0);
      const used = end < 0 ? bytes : bytes.subarray(0, end);
      return decoder.decode(used);
    },
    write(view, offset, value) {
      const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, size);
      bytes.fill(0).set(encoder.encode(value).subarray(0, size));
    },
    show: (value) => JSON.stringify(value),
  };
}

/** `size` bytes without meaning here. */
export function gap(size: number): Kind<undefined> {
  return { size, read: () => undefined, write: () => undefined, show: () => "" };
}
