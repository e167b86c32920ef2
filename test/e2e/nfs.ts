// An NFS server in user space, nfs-ganesha with rpcbind, that exports one directory to the boards
// of a network. NFS version 3 over TCP only. Its options are those of ganesha-config(8).
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "./network.js";
import type { Program } from "./program.js";

export interface Export {
  /** The directory that is served; boards write to it as root. */
  readonly directory: string;
  /** The path boards mount, as in nfsroot=SERVER:PATH. */
  readonly path: string;
  /** The server's configuration, where it is not the one below; it exports `path`. */
  readonly configuration?: string;
}

/** Starts the server, with its own files in `state`, and returns when boards can mount. */
export async function startNfs(network: Network, state: string, what: Export): Promise<Program> {
  mkdirSync(state, { recursive: true });
  const configuration = join(state, "ganesha.conf");
  writeFileSync(configuration, what.configuration ?? ganeshaConfiguration(network.address, what));

  await network.listening(network.start("rpcbind", ["-f", "-w"]), "tcp", 111);
  network.cover("/var/lib/nfs");
  network.exec("mkdir", "-p", "/var/lib/nfs/ganesha", "/run/ganesha");
  if (what.configuration !== undefined) {
    network.cover("/srv");
    for (const [, path] of what.configuration.matchAll(/ Path = "(.*)"/g)) {
      network.exec("mkdir", "-p", `${path}`);
    }
    network.exec("mount", "--bind", what.directory, what.path);
  }
  const server = network.start("ganesha.nfsd", [
    ...["-F", "-L", "/dev/stdout", "-p", join(state, "pid"), "-f", configuration],
  ]);
  await server.waitFor("NFS SERVER INITIALIZED", 30_000);
  return server;
}

function ganeshaConfiguration(address: string, { directory, path }: Export): string {
  return `
NFS_CORE_PARAM {
  Protocols = 3;
  Bind_addr = ${address};
  NFS_Port = 2049;
  MNT_Port = 20048;
  Enable_NLM = false;
  Enable_RQUOTA = false;
  mount_path_pseudo = true;
}
NFSv4 { Graceless = true; }
EXPORT {
  Export_Id = 1;
  Path = "${directory}";
  Pseudo = "${path}";
  Protocols = 3;
  Transports = TCP;
  Access_Type = RW;
  Squash = No_Root_Squash;
  SecType = sys;
  FSAL { Name = VFS; }
}
`;
}
