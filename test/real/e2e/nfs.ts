// An NFS server in user space, nfs-ganesha with rpcbind, that runs the configuration of a build for
// the boards of a network. Its options are those of ganesha-config(8).
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../../tools/program.js";
import type { Network } from "./network.js";

export interface Export {
  /** The directory that is served; boards write to it as root. */
  readonly directory: string;
  /** The path boards mount, as in nfsroot=SERVER:PATH. */
  readonly path: string;
  /** The server's configuration, which exports `path`, and maybe other folders below /srv. */
  readonly configuration: string;
}

/** Starts the server, with its own files in `state`, and returns when boards can mount. */
export async function startNfs(network: Network, state: string, what: Export): Promise<Program> {
  mkdirSync(state, { recursive: true });
  const configuration = join(state, "ganesha.conf");
  writeFileSync(configuration, what.configuration);

  await network.listening(network.start("rpcbind", ["-f", "-w"]), "tcp", 111);
  network.cover("/var/lib/nfs");
  network.exec("mkdir", "-p", "/var/lib/nfs/ganesha", "/run/ganesha");
  network.cover("/srv");
  for (const [, path] of what.configuration.matchAll(/ Path = "(.*)"/g)) {
    network.exec("mkdir", "-p", `${path}`);
  }
  network.exec("mount", "--bind", what.directory, what.path);
  const server = network.start("ganesha.nfsd", [
    ...["-F", "-L", "/dev/stdout", "-p", join(state, "pid"), "-f", configuration],
  ]);
  await server.waitFor("NFS SERVER INITIALIZED", 30_000);
  return server;
}
