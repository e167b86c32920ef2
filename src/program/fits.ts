// FITs: the images that they hold looked up among the provisions, and their configurations made
// whole. Which addresses the images get is not decided here. Document: grammar/README.md, `fit`.
import type { Board } from "../boards/index.js";
import { diagnose, nearest, type Report, type Span } from "../diagnostics/index.js";
import { type DigestName, digestSizes, isDigest } from "../image/index.js";
import type { FitConfigItem, FitDeclaration, FitItem, FitPart } from "../language/index.js";
import type { Context } from "./context.js";
import { writtenAt } from "./evidence.js";
import type { Fit, FitConfig, FitMember, Provision, Signature } from "./program.js";
import { declaredAs, declaredLabel } from "./references.js";
import { admit, filePath } from "./rules.js";
import { readPlace } from "./scripts.js";
import { resolveSign } from "./signing.js";
import { constantOf, originOf, reading, readProperties, size, text } from "./values.js";

/** What FITs are resolved among. */
export interface FitContext extends Context {
  readonly provisions: ReadonlyMap<string, Provision>;
  readonly board: Board;
  /** Of the flow, for FITs without one of their own. */
  readonly signature: Signature | undefined;
}

/** The provisions that a FIT is made of, by name. */
export function namesIn({ items }: FitDeclaration): readonly string[] {
  const parts = items.flatMap((each): readonly FitPart[] => {
    if (each.type === "config") return each.parts;
    return each.type === "part" ? [each] : [];
  });
  return parts.flatMap(({ names }) => names.map(({ name }) => name));
}

/** Resolves a `fit`. */
export function resolveFit(
  declaration: FitDeclaration,
  context: FitContext,
): Provision | undefined {
  const { name, as, span, place: written } = declaration;
  const { scope, report, board } = context;
  const file = as ? constantOf(as, scope, report) : `${name.name}.itb`;
  const place = written && readPlace(written, context);
  const head: Span = { ...span, end: (written ?? as ?? name).span.end };
  const configs = configsOf(declaration, head, context);
  const hashes = hashesOf(declaration, context);
  const signature = signatureOf(declaration, context);
  const external = externalOf(declaration, context);
  if (file === undefined || !configs) return undefined;
  const origin = as ? originOf(as, scope) : writtenAt(name.span);
  if (!admit(file, filePath, origin, report)) return undefined;
  const first = defaultOf(declaration, configs.configs, context);
  if (first === undefined) return undefined;
  const fit: Fit = {
    ...configs,
    default: first,
    hashes,
    arch: board.arch,
    ...signature,
    ...external,
  };
  return {
    kind: "fit",
    name: name.name,
    span: head,
    file,
    fileSpan: (as ?? name).span,
    wrapped: false,
    fit,
    ...(place && { place }),
  };
}

/** The items of one type, in order. */
function itemsOf<T extends FitItem["type"]>({ items }: FitDeclaration, type: T) {
  return items.filter((each): each is Extract<FitItem, { type: T }> => each.type === type);
}

/** The images, each once, as they are met. */
class Members {
  readonly found = new Map<string, FitMember>();
  /** Whether one was named that is not there. */
  incomplete = false;
  constructor(private readonly context: FitContext) {}

  /** The images that `part` names; what it does not find is reported. */
  of({ kind, names, noload }: FitPart): readonly FitMember[] {
    const { provisions, report, broken } = this.context;
    return names.flatMap(({ name, span }) => {
      const provision = provisions.get(name);
      if (provision?.kind !== kind || !provision.input) {
        this.incomplete = true;
        if (broken.has(name)) return [];
        const fitting = [...provisions.values()].filter((each) => each.kind === kind && each.input);
        const near = nearest(
          name,
          fitting.map((each) => each.name),
        );
        const other = provision?.kind === kind ? undefined : declaredAs({ provisions }, name);
        const data = { kind, name, nearest: near, is: other?.kind };
        report(diagnose("name-unknown", data, [{ span }, ...declaredLabel(other)]));
        return [];
      }
      const before = this.found.get(name);
      const member = before ?? { provision: { ...provision, wrapped: true }, noload };
      this.found.set(name, member);
      return [member];
    });
  }
}

function configsOf(
  declaration: FitDeclaration,
  head: Span,
  context: FitContext,
): Pick<Fit, "images" | "configs"> | undefined {
  const members = new Members(context);
  // Of a FIT with a hole it is not known what is missing.
  const report: Report = (diagnostic) => {
    if (!members.incomplete || diagnostic.code === "name-taken") context.report(diagnostic);
  };
  const own = itemsOf(declaration, "part").map(({ kind, ...part }) => {
    return { kind, members: members.of({ kind, ...part }) };
  });
  const all = (wanted: FitPart["kind"]) =>
    own.flatMap(({ kind, members }) => (kind === wanted ? members : []));
  const shared: Shared = {
    kernel: all("kernel"),
    dtb: all("dtb"),
    overlay: all("overlay"),
    initrd: all("initrd"),
  };
  const written = itemsOf(declaration, "config");
  const configs =
    written.length > 0
      ? written.flatMap(
          (each) => writtenConfig(each, shared, members, { ...context, report }) ?? [],
        )
      : impliedConfigs(shared, head, { ...context, report });
  const names = new Map<string, FitConfig>();
  for (const config of configs) {
    const before = names.get(config.name);
    if (before) {
      const labels = [{ span: config.span }, { span: before.span, text: "first used here" }];
      report(diagnose("name-taken", { name: config.name }, labels));
    } else names.set(config.name, config);
  }
  if (configs.length === 0 || members.incomplete) return undefined;
  return { images: [...members.found.values()], configs };
}

