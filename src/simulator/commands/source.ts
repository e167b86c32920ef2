// `source`: finds the script in an image in memory and runs it. Governed by cmd/source.c and
// image_locate_script in boot/image-board.c.
import type { Run } from "../../hush/index.js";
import {
  answersTo,
  type Content,
  childOf,
  textOf as fdtText,
  propertyOf,
  slice,
  types,
  viewOf,
} from "../../image/index.js";
import {
  checkHashes,
  fitAt,
  formatAt,
  type LoadedFit,
  legacyAt,
  signaturesHold,
  verifies,
} from "../boot/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";

/** A script that was found, or what U-Boot says about why not. */
type Located = { readonly text: string } | { readonly message: string };

/** What after the address names a part of a FIT: `:image`, `#configuration`. */
interface Part {
  readonly image?: string;
  readonly configuration?: string;
}

/** Commands that run scripts. */
export const sourceCommands: Family = (machine) => ({
  source: { run: (args) => source(machine, args), maxargs: 2 },
});

function source(machine: Machine, [what]: readonly string[]): ReturnType<Run> {
  const { address, part } = readTarget(machine, what);
  machine.print(`## Executing script at ${hex(address, 8)}\n`);
  return runScript(machine, address, part);
}

function readTarget(machine: Machine, what: string | undefined): { address: number; part: Part } {
  if (what === undefined) return { address: machine.board.addresses.loadaddr ?? 0, part: {} };
  const knows = machine.shell.since("2023.04");
  // A colon counts first, wherever it is.
  const mark = what.includes(":") ? ":" : knows && what.includes("#") ? "#" : undefined;
  if (mark === undefined) return { address: hexadecimal(what), part: {} };
  const end = what.indexOf(mark);
  const [at, name] = [what.slice(0, end), what.slice(end + 1)];
  const address = at === "" ? machine.loadAddress : hexadecimal(at);
  return { address, part: mark === ":" ? { image: name } : { configuration: name } };
}

/** Runs the script in the image at `address`; says why when there is none. */
export function runScript(machine: Machine, address: number, part: Part = {}): number {
  const located = locate(machine, address, part);
  if ("message" in located) {
    machine.print(located.message);
    return 1;
  }
  const { pieces } = machine.memory.read(address, 1);
  return machine.shell.source(located.text, pieces[0]?.origin.name ?? hex(address));
}

function locate(machine: Machine, address: number, part: Part): Located {
  const format = formatAt(machine, address);
  const { legacy, fit } = machine.board.images;
  if (format === "legacy" && legacy) return locateLegacy(machine, address);
  if (format === "fdt" && fit) {
    const loaded = fitAt(machine, address);
    return loaded ? locateFit(machine, loaded, part) : { message: "Bad FIT image format\n" };
  }
  return { message: 'Wrong image format for "source" command\n' };
}

function locateLegacy(machine: Machine, address: number): Located {
  const image = legacyAt(machine, address);
  if (!image?.headerHolds) return { message: "Bad header crc\n" };
  if (verifies(machine) && !image.dataHolds) return { message: "Bad data crc\n" };
  if (types.byId(image.header.type)?.name !== "script") return { message: "Bad image type\n" };
  const { data } = image;
  const table = viewOf(data.read(0, TABLE));
  const length = table.byteLength < 4 ? 0 : table.getUint32(0);
  if (length === 0) return { message: "Empty Script\n" };
  let at = 0;
  while (at + 4 <= table.byteLength && table.getUint32(at) !== 0) at += 4;
  return { text: decode(slice(data, at + 4, length)) };
}

/** The longest table of lengths that is read, bytes. */
const TABLE = 4096;

/** Bytes as text; what is no UTF-8 keeps its bytes as characters of their own. */
function decode(content: Content): string {
  const bytes = content.read(0, content.size);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

function locateFit(machine: Machine, loaded: LoadedFit, part: Part): Located {
  const wanted = nameOf(machine, loaded, part);
  if (typeof wanted === "object") return wanted;
  const found = loaded.fit.images.find((each) => answersTo(each, wanted));
  if (!found) return { message: `Can't find '${wanted}' FIT subimage\n` };
  if (found.type !== "script") return { message: "Not a image image\n" };
  if (verifies(machine) && !checkHashes(machine, loaded, found)) {
    return { message: "Bad Data Hash\n" };
  }
  const outside = found.external !== undefined && !machine.shell.since("2023.07");
  if (!found.data || outside) return { message: "Could not find script subimage data\n" };
  return { text: decode(found.data) };
}

/** The name of the image that holds the script, or why none is named. */
function nameOf(
  machine: Machine,
  loaded: LoadedFit,
  { image, configuration }: Part,
): string | { readonly message: string } {
  const { fit } = loaded;
  const modern = machine.shell.since("2023.04");
  if (image === undefined && modern) {
    const chosen = configuration || fit.defaultConfiguration;
    const found = fit.configurations.find((each) => answersTo(each, chosen ?? ""));
    if (found && verifies(machine) && !signaturesHold(machine, loaded, found)) {
      return { message: "" };
    }
    const script = found?.images.find(({ property }) => property === "script")?.name;
    if (script !== undefined) return script;
    if (configuration !== undefined) {
      const what = found ? "script in" : "config";
      return { message: `Could not find ${what} ${configuration}\n` };
    }
  }
  if (image !== undefined && (image !== "" || !modern)) return image;
  const images = fit.tree && childOf(fit.tree.root, "images");
  return fdtText(propertyOf(images, "default")) ?? { message: "No FIT subimage unit name\n" };
}
