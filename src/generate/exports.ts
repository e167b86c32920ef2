// server/exports and server/ganesha.conf: the folders that clients mount, for the NFS server of the
// kernel and for the one in user space. exports(5), ganesha-export-config(8), ganesha-core-config(8).
import type { Exported } from "./exported.js";

const everybody = (exported: readonly Exported[]) =>
  exported.some((each) => each.everybody)
    ? "# Not all clients have an `address` in the flow: everybody near the server may mount.\n" +
      "# `to` in `nfsroot` says who may instead.\n"
    : "";

/** Lines for /etc/exports.d. */
export function exportsText(flow: string, exported: readonly Exported[]): string {
  const lines = exported.map(({ path, hosts, readonly, options }) => {
    const own = options?.split(",") ?? [];
    const usual = ["sync", "no_subtree_check", "no_root_squash"];
    const opposite = (option: string) =>
      option === "sync" ? "async" : option.startsWith("no_") ? option.slice(3) : `no_${option}`;
    const kept = usual.filter((each) => !own.includes(each) && !own.includes(opposite(each)));
    const all = [readonly ? "ro" : "rw", ...kept, ...own];
    return `${path} ${hosts.map((host) => `${host}(${all.join(",")})`).join(" ")}\n`;
  });
  return `# Roots of ${flow}, for /etc/exports.d; then: exportfs -ra
# no_root_squash: what a client's root writes in its root file system has to be root's.
${everybody(exported)}${lines.join("")}`;
}

/** The configuration of nfs-ganesha for the same. */
export function ganeshaText(flow: string, exported: readonly Exported[]): string {
  const versions = [...new Set(exported.map(({ version }) => version))].sort();
  const blocks = exported.map(
    ({ path, hosts, readonly, protocol, version, options }, index) => `
EXPORT {
  Export_Id = ${index + 1};
  Path = "${path}";
  Pseudo = "${path}";
  Protocols = ${version};
  Transports = ${protocol.toUpperCase()};
  SecType = sys;
  Squash = ${squash(options)};
  Access_Type = NONE;
  CLIENT {
    Clients = ${hosts.join(", ")};
    Access_Type = ${readonly ? "RO" : "RW"};
  }
  FSAL { Name = VFS; }
}
`,
  );
  return `# Roots of ${flow}, for /etc/ganesha/ganesha.conf: NFS without the kernel's server.
${everybody(exported)}
NFS_CORE_PARAM {
  Protocols = ${versions.join(", ")};
  # As the kernel's server does: NFS 3 mounts by the path of EXPORT's Pseudo.
  mount_path_pseudo = true;
}
${blocks.join("")}`;
}

/** The one option that both servers have words for. */
function squash(options = ""): string {
  const last = options.split(",").findLast((each) => /^(no_)?root_squash$|^all_squash$/.test(each));
  if (last === "root_squash") return "Root_Squash";
  return last === "all_squash" ? "All_Squash" : "No_Root_Squash";
}
