// A root file system over NFS and no address for the kernel (nfsroot.rst in Linux): without `ip=` the
// kernel never touches the network. An initrd may do it instead.
import { diagnose } from "../../diagnostics/index.js";
import type { ArgumentCheck } from "../checks.js";

export const rootUnreachable: ArgumentCheck = ({ list }, { initrd }, report) => {
  if (initrd) return;
  const root = list.find(({ text }) => /^(?:root=\/dev\/nfs$|nfsroot=)/.test(text));
  // The last one counts.
  const ip = list.findLast(({ text }) => text.startsWith("ip="));
  const late = list.some(({ text }) => text.startsWith("${"));
  if (!root || late || (ip && !/^ip=(?:off|none)$/.test(ip.text))) return;
  const labels = ip ? [{ span: ip.span }, { span: root.span }] : [{ span: root.span }];
  report(diagnose("root-unreachable", { argument: root.text, ip: ip?.text }, labels));
};
