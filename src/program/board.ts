// Boards as a flow names them: from the catalogue, or made from one of it with values changed.
import { type Board, findBoard, nearestBoards } from "../boards/index.js";
import { diagnose, type Label, type Source } from "../diagnostics/index.js";
import type { BoardDeclaration, Name } from "../language/index.js";
import type { Context } from "./context.js";
import { address, largeSize, memorySize, readProperties, size, text, word } from "./values.js";

/** Values of a board that a flow may change: where its own U-Boot differs from the stock one. */
const changeable = {
  kernel_addr_r: address,
  fdt_addr_r: address,
  ramdisk_addr_r: address,
  scriptaddr: address,
  pxefile_addr_r: address,
  fdtoverlay_addr_r: address,
  kernel_comp_addr_r: address,
  loadaddr: address,
  kernel_comp_size: largeSize,
  memory: memorySize,
  cbsize: size,
  maxargs: size,
  bootm_len: largeSize,
  commands: text,
  legacy_images: word("yes", "no"),
  fit: word("yes", "no"),
  fit_signature: word("yes", "no"),
  verified_boot: word("yes", "no"),
};

/** The boards a flow declares, by name, the first one first; undefined without any. */
export function resolveBoards(
  declarations: readonly BoardDeclaration[],
  main: Source,
  context: Context,
): ReadonlyMap<string, Board> | undefined {
  const { report } = context;
  const result = new Map<string, Board>();
  const names = new Map<string, Name>();
  for (const declaration of declarations) {
    const { name, from } = declaration;
    const before = names.get(name.name);
    if (before) {
      const labels: Label[] = [{ span: name.span }, { span: before.span, text: "first used here" }];
      report(diagnose("name-taken", { name: name.name }, labels));
      continue;
    }
    names.set(name.name, name);
    const base = lookUp(from ?? name, result, context);
    if (base) result.set(name.name, changed(base, declaration, context));
  }
  if (names.size === 0) {
    const start =
      /[^\s]|$/.exec(main.text.replace(/^#.*/gm, (line) => " ".repeat(line.length)))?.index ?? 0;
    report(diagnose("board-missing", {}, { source: main, start, end: start }));
  }
  return result.size > 0 ? result : undefined;
}

/** A board by its name: one that the flow declares, or one of the catalogue. */
export function lookUp(
  { name, span }: Pick<Name, "name" | "span">,
  declared: ReadonlyMap<string, Board>,
  { report }: Pick<Context, "report">,
): Board | undefined {
  const found = declared.get(name) ?? findBoard(name);
  if (!found) report(diagnose("board-unknown", { name, nearest: nearestBoards(name) }, span));
  return found;
}

/** One command each; some are there only with an option of their own. */
const COMMANDS = /env (?:exists|export|import)|fdt apply|[^ ,]+/g;

/** `board` with more commands, named as in `commands` of a `board`, and with so many bytes of memory. */
export function boardWith(board: Board, commands = "", memory = board.memory.size): Board {
  const added = commands.match(COMMANDS) ?? [];
  return {
    ...board,
    memory: { ...board.memory, size: memory },
    ...(added.length > 0 && { commands: new Set([...board.commands, ...added]) }),
  };
}

function changed(base: Board, declaration: BoardDeclaration, { scope, report }: Context): Board {
  const { name, from, properties } = declaration;
  if (!from && properties.length === 0) return base;
  const read = readProperties("board", properties, changeable, scope, report);
  const addresses: Record<string, number> = { ...base.addresses };
  for (const [key, found] of Object.entries(read)) {
    if (
      typeof found.value === "number" &&
      (key.endsWith("_r") || /^(script|load)addr$/.test(key))
    ) {
      addresses[key] = found.value;
    }
  }
  const { memory, cbsize, maxargs, bootm_len, kernel_comp_size } = read;
  const { legacy_images, fit, fit_signature, verified_boot } = read;
  return {
    ...boardWith(base, read.commands?.value, memory?.value),
    id: name.name,
    addresses,
    limits: {
      ...base.limits,
      ...(cbsize && { cbsize: cbsize.value }),
      ...(maxargs && { maxargs: maxargs.value }),
      ...(bootm_len && { bootmLen: bootm_len.value }),
    },
    ...(kernel_comp_size && { kernelCompSize: kernel_comp_size.value }),
    images: {
      ...base.images,
      ...(legacy_images && { legacy: legacy_images.value === "yes" }),
      ...(fit && { fit: fit.value === "yes" }),
      ...(fit_signature && { fitSignature: fit_signature.value === "yes" }),
      ...(verified_boot && { verified: verified_boot.value === "yes" }),
    },
  };
}
