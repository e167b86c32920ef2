// The programs that the files of server/ are for, asked whether they can read them. The NFS server in
// user space is asked in a laboratory (../e2e/lab.ts), which needs more than a file.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder } from "../../cli/cli.js";
import { run } from "../../tools/tools.js";
import { Lab } from "../e2e/lab.js";

/** What exportfs makes of server/exports, in a mount namespace of its own; what it objects to. */
export function exportfs(exports: string) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "exports"), exports);
  const paths = pathsIn(exports);
  mkdirSync(join(cwd, "state"));
  const commands = [
    ...["mount -t tmpfs none /srv", `mkdir -p ${paths.join(" ")}`],
    ...["touch /etc/exports", `mount --bind ${cwd}/exports /etc/exports`],
    ...["mkdir -p /var/lib/nfs", `mount --bind ${cwd}/state /var/lib/nfs`],
    ...["exportfs -ar", "cat /var/lib/nfs/etab"],
  ];
  const said = run("unshare", ["--mount", "sh", "-ec", commands.join("\n")]);
  rmSync(join(cwd, "state"), { recursive: true });
  return { status: said.status, stderr: said.stderr, table: said.stdout };
}

/** The folders that server/exports exports. */
export function pathsIn(exports: string): readonly string[] {
  return [...exports.matchAll(/^(\/\S+) /gm)].map(([, path]) => `${path}`);
}

/** What dnsmasq says to server/dnsmasq.conf. A TFTP folder is one of this machine: it looks for it. */
export function dnsmasq(configuration: string): string {
  const folder = emptyFolder();
  const file = join(folder, "dnsmasq.conf");
  writeFileSync(file, configuration.replace(/^(tftp-root=).*$/m, `$1${folder}`));
  return run("dnsmasq", ["--test", `--conf-file=${file}`]).stderr.trim();
}

/** What systemd says to server/ubootc.service; nothing when it has no objection. */
export function systemd(unit: string): string {
  const file = join(emptyFolder(), "ubootc.service");
  writeFileSync(file, unit);
  const { status, stdout, stderr } = run("systemd-analyze", ["verify", file]);
  return status === 0 ? stdout + stderr : `${status}: ${stdout}${stderr}`;
}

/** What findmnt says to server/fstab. A mount point is a folder of this machine: it looks for it. */
export function findmnt(table: string): string {
  const folder = emptyFolder();
  const file = join(folder, "fstab");
  writeFileSync(file, table.replaceAll("  /boot/firmware  ", `  ${folder}  `));
  const { stdout, stderr } = run("findmnt", ["--verify", "--tab-file", file]);
  return (stdout + stderr).trim();
}

/** What nfs-ganesha prints that runs server/ganesha.conf. */
export async function ganesha(configuration: string): Promise<string> {
  const [, path = ""] = /Path = "(.*)"/.exec(configuration) ?? [];
  const lab = await Lab.open();
  const server = await lab.nfs({ directory: lab.directory("root"), path, configuration });
  return server.output;
}
