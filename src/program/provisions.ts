// Kernels, DTBs, overlays, initrds and files: the inputs opened and looked into, the served names checked.

import { diagnose, type Span } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import { fileName } from "../ground/index.js";
import { type Compression, compressors, identify } from "../image/index.js";
import type { ProvisionDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import { writtenAt } from "./evidence.js";
import { openInput } from "./include.js";
import type { Input, Provision } from "./program.js";
import { admit, filePath } from "./rules.js";
import { readPlace } from "./scripts.js";
import { address, constantOf, originOf, readProperties, text, word } from "./values.js";

const compression = word(...(Object.keys(compressors) as Compression[]));
const schemas = {
  kernel: { load: address, entry: address, compress: compression, name: text },
  initrd: { compress: compression, name: text },
  dtb: {},
  overlay: {},
  file: {},
} as const;

/** Resolves a `kernel`, `dtb`, `overlay`, `initrd` or `file`. */
export function resolveProvision(
  declaration: ProvisionDeclaration,
  context: Context,
): Provision | undefined {
  const { kind, name, span, properties } = declaration;
  const { scope, report } = context;
  const schema: typeof schemas.kernel = schemas[kind] as typeof schemas.kernel;
  const read = readProperties(kind, properties, schema, scope, report);
  const wrapped = declaration.container === "uimage";
  if (wrapped && kind !== "kernel" && kind !== "initrd") {
    report(diagnose("not-wrapped", { kind }, span));
  }
  const place = declaration.place && readPlace(declaration.place, context);
  const input = resolveInput(declaration, context);
  if (declaration.from && !input) return undefined;
  const file = servedName(declaration, input, context);
  if (file === undefined) return undefined;
  return {
    kind,
    name: name.name,
    span: headSpan(declaration),
    file,
    fileSpan: (declaration.as ?? declaration.from ?? name).span,
    wrapped,
    ...(input && { input }),
    ...(place && { place }),
    ...(read.load && { load: { address: read.load.value, span: read.load.span } }),
    ...(read.entry && { entry: { address: read.entry.value, span: read.entry.span } }),
    ...(read.compress && { compress: read.compress.value }),
    ...(read.name && { title: read.name.value }),
  };
}

function resolveInput(declaration: ProvisionDeclaration, context: Context): Input | undefined {
  const { kind, from } = declaration;
  const { files, scope, report } = context;
  if (!from) {
    if (kind !== "dtb") report(diagnose("not-from-firmware", { kind }, declaration.span));
    return undefined;
  }
  const path = constantOf(from, scope, report);
  if (path === undefined) return undefined;
  const content = openInput(files, pathBeside(from.span.source.name, path), from.span, report);
  if (!content) return undefined;
  return { path, name: fileName(path), content, payload: identify(content), span: from.span };
}

/** The name a provision is served under: what `as` says, or the input's own. */
function servedName(
  { as, name, from, container }: ProvisionDeclaration,
  input: Input | undefined,
  { scope, report }: Context,
): string | undefined {
  if (!input) return name.name;
  const given = as && constantOf(as, scope, report);
  if (as && given === undefined) return undefined;
  const file = given ?? (container ? `${name.name}.uImage` : input.name);
  const source = as ?? from;
  const origin = source ? originOf(source, scope) : writtenAt(name.span);
  return admit(file, filePath, origin, report) ? file : undefined;
}

/** The stretch up to the braces: what a message about the whole points at. */
function headSpan({ span, as, from, name }: ProvisionDeclaration): Span {
  return { ...span, end: (as ?? from ?? name).span.end };
}
