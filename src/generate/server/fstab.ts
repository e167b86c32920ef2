// server/fstab: what a root that comes over NFS mounts itself. The root is mounted by the kernel's
// command line and has no line; lines of a card or a disk would only make the board wait for them.
// fstab(5), nfs(5).

/** A folder of the server that a client mounts beside its root. */
export interface Mount {
  /** `ADDRESS:/PATH`. */
  readonly source: string;
  readonly at: string;
  readonly version: string;
  readonly protocol: string;
}

/** The table of a root that mounts `mounts`. */
export function fstabText(mounts: readonly Mount[]): string {
  const lines = mounts.map(({ source, at, version, protocol }) => {
    // Without the card there is nothing else to have the folder from: the boot waits for it.
    const options = `defaults,vers=${version},proto=${protocol},_netdev`;
    return `${source}  ${at}  nfs  ${options}  0  0\n`;
  });
  return `# etc/fstab of a root on the server: nothing of a card is mounted any more.
proc  /proc  proc  defaults  0  0
${lines.join("")}`;
}
