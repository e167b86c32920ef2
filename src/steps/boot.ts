// `boot`: the kernel and what goes with it. Of a FIT the configuration is chosen here, since hardly any
// build looks for it at boot (CONFIG_FIT_BEST_MATCH). On a board that starts only what is signed, a
// kernel is started with its tree, its overlays and its initrd from a FIT that nobody declares.
import type { Board } from "../boards/index.js";
import { diagnose, nearest } from "../diagnostics/index.js";
import type { BootStatement } from "../language/index.js";
import {
  companionOf,
  constantOf,
  type Fit,
  type FitConfig,
  impliedName,
  isInterpolated,
  kernelOf,
  type Program,
  type Provision,
} from "../program/index.js";
import { decides, type Reading, scopeOf } from "./reading.js";
import type { BootStep, Named } from "./step.js";

export function readBoot(statement: BootStatement, reading: Reading): BootStep | undefined {
  const { program, board, report, idle } = reading;
  const { span, kernel: named, with: companions, config } = statement;
  const scope = scopeOf(reading);
  const kernel = decides(named, reading) ? kernelOf(program, named, scope, report) : undefined;
  const others = companions.map((each): Named | undefined => {
    if (!decides(each, reading)) return undefined;
    const provision = companionOf(program, each, scope, report);
    return provision && { provision, span: each.span };
  });
  const [first] = companions;
  if (kernel?.fit && first) report(diagnose("fit-with", { name: kernel.name }, first.span));
  if (kernel && !kernel.fit && config) {
    report(diagnose("config-outside", { name: kernel.name }, config.span));
  }
  const chosen = kernel?.fit && !idle ? configOf(statement, kernel.fit, reading) : undefined;
  if (config && idle && kernel?.fit && !isInterpolated(config)) {
    configOf(statement, kernel.fit, reading);
  }
  if (!kernel || !others.every((each) => each !== undefined)) return undefined;
  if ((kernel.fit && (first || !chosen)) || (!kernel.fit && config)) return undefined;
  const whole = { type: "boot", span, kernel: { provision: kernel, span: named.span } } as const;
  const signed = !kernel.fit && !kernel.wrapped && board.images.verified && !idle;
  const fit = signed ? impliedFit(kernel, others, named.span, reading) : undefined;
  const started = fit ?? kernel;
  const made = fit?.fit && fitting(fit.fit, board);
  const starts = chosen ?? made;
  return { ...whole, started, companions: others, ...(starts && { config: starts }) };
}

/** The configuration that `statement` names, or that is for the board; undefined, reported. */
function configOf(
  { config: named }: BootStatement,
  fit: Fit,
  reading: Reading,
): FitConfig | undefined {
  if (!named) return fitting(fit, reading.board);
  if (!decides(named, reading)) return undefined;
  const name = constantOf(named, scopeOf(reading), reading.report);
  const found = fit.configs.find((each) => each.name === name);
  if (name !== undefined && !found) {
    const known = fit.configs.map((each) => each.name);
    const data = { kind: "config", name, nearest: nearest(name, known) };
    reading.report(diagnose("name-unknown", data, named.span));
  }
  return found;
}

/** A configuration whose tree is for the board: the default, or the first that was written. */
function fitting(fit: Fit, board: Board): FitConfig | undefined {
  const usual = fit.configs.find((each) => each.name === fit.default);
  const all = fit.configs.filter((each) => fitsBoard(each, board));
  return usual && all.includes(usual) ? usual : (all[0] ?? usual);
}

/** Whether the tree of `config` says that it is for `board`. */
function fitsBoard({ dtb, compatible }: FitConfig, board: Board): boolean {
  const payload = dtb?.input?.payload;
  const own = compatible ?? (payload?.kind === "fdt" ? payload.compatible : []);
  return own.some((each) => board.compatible.includes(each));
}

/** The FIT of a kernel and its companions, made at its first use; undefined where there is no file. */
function impliedFit(
  kernel: Provision,
  others: readonly Named[],
  span: BootStatement["span"],
  { program, board, implied }: Reading,
): Provision | undefined {
  const inside = others.flatMap(({ provision }) => (provision.input ? [provision] : []));
  const name = impliedName([kernel, ...inside]);
  const known = program.provisions.get(name) ?? implied.get(name);
  if (known || !kernel.input) return known;
  const fit = { ...fitOf([kernel, ...inside], span, program), arch: board.arch };
  const file = { file: name, fileSpan: span, wrapped: false };
  const made: Provision = { kind: "fit", name, span, ...file, fit };
  implied.set(name, made);
  return made;
}

function fitOf(
  provisions: readonly Provision[],
  span: BootStatement["span"],
  { signature }: Program,
): Omit<Fit, "arch"> {
  const images = provisions.map((each) => ({
    provision: { ...each, wrapped: true },
    noload: false,
  }));
  const [first, ...rest] = images;
  const of = (kind: Provision["kind"]) => rest.find((each) => each.provision.kind === kind);
  const [dtb, initrd] = [of("dtb"), of("initrd")];
  const config: FitConfig = {
    name: "conf",
    span,
    kernel: first as Fit["images"][number],
    overlays: rest.flatMap(({ provision }) => (provision.kind === "overlay" ? [provision] : [])),
    ...(dtb && { dtb: dtb.provision }),
    ...(initrd && { initrd: initrd.provision }),
  };
  return {
    images,
    configs: [config],
    default: "conf",
    hashes: ["sha256"] as const,
    ...(signature && { signature }),
  };
}
