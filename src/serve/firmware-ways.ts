// What a Raspberry Pi has to fetch to start its kernel, by the config.txt of its folder: a kernel and a
// device tree, in one of several ways. Leaves out overlays and initrds, which are asked for before
// the kernel or with it. Sources:
// Raspberry Pi's documentation ("config.txt", `kernel`, `arm_64bit`), names of the firmware's own.
import { type Board, filterModel, type PiModel } from "../boards/index.js";
import type { Artifact } from "../generate/index.js";
import { bytesOf } from "../image/index.js";
import { configLine } from "../program/index.js";
import type { Served } from "./served.js";

/** The first file of a boot, as each generation asks for it; below the folder, or beside it. */
const FIRST = /(?:^|\/)(?:bootcode\.bin|start4?\.elf|config\.txt)$/;

/** Device trees of each generation. */
const trees: Readonly<Record<PiModel, RegExp>> = {
  pi0: /^bcm(?:2708|2710|2835|2837)-rpi-(?:zero|cm0)/,
  pi1: /^bcm(?:2708|2835)-rpi-/,
  pi2: /^bcm(?:2709|2710|2836|2837)-rpi-(?:2|cm2)/,
  pi3: /^bcm(?:2710|2837)-rpi-(?:3|cm3)/,
  pi4: /^bcm2711-rpi-/,
  pi5: /^bcm2712/,
};

/** The files of the firmware's folders as they are served, for the boards that may ask. */
export function servedFirmware(
  artifacts: readonly Artifact[],
  boardsOf: (client: string | undefined) => readonly Board[],
): readonly Served[] {
  const names = artifacts.map(({ name }) => name);
  return artifacts.map(({ name, content, client }) => {
    const isConfig = /(?:^|\/)config\.txt$/.test(name);
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    const files = names
      .filter((each) => each.startsWith(folder))
      .map((each) => each.slice(folder.length));
    const text = isConfig ? new TextDecoder("latin1").decode(bytesOf(content)) : "";
    const models = isConfig ? modelsFor(boardsOf(client), files) : [];
    const ways = models.flatMap((model) => waysOf(model, text, new Set(files)));
    return {
      name,
      content,
      kind: "file",
      begins: FIRST.test(name),
      ways: ways.map((way) => way.map((each) => folder + each)),
      ...(client !== undefined && { client }),
    };
  });
}

/** The generations that may boot from `files`: those of the flow first, and all that find a tree. */
function modelsFor(boards: readonly Board[], files: readonly string[]): readonly PiModel[] {
  const own = boards.flatMap(({ piModels = [] }) => piModels);
  const others = (Object.keys(trees) as PiModel[]).filter((model) =>
    files.some((name) => name.endsWith(".dtb") && trees[model].test(name)),
  );
  return [...new Set([...own, ...others])];
}

/** What a board of `model` needs besides config.txt, which says `text`, of a folder with `files`. */
function waysOf(
  model: PiModel,
  text: string,
  files: ReadonlySet<string>,
): readonly (readonly string[])[] {
  const config = settingsFor(model, text);
  const usual = kernelsOf(model, config.get("arm_64bit")).filter((name) => files.has(name));
  const named = config.get("kernel")?.replace(/^\//, "");
  const kernels = named === undefined ? usual : [named];
  const tree = config.get("device_tree");
  const some = [...files].filter((name) => name.endsWith(".dtb") && trees[model].test(name));
  // Without one the kernel is started as it is.
  const dtbs = tree === undefined ? (some.length > 0 ? some : [""]) : [tree];
  return kernels.flatMap((kernel) =>
    dtbs.map((dtb) => [dtb, kernel].filter((each) => each !== "")),
  );
}

/** Kernels by preference where config.txt names none. */
function kernelsOf(model: PiModel, bits: string | undefined): readonly string[] {
  if (model === "pi5") return ["kernel_2712.img", "kernel8.img"];
  if (model === "pi4") return bits === "0" ? ["kernel7l.img"] : ["kernel8.img"];
  if (model === "pi1") return ["kernel.img"];
  if (bits === "1") return ["kernel8.img"];
  return model === "pi0" ? ["kernel.img", "kernel7.img"] : ["kernel7.img"];
}

/** The settings that count for `model`; the last one of a name. Filters of other kinds may match. */
function settingsFor(model: PiModel, text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let counts = true;
  for (const line of text.split(/\r?\n/)) {
    const { filter, key, value = "" } = configLine(line) ?? {};
    if (filter !== undefined) {
      const meant = filterModel(filter);
      if (/^all$/i.test(filter)) counts = true;
      else if (/^none$/i.test(filter)) counts = false;
      else if (meant !== undefined) counts = meant === model;
    } else if (key !== undefined && counts) found.set(key, value);
  }
  return found;
}
