// The text that mkimage prints about a legacy image (boot/image.c and boot/image-host.c of U-Boot).
// One line differs on purpose: where mkimage prints the address a script's file had in its own
// memory, this prints the offset in the image.
import { architectures, compressions, operatingSystems, types } from "../ids.js";
import type { UImagePart } from "./read.js";
import { hasLengthTable, type UImageHeader } from "./uimage.js";

/** What a listing tells about. */
export interface Listed {
  readonly header: UImageHeader;
  readonly parts: readonly UImagePart[];
}

/** The lines that `mkimage -l` prints, each ended; the time is that of this process's time zone. */
export function listing({ header, parts }: Listed): string {
  const names = [
    architectures.longName(header.arch),
    operatingSystems.longName(header.os),
    types.longName(header.type),
  ].join(" ");
  const lines = [
    `Image Name:   ${printable(header.name)}`,
    `Created:      ${ctime(header.time)}`,
    `Image Type:   ${names} (${compressions.longName(header.compression)})`,
    `Data Size:    ${sizeText(header.size)}`,
    `Load Address: ${header.load.toString(16).padStart(8, "0")}`,
    `Entry Point:  ${header.entry.toString(16).padStart(8, "0")}`,
    ...(hasLengthTable(header.type) ? ["Contents:", ...contents({ header, parts })] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function contents({ header, parts }: Listed): string[] {
  const isScript = types.byId(header.type)?.name === "script";
  return parts.flatMap(({ offset, content }, index) => {
    const line = `   Image ${index}: ${sizeText(content.size)}`;
    return isScript && index > 0 ? [line, `    Offset = 0x${offset.toString(16)}`] : [line];
  });
}

/** `size` bytes as "N Bytes = x.xx KiB = x.xx MiB". */
export function sizeText(size: number): string {
  return `${size} Bytes = ${hundredths(size, 1024)} KiB = ${hundredths(size, 1 << 20)} MiB`;
}

/** `size / unit` with two decimals; a tie goes to the even digit as in C, unlike in `toFixed`. */
function hundredths(size: number, unit: number): string {
  const scaled = size * 100;
  const down = Math.floor(scaled / unit);
  const rest = scaled - down * unit;
  const up = rest * 2 > unit || (rest * 2 === unit && down % 2 === 1);
  return ((down + (up ? 1 : 0)) / 100).toFixed(2);
}

/** `time` in seconds since 1970 as C's ctime writes it, in the time zone of this process. */
export function ctime(time: number): string {
  const [weekday, month, day, year, clock] = new Date(time * 1000).toString().split(" ");
  return `${weekday} ${month} ${`${Number(day)}`.padStart(2)} ${clock} ${year}`;
}

/** `text` with control characters written out, so that an image cannot drive a terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