type Shared = Readonly<Record<FitPart["kind"], readonly FitMember[]>>;

/** Without any `config`: one for each tree, or one. */
function impliedConfigs(shared: Shared, span: Span, { report }: FitContext): FitConfig[] {
  const [kernel] = shared.kernel;
  if (!kernel) {
    report(diagnose("fit-no-kernel", {}, span));
    return [];
  }
  const [initrd, second] = shared.initrd;
  if (second || shared.kernel.length > 1) {
    const kind = second ? "initrd" : "kernel";
    report(diagnose("config-unclear", { kind, names: namesOf(shared[kind]) }, span));
    return [];
  }
  const rest = {
    span,
    kernel,
    overlays: shared.overlay.map(({ provision }) => provision),
    ...(initrd && { initrd: initrd.provision }),
  };
  if (shared.dtb.length === 0) return [{ ...rest, name: "conf" }];
  return shared.dtb.map(({ provision }) => ({ ...rest, name: provision.name, dtb: provision }));
}

const namesOf = (members: readonly FitMember[]) => members.map(({ provision }) => provision.name);

const configName = reading("a name of letters, digits and , . _ + -", (found) =>
  /^[A-Za-z0-9,._+-]{1,63}$/.test(found) ? found : undefined,
);

function writtenConfig(
  { name, parts, properties }: FitConfigItem,
  shared: Shared,
  members: Members,
  context: FitContext,
): FitConfig | undefined {
  const { scope, report } = context;
  const schema = { description: text, compatible: text };
  const read = readProperties("config", properties, schema, scope, report);
  const called = configName(name, scope, report);
  const of = (kind: FitPart["kind"]) => parts.filter((part) => part.kind === kind);
  let clear = called !== undefined;
  /** What is named here, or the only one that the FIT has. */
  const one = (kind: FitPart["kind"]): FitMember | undefined => {
    const written = of(kind);
    const found = written.length > 0 ? written.flatMap((each) => members.of(each)) : shared[kind];
    const [first, second] = found;
    if (!second) return first;
    clear = false;
    report(diagnose("config-unclear", { kind, names: namesOf(found) }, name.span));
    return undefined;
  };
  const [kernel, dtb, initrd] = [one("kernel"), one("dtb"), one("initrd")];
  const overlays = of("overlay").flatMap((part) => members.of(part));
  if (clear && !kernel) report(diagnose("fit-no-kernel", { config: called }, name.span));
  if (!clear || !kernel || called === undefined) return undefined;
  return {
    name: called,
    span: name.span,
    kernel,
    overlays: overlays.map(({ provision }) => provision),
    ...(dtb && { dtb: dtb.provision }),
    ...(initrd && { initrd: initrd.provision }),
    ...(read.description && { description: read.description.value }),
    ...(read.compatible && { compatible: read.compatible.value.split(/[ ]+/) }),
  };
}

function hashesOf(declaration: FitDeclaration, { report }: FitContext): readonly DigestName[] {
  const names = itemsOf(declaration, "hash").flatMap((item) => item.names);
  // Hardly any U-Boot has crc16-ccitt.
  const known = Object.keys(digestSizes).filter((name) => name !== "crc16-ccitt");
  const hashes = names.flatMap(({ name, span }) => {
    if (known.includes(name) && isDigest(name)) return [name];
    const expected = `a hash: ${known.join(", ")}`;
    report(diagnose("value-invalid", { expected, found: name }, span));
    return [];
  });
  return names.length === 0 ? ["sha256"] : [...new Set(hashes)];
}

function signatureOf(declaration: FitDeclaration, context: FitContext) {
  const [sign] = itemsOf(declaration, "sign");
  const signature = sign ? resolveSign(sign, context) : context.signature;
  return signature && { signature };
}

function externalOf(declaration: FitDeclaration, { scope, report }: FitContext) {
  const [item] = itemsOf(declaration, "external");
  if (!item) return undefined;
  const { align, position } = item;
  const alignment = align && powerOfTwo(align, scope, report);
  const start = position && size(position, scope, report);
  return {
    external: {
      ...(alignment !== undefined && { alignment }),
      ...(start !== undefined && { position: start }),
    },
  };
}

const powerOfTwo = reading("a power of two such as 512 or 4K", (found) => {
  const [, digits, unit = ""] = /^(\d{1,9})(K?)$/i.exec(found) ?? [];
  const value = Number(digits) * (unit === "" ? 1 : 1024);
  return value >= 4 && value <= 2 ** 20 && Number.isInteger(Math.log2(value)) ? value : undefined;
});

/** The configuration that boots when none is asked for: the first unless said otherwise. */
function defaultOf(
  declaration: FitDeclaration,
  configs: readonly FitConfig[],
  { scope, report }: FitContext,
): string | undefined {
  const [item] = itemsOf(declaration, "default");
  if (!item) return configs[0]?.name;
  const name = constantOf(item.config, scope, report);
  if (name === undefined || configs.some((each) => each.name === name)) return name;
  const near = nearest(
    name,
    configs.map((each) => each.name),
  );
  report(diagnose("name-unknown", { kind: "config", name, nearest: near }, item.config.span));
  return undefined;
}
