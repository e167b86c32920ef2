// The kernel's arguments, of `bootargs` and of a cmdline.txt.
import { diagnose } from "../diagnostics/index.js";
import type { Argument } from "../language/index.js";
import { kernelArgument, kernelArguments, nfsrootOf } from "../program/index.js";
import { serverPathRules } from "./files.js";
import { admitted, decides, type Reading, readText, scopeOf } from "./reading.js";
import type { KernelArgument } from "./step.js";

/** The arguments `all`; undefined, reported, when one of them is wrong. */
export function readArguments(
  all: readonly Argument[],
  reading: Reading,
): readonly KernelArgument[] | undefined {
  const dhcp = !all.some(({ key }) => key?.name === "ip");
  const read = all.map((each) => readArgument(each, dhcp, reading));
  return read.every((each) => each !== undefined) ? read : undefined;
}

function readArgument(
  { key, value, span }: Argument,
  dhcp: boolean,
  reading: Reading,
): KernelArgument | undefined {
  if (key?.name === "root" && (value.type === "name" || value.type === "interpolation")) {
    return readRoot(value, dhcp, reading);
  }
  const written = key ? kernelArgument : kernelArguments;
  const wording = readText(value, { written, given: kernelArgument }, reading);
  return wording && { type: "text", span, value: wording, ...(key && { key: key.name }) };
}

function readRoot(
  value: Extract<Argument["value"], { type: "name" | "interpolation" }>,
  dhcp: boolean,
  reading: Reading,
): KernelArgument | undefined {
  const { program, report, idle } = reading;
  if (!decides(value, reading)) return undefined;
  const root = nfsrootOf(program, value, scopeOf(reading), report);
  if (!root) return undefined;
  if (!root.server && program.servers.length === 0) {
    if (program.broken.has("server")) return undefined;
    const what = `nfsroot ${root.name}`;
    if (!idle) report(diagnose("server-missing", { what }, root.span));
    return undefined;
  }
  const good = admitted(root.at, serverPathRules(root.at), reading);
  return good ? { type: "nfsroot", span: value.span, root, dhcp } : undefined;
}
