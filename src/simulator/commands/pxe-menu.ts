// The files that pxe and sysboot read, extlinux.conf and its like: labels to boot, and which of them is
// the default. Read word by word as U-Boot does, whose mistakes are part of the format.
// Governed by the parser in boot/pxe_utils.c.
import { END_OF_FILE, END_OF_LINE, type Telling, Words } from "./pxe-words.js";

/** Something to boot. */
export interface PxeLabel {
  readonly name: string;
  /** What a menu shows instead. */
  menu?: string;
  /** Without the configuration of a FIT. */
  kernel?: string;
  /** `#conf-1`, of `kernel`. */
  configuration?: string;
  append?: string;
  initrd?: string;
  fdt?: string;
  fdtdir?: string;
  fdtoverlays?: string;
  /** Bits: 1 adds `ip=` to the command line, 2 `BOOTIF=`. */
  ipappend: number;
  /** Undefined: a kernel is booted. Below 0: nothing is. */
  localboot?: number;
  kaslrseed?: true;
}

/** What a file says, with all that it includes. */
export interface PxeMenu {
  readonly labels: PxeLabel[];
  title?: string;
  background?: string;
  /** The name of a label. */
  chosen?: string;
  /** Whether a person is asked, and for how many tenths of a second; 0 is for ever. */
  prompt: number;
  timeout: number;
}

/** What the parser needs of its board. */
export interface PxeReading extends Telling {
  since(release: string): boolean;
  /** The text of a file that is included; it is put `behind` bytes further on. */
  include(path: string, behind: number): IncludedText | undefined;
  /** Says that the text has something whose effect is not known. */
  unknown(what: string): void;
}

/** A file that was included. */
export interface IncludedText {
  readonly text: string;
  /** Where it was put. */
  readonly reading: PxeReading;
}

type PxeWords = Words<PxeReading>;

/** Includes inside one another, the first file counted. */
const NESTED = 16;

/** Reads `text`; undefined where U-Boot gives up, and the console says why. */
export function readPxeMenu(text: string, reading: PxeReading): PxeMenu | undefined {
  const menu: PxeMenu = { labels: [], prompt: 0, timeout: 0 };
  return readTop(new Words(text, reading), menu, 1) ? menu : undefined;
}

/** Reads a file; false: U-Boot gives up. */
function readTop(words: PxeWords, menu: PxeMenu, nested: number): boolean {
  const { reading } = words;
  if (nested > NESTED) {
    reading.print(`Maximum nesting (${NESTED}) exceeded\n`);
    return false;
  }
  for (;;) {
    const start = words.at;
    const word = words.keyword();
    if (word === END_OF_FILE) return true;
    if (word === END_OF_LINE) continue;
    const read = Object.hasOwn(top, word) ? top[word] : undefined;
    if (read) {
      if (!read(words, menu, nested)) return false;
    } else words.ignore("unknown command", start);
  }
}

type Reader = (words: PxeWords, menu: PxeMenu, nested: number) => boolean;

const chosen: Reader = (words, menu) =>
  words.literal((name) => Object.assign(menu, { chosen: name }));

/** What may stand outside of a label. */
const top: Readonly<Record<string, Reader>> = {
  menu: (words, menu, nested) => {
    menu.prompt = 1;
    return readMenu(words, menu, nested);
  },
  timeout: (words, menu) => words.integer((value) => Object.assign(menu, { timeout: value })),
  label: readLabel,
  default: chosen,
  ontimeout: chosen,
  include: (words, menu, nested) => readInclude(words, menu, nested, 0),
  prompt: (words, menu) => {
    const { reading } = words;
    if (reading.since("2023.04")) {
      return words.integer((value) => Object.assign(menu, { prompt: value }));
    }
    words.skipLine();
    return true;
  },
};

function readMenu(words: PxeWords, menu: PxeMenu, nested: number): boolean {
  const start = words.at;
  const word = words.keyword();
  if (word === "title" || word === "background") {
    if (!words.literal((text) => Object.assign(menu, { [word]: text }))) return false;
  } else if (word === "include") {
    if (!readInclude(words, menu, nested, 1)) return false;
  } else words.malformed(start);
  words.skipLine();
  return true;
}

