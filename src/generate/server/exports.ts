// server/exports and server/ganesha.conf: the folders that clients mount, for the NFS server of the
// kernel and for the one in user space. exports(5), ganesha-export-config(8), ganesha-core-config(8).
import { oneLine } from "../../ground/index.js";
import type { Exported, Host } from "./exported.js";

const everybody = (exported: readonly Exported[]) =>
  exported.some((each) => each.everybody)
    ? "# Not all clients have an `address` in the flow: everybody near the server may mount.\n" +
      "# `to` in `nfsroot` says who may instead.\n"
    : "";

/** Lines for /etc/exports.d. */
export function exportsText(flow: string, exported: readonly Exported[]): string {
  const lines = exported.map(({ path, hosts, readonly }) => {
    const each = hosts.map(
      ({ address, options }) => `${address}(${allOptions(readonly, options)})`,
    );
    return `${path} ${each.join(" ")}\n`;
  });
  return `# Roots of ${oneLine(flow)}, for /etc/exports.d; then: exportfs -ra
# no_root_squash: what a client's root writes in its root file system has to be root's.
${everybody(exported)}${lines.join("")}`;
}

/** What is usual, where the flow does not say the opposite, and what it says. */
function allOptions(readonly: boolean, options = ""): string {
  const own = options === "" ? [] : options.split(",");
  const usual = ["sync", "no_subtree_check", "no_root_squash"];
  const opposite = (option: string) =>
    option === "sync" ? "async" : option.startsWith("no_") ? option.slice(3) : `no_${option}`;
  const kept = usual.filter((each) => !own.includes(each) && !own.includes(opposite(each)));
  return [readonly ? "ro" : "rw", ...kept, ...own].join(",");
}

/** The configuration of nfs-ganesha for the same. */
export function ganeshaText(flow: string, exported: readonly Exported[]): string {
  const versions = [...new Set(exported.map(({ version }) => version))].sort();
  const blocks = exported.map(
    ({ path, hosts, readonly, protocol, version }, index) => `
EXPORT {
  Export_Id = ${index + 1};
  Path = "${path}";
  Pseudo = "${path}";
  Protocols = ${version};
  Transports = ${protocol.toUpperCase()};
  SecType = sys;
  Access_Type = NONE;
${clientBlocks(hosts, readonly ? "RO" : "RW").join("")}  FSAL { Name = VFS; }
}
`,
  );
  return `# Roots of ${oneLine(flow)}, for /etc/ganesha/ganesha.conf: NFS without the kernel's server.
${everybody(exported)}
NFS_CORE_PARAM {
  Protocols = ${versions.join(", ")};
${versions.includes("3") ? "" : WITHOUT_LOCKS}  # As the kernel's server does: NFS 3 mounts by the path of EXPORT's Pseudo.
  mount_path_pseudo = true;
}
${blocks.join("")}`;
}

/** Only NFS 3 has its locks in a protocol of its own. */
const WITHOUT_LOCKS = `  # NFS 3's locks: with them a board that boots right after the server would wait for 90 s.
  Enable_NLM = false;
`;

/** Who may mount, those together who are treated alike. */
function clientBlocks(hosts: readonly Host[], access: string): readonly string[] {
  const alike = new Map<string, string[]>();
  for (const { address, options } of hosts) {
    const before = alike.get(squash(options));
    if (before) before.push(address);
    else alike.set(squash(options), [address]);
  }
  return [...alike].map(
    ([how, addresses]) => `  CLIENT {
    Clients = ${addresses.join(", ")};
    Access_Type = ${access};
    Squash = ${how};
  }
`,
  );
}

/** The one option that both servers have words for. */
function squash(options = ""): string {
  const last = options.split(",").findLast((each) => /^(no_)?root_squash$|^all_squash$/.test(each));
  if (last === "root_squash") return "Root_Squash";
  return last === "all_squash" ? "All_Squash" : "No_Root_Squash";
}
