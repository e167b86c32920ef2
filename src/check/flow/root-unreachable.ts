// A root file system over NFS and no address for the kernel: without `ip=` the kernel never touches the
// network. An initrd may do it instead.
import { diagnose } from "../../diagnostics/index.js";
import { unreachableRoot } from "../../faults/index.js";
import type { ArgumentCheck } from "../contract.js";

export const rootUnreachable: ArgumentCheck = ({ list }, { initrd }, report) => {
  const found = initrd ? undefined : unreachableRoot(list.map(({ text }) => text));
  if (!found) return;
  const root = list.find(({ text }) => text === found.root);
  const ip = list.findLast(({ text }) => text === found.ip);
  const labels = [ip, root].flatMap((each) => (each ? [{ span: each.span }] : []));
  report(diagnose("root-unreachable", { argument: found.root, ip: found.ip }, labels));
};
