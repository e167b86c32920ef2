// The kernel is told to mount what no `nfsroot` of the flow exports.
import { diagnose } from "../../diagnostics/index.js";
import { type Client, clientParts, type Program, textFor } from "../../program/index.js";
import type { KernelArgument } from "../arguments.js";
import type { ArgumentCheck } from "../contract.js";

export const nfsPath: ArgumentCheck = ({ list }, { client }, report, { program }) => {
  if (program.nfsroots.size === 0) return;
  const roots = exportsFor(client, program);
  for (const argument of list) {
    const path = mounted(argument, program);
    if (path === undefined) continue;
    if (roots.some(({ at }) => path === at || path.startsWith(`${at}/`))) continue;
    const known = roots.map(({ at }) => at);
    const exported = roots.map(({ span }) => ({ span, text: "exported" }));
    report(diagnose("nfs-path", { path, known }, [{ span: argument.span }, ...exported]));
  }
};

/** The path that is mounted, where it was written by hand and from a server of the flow. */
function mounted({ text, nfsroot }: KernelArgument, { servers, nfsroots }: Program) {
  const [, server, path] = /^nfsroot=(?:([^:,]*):)?(\/[^,]*)/.exec(text) ?? [];
  if (nfsroot || path === undefined || /\$\{|%s/.test(path)) return undefined;
  const own = [...servers.map((each) => each.text), ...[...nfsroots.values()].map((x) => x.server)];
  return server === undefined || own.includes(server) ? withoutSlash(path) : undefined;
}

function exportsFor(client: Client | undefined, { nfsroots }: Program) {
  return [...nfsroots.values()].flatMap(({ at }) => {
    const known = clientParts(at).every(({ key }) => client?.values.has(key));
    return known ? [{ at: withoutSlash(textFor(at, client)), span: at.span }] : [];
  });
}

const withoutSlash = (path: string) => path.replace(/\/+$/, "");