function readInclude(words: PxeWords, menu: PxeMenu, nested: number, nul: 0 | 1): boolean {
  const { reading, text } = words;
  let path = "";
  const start = words.at;
  if (!words.literal((value) => (path = value))) {
    reading.print(`Expected include path: ${text.slice(start, words.at)}\n`);
    return false;
  }
  const length = Buffer.byteLength(text);
  const included = reading.include(path, length + nul);
  if (!included) {
    reading.print(`Couldn't retrieve ${path}\n`);
    return false;
  }
  const inner = new Words(included.text, included.reading);
  if (!readTop(inner, menu, nested + 1)) return false;
  // There the file lies where the NUL was, so that this text goes on with it.
  if (nul === 0 && length % 4 === 0) words.text += inner.text;
  return true;
}

/** Reads a label up to a word that none has, which stays for whoever reads on. */
function readLabel(words: PxeWords, menu: PxeMenu): boolean {
  const start = words.at;
  let name = "";
  if (!words.literal((text) => (name = text))) {
    words.reading.print(`Expected label name: ${words.text.slice(start, words.at)}\n`);
    return false;
  }
  const label: PxeLabel = { name, ipappend: 0 };
  menu.labels.push(label);
  for (;;) {
    const start = words.at;
    const word = words.keyword();
    if (word === END_OF_LINE) continue;
    const read =
      typeof word === "string" && Object.hasOwn(inLabel, word) ? inLabel[word] : undefined;
    if (!read) {
      words.at = start;
      return true;
    }
    if (!read(words, label, menu)) return false;
  }
}

type LabelReader = (words: PxeWords, label: PxeLabel, menu: PxeMenu) => boolean;

/** Of several the first counts; what the others name is not even read. */
const once =
  (name: "initrd" | "fdt" | "fdtdir" | "fdtoverlays"): LabelReader =>
  (words, label) =>
    label[name] !== undefined || words.literal((text) => Object.assign(label, { [name]: text }));

const kernel: LabelReader = (words, label) =>
  words.literal((text) => {
    const [, name = "", configuration] = /^([^#]*)(#.*)?$/s.exec(text) ?? [];
    Object.assign(label, { kernel: name, ...(configuration && { configuration }) });
  });

const append: LabelReader = (words, label) =>
  words.literal((text) => {
    label.append = text;
    const [, initrd, more] = /initrd=([^ ]*)( ?)/.exec(text) ?? [];
    if (label.initrd !== undefined || initrd === undefined) return;
    // Without a blank after it the length of the name comes out as anything.
    if (more === "") words.reading.unknown("initrd= at the end of append");
    label.initrd = initrd;
  });

/** What may stand in a label. */
const inLabel: Readonly<Record<string, LabelReader>> = {
  menu: readLabelMenu,
  kernel,
  linux: kernel,
  append,
  initrd: once("initrd"),
  fdt: once("fdt"),
  devicetree: once("fdt"),
  fdtdir: once("fdtdir"),
  devicetreedir: once("fdtdir"),
  fdtoverlays: once("fdtoverlays"),
  "devicetree-overlay": once("fdtoverlays"),
  localboot: (words, label) => words.integer((value) => Object.assign(label, { localboot: value })),
  ipappend: (words, label) => words.integer((value) => Object.assign(label, { ipappend: value })),
  kaslrseed: (_, label) => {
    label.kaslrseed = true;
    return true;
  },
};

function readLabelMenu(words: PxeWords, label: PxeLabel, menu: PxeMenu): boolean {
  const start = words.at;
  const word = words.keyword();
  if (word === "default") menu.chosen ??= label.name;
  // A name that is missing is complained about, and no more.
  else if (word === "label") words.literal((text) => Object.assign(label, { menu: text }));
  else words.malformed(start);
  words.skipLine();
  return true;
}
