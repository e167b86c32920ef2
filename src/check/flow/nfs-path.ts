// The kernel is told to mount what no `nfsroot` of the flow exports.
import { diagnose } from "../../diagnostics/index.js";
import type { Program, Scope } from "../../program/index.js";
import { type KernelArgument, textOf } from "../arguments.js";
import type { ArgumentCheck } from "../checks.js";

export const nfsPath: ArgumentCheck = ({ list }, { scope }, report, { program }) => {
  if (program.nfsroots.size === 0) return;
  const roots = exportsFor(scope, program);
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

function exportsFor(scope: Scope, { nfsroots }: Program) {
  return [...nfsroots.values()].flatMap(({ at }) => {
    const path = textOf(at, { scope });
    return path === undefined ? [] : [{ at: withoutSlash(path), span: at.span }];
  });
}

const withoutSlash = (path: string) => path.replace(/\/+$/, "");
