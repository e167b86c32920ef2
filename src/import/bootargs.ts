// Kernel arguments as `bootargs` of a flow: the console, the root and the rest.

/** What an `nfsroot=` says. */
export interface NfsRoot {
  readonly path: string;
  readonly version?: string;
  readonly protocol?: string;
}

const pattern = /nfsroot=(?:[^\s:,"]+:)?(\/[^\s,"$]+)((?:,[\w.=]+)*)/;

/** The root over NFS that is in `text`, if there is one. */
export function nfsrootIn(text: string): NfsRoot | undefined {
  const [, path, options = ""] = pattern.exec(text) ?? [];
  if (path === undefined) return undefined;
  const version = /,(?:nfs)?v(?:ers=)?([34][.\d]*)/.exec(options)?.[1];
  const protocol = /,(?:proto=)?(tcp|udp)\b/.exec(options)?.[1];
  return { path, ...(version && { version }), ...(protocol && { protocol }) };
}

/** The statement for the arguments in `value`, which is a text in quotes. */
export function bootargsText(value: string, nfsroot: boolean): readonly string[] {
  const words = value
    .slice(1, -1)
    .split(/ +/)
    .filter((each) => each !== "");
  // What is escaped or quoted inside is nothing to take apart.
  if (words.length === 0 || /\\/.test(value)) return [`bootargs ${value}`];
  const lines: string[] = [];
  const over = nfsroot && words.some((each) => each.startsWith("nfsroot="));
  for (const word of words) {
    const [, key, argument] = /^(console|root|ip)=(.+)$/.exec(word) ?? [];
    if (over && (word === "root=/dev/nfs" || word === "rw")) continue;
    if (over && word.startsWith("nfsroot=")) lines.push("root rootfs");
    else if (key !== undefined) lines.push(`${key} "${argument}"`);
    else if (lines.at(-1)?.startsWith('"')) lines.push(`${lines.pop()?.slice(0, -1)} ${word}"`);
    else lines.push(`"${word}"`);
  }
  return ["bootargs {", ...lines.map((each) => `  ${each}`), "}"];
}
