// `nfsroot`: a root on an NFS server, as kernels mount it and as the server exports it. nfs(5),
// exports(5).
import { isIPv4 } from "node:net";
import type { NfsrootDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import type { Client, Nfsroot } from "./program.js";
import { allows, kernelArgument } from "./rules.js";
import { ipv4, type Reader, reading, readProperties, word } from "./values.js";
import { wordingOf } from "./wording.js";

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
  const right = isIPv4(address) && /^([12]?[0-9]|3[0-2])$/.test(bits) && rest.length === 0;
  return right ? found : undefined;
});

/** They are each client's own where they name one of its values. */
const exportOptionsOf =
  (clients: readonly Client[]): Reader<ReadonlyMap<Client | undefined, string>> =>
  (value, scope, report) => {
    const parts = value.type === "text" ? value.parts : [value];
    const own = parts.some(
      (part) =>
        typeof part !== "string" && part.type === "interpolation" && part.path[0] === "client",
    );
    const read = (client?: Client) => {
      const found = exportOptions(value, client ? { ...scope, client } : scope, report);
      return found === undefined ? [] : [[client, found] as const];
    };
    return new Map(own ? clients.flatMap(read) : read());
  };

/** Resolves an `nfsroot`. NFS over TCP, version 3, unless the flow says otherwise. */
export function resolveNfsroot(
  { name, at, span, properties }: NfsrootDeclaration,
  clients: readonly Client[],
  { scope, report }: Context,
): Nfsroot | undefined {
  const schema = {
    version: word("2", "3", "4", "4.0", "4.1", "4.2"),
    protocol: word("tcp", "udp"),
    server: ipv4,
    options: mountOptions,
    mode: word("rw", "ro"),
    export: exportOptionsOf(clients),
    to: hosts,
  };
  const read = readProperties("nfsroot", properties, schema, scope, report);
  const path = wordingOf(at, scope, report, "each");
  if (!path) return undefined;
  return {
    name: name.name,
    span: { ...span, end: at.span.end },
    at: path,
    version: read.version?.value ?? "3",
    protocol: read.protocol?.value ?? "tcp",
    readonly: read.mode?.value === "ro",
    ...(read.server && { server: read.server.value }),
    ...(read.options && { options: read.options.value }),
    exportOptions: read.export?.value ?? new Map(),
    ...(read.to && { to: read.to.value }),
  };
}
