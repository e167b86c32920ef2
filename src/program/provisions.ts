// Kernels, DTBs, overlays, initrds and files: the inputs opened and looked into, the served names checked.
// Also the NFS roots, which are declared the same way.
import { diagnose, type Span } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import { type Compression, compressors, identify } from "../image/index.js";
import type { NfsrootDeclaration, ProvisionDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import { openInput } from "./include.js";
import { writtenAt } from "./origin.js";
import type { Input, Nfsroot, Provision } from "./program.js";
import { admit, allows, filePath, kernelArgument } from "./rules.js";
import { readPlace } from "./scripts.js";
import {
  address,
  constantOf,
  ipv4,
  isIpv4,
  originOf,
  reading,
  readProperties,
  text,
  word,
} from "./values.js";

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
  return { path, name: baseName(path), content, payload: identify(content), span: from.span };
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

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** They become part of one kernel argument. */
const mountOptions = reading(
  "mount options joined by commas, such as nolock,rsize=4096",
  (found) => (found !== "" && allows(kernelArgument, found) ? found : undefined),
);

/** They stand between parentheses in a line of /etc/exports. */
const exportOptions = reading(
  "options of exports(5) joined by commas, such as async,root_squash",
  (found) => (/^[a-z][\w=:-]*(,[a-z][\w=:-]*)*$/.test(found) ? found : undefined),
);

const hosts = reading("an address or a network such as 192.168.0.0/24", (found) => {
  const [address = "", bits = "32", ...rest] = found.split("/");
  const right = isIpv4(address) && /^([12]?[0-9]|3[0-2])$/.test(bits) && rest.length === 0;
  return right ? found : undefined;
});

/** Resolves an `nfsroot`. NFS over TCP, version 3, unless the flow says otherwise. */
export function resolveNfsroot(
  { name, at, span, properties }: NfsrootDeclaration,
  { scope, report }: Context,
): Nfsroot {
  const schema = {
    version: word("2", "3", "4", "4.0", "4.1", "4.2"),
    protocol: word("tcp", "udp"),
    server: ipv4,
    options: mountOptions,
    mode: word("rw", "ro"),
    export: exportOptions,
    to: hosts,
  };
  const read = readProperties("nfsroot", properties, schema, scope, report);
  return {
    name: name.name,
    span: { ...span, end: at.span.end },
    at,
    version: read.version?.value ?? "3",
    protocol: read.protocol?.value ?? "tcp",
    readonly: read.mode?.value === "ro",
    ...(read.server && { server: read.server.value }),
    ...(read.options && { options: read.options.value }),
    ...(read.export && { exportOptions: read.export.value }),
    ...(read.to && { to: read.to.value }),
  };
}
