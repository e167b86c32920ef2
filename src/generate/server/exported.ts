// What a flow's NFS server has to export, to whom: the roots that `nfsroot` declares, and the boot
// folders that clients mount. exports.ts and ganesha.ts write it down for the two servers.

import {
  type Client,
  clientParts,
  type Nfsroot,
  type Program,
  textFor,
  variablesOf,
} from "../../program/index.js";
import { bootFoldersOf } from "./boot-folders.js";

/** A folder of the server that clients mount. */
export interface Exported {
  /** On the server. */
  readonly path: string;
  /** Who may mount it. */
  readonly hosts: readonly Host[];
  /** Whether `hosts` is everybody near the server, for want of addresses. */
  readonly everybody: boolean;
  readonly readonly: boolean;
  readonly protocol: string;
  /** The major version of NFS. */
  readonly version: "3" | "4";
}

/** Somebody who may mount a folder. */
export interface Host {
  /** An address, or a network. */
  readonly address: string;
  /** Further options, in the words of exports(5). */
  readonly options?: string;
}

/** A root of a client, or of all that share it. */
export interface ClientRoot {
  readonly nfsroot: Nfsroot;
  readonly path: string;
  /** Undefined for a root that all clients share. */
  readonly client?: Client;
}

/** The roots of a flow by their paths; those whose path only the board knows are left out. */
export function rootsOf(program: Program): readonly ClientRoot[] {
  return [...program.nfsroots.values()].flatMap((nfsroot): ClientRoot[] => {
    const own = clientParts(nfsroot.at).length > 0;
    const whose = own ? program.clients : [undefined];
    return whose.flatMap((client) => {
      const path = pathOf(nfsroot, client);
      return path === undefined ? [] : [{ nfsroot, path, ...(client && { client }) }];
    });
  });
}

function pathOf({ at }: Nfsroot, client: Client | undefined): string | undefined {
  const known = clientParts(at).every(({ key }) => client?.values.has(key));
  if (!known || variablesOf(at).length > 0) return undefined;
  return textFor(at, client).replace(/(?<=.)\/+$/, "");
}

/** All that has to be exported, each path once. */
export function exportedOf(program: Program): readonly Exported[] {
  const exported = new Map<string, Exported>();
  const add = (nfsroot: Nfsroot, path: string, readonly: boolean, client?: Client) => {
    const hosts = hostsFor(nfsroot, program, client);
    if (hosts.list.length === 0) return;
    const before = exported.get(path);
    exported.set(path, {
      path,
      hosts: byAddress([...(before?.hosts ?? []), ...hosts.list]),
      everybody: hosts.everybody || before?.everybody === true,
      readonly: readonly && before?.readonly !== false,
      protocol: nfsroot.protocol,
      version: nfsroot.version.startsWith("4") ? "4" : "3",
    });
  };
  for (const { nfsroot, path, client } of rootsOf(program)) {
    add(nfsroot, path, nfsroot.readonly, client);
  }
  // As the root is mounted, since the same client does it.
  const [nfsroot] = program.nfsroots.values();
  for (const { path, client } of nfsroot ? bootFoldersOf(program) : []) {
    add(nfsroot as Nfsroot, path, false, client);
  }
  return [...exported.values()];
}

/** Each address once; what was said of it last counts. */
const byAddress = (hosts: readonly Host[]): readonly Host[] => [
  ...new Map(hosts.map((host) => [host.address, host])).values(),
];

function hostsFor(nfsroot: Nfsroot, program: Program, client: Client | undefined) {
  const { to, exportOptions } = nfsroot;
  const host = (address: string, whose?: Client): Host => {
    const options = exportOptions.get(whose) ?? exportOptions.get(undefined);
    return { address, ...(options !== undefined && { options }) };
  };
  if (to !== undefined) return { list: [host(to, client)], everybody: false };
  const clients = client ? [client] : program.clients;
  const known = clients.flatMap((each) => {
    const address = each.values.get("address");
    return address ? [host(address.text, each)] : [];
  });
  if (known.length > 0 && known.length === clients.length) return { list: known, everybody: false };
  const server = nfsroot.server ?? program.servers[0]?.text;
  const list = server === undefined ? [] : [host(networkOf(server), client)];
  return { list, everybody: true };
}

/** The network of 24 bits around `address`: what a small network usually is. */
const networkOf = (address: string) => `${address.split(".").slice(0, 3).join(".")}.0/24`;
