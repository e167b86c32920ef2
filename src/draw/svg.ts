// SVG as text: elements with their attributes escaped, and the looks that all drawings share. One
// element a line, numbers rounded, so that a drawing can be compared as text.
// Governed by https://www.w3.org/TR/SVG11/.
import { xmlText } from "../ground/index.js";

/** Attributes of an element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Part of a drawing. */
export interface Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly (Element | string)[];
}

/** An element; a string among `children` is text. */
export function element(
  name: string,
  attributes: Attributes = {},
  ...children: readonly (Element | string)[]
): Element {
  return { name, attributes, children };
}

/** Something drawn from y 0 on. */
export interface Part {
  readonly elements: readonly Element[];
  /** In pixels. */
  readonly height: number;
}

/** Size of the type, in pixels. */
export const FONT = 11;
/** From one line to the next. */
export const LINE = 16;
/** Width of a drawing that is read beside others, and what it leaves free at its edges. */
export const WIDTH = 1000;
export const MARGIN = 24;
/** Width of a character of that size: the fonts below are all this wide, within a hundredth. */
export const CHARACTER = FONT * 0.602;

/** A line of text, its baseline at `y`. */
export const words = (x: number, y: number, text: string, attributes: Attributes = {}): Element =>
  element("text", { x, y, ...attributes }, text);

/** Text between elements: its lines stay lines. */
const shown = (text: string) => text.split("\n").map(xmlText).join("\n");

/** `text`, cut to `width` pixels. */
export function fitted(text: string, width: number): string {
  const most = Math.max(1, Math.floor(width / CHARACTER));
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** A whole drawing on white; `style` is CSS for its classes. */
export function drawing(
  title: string,
  { width, height }: { readonly width: number; readonly height: number },
  style: string,
  body: readonly Element[],
): string {
  const font = `${FONT}px 'DejaVu Sans Mono', Menlo, Consolas, monospace`;
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
      width,
      height,
    },
    element("title", {}, title),
    element(
      "style",
      {},
      `text { font: ${font}; fill: #1a202c; white-space: pre }\n${style.trim()}`,
    ),
    element("rect", { width, height, fill: "#ffffff" }),
    ...body,
  );
  return `${printed(svg, "")}\n`;
}

function printed({ name, attributes, children }: Element, indent: string): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${xmlText(typeof value === "number" ? rounded(value) : value)}"`],
  );
  const open = `${indent}<${name}${written.join("")}`;
  if (children.length === 0) return `${open}/>`;
  if (children.every((each) => typeof each === "string")) {
    return `${open}>${shown(children.join(""))}</${name}>`;
  }
  const inner = children.map((each) =>
    typeof each === "string" ? `${indent}  ${shown(each)}` : printed(each, `${indent}  `),
  );
  return [`${open}>`, ...inner, `${indent}</${name}>`].join("\n");
}

const rounded = (value: number) => `${Math.round(value * 10) / 10}`;
