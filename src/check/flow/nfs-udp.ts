// A root file system over NFS and UDP: Linux has had that switched off since 5.6
// (NFS_DISABLE_UDP_SUPPORT in fs/nfs/Kconfig).
import { diagnose } from "../../diagnostics/index.js";
import type { ArgumentCheck } from "../checks.js";

export const nfsUdp: ArgumentCheck = ({ list }, _run, report) => {
  for (const { text, span, nfsroot } of list) {
    if (!/^nfsroot=.*,(?:proto=)?udp(?:,|$)/.test(text)) continue;
    const labels = nfsroot ? [{ span: nfsroot.span }, { span, text: "used here" }] : [{ span }];
    report(diagnose("nfs-udp", { declared: nfsroot !== undefined }, labels));
  }
};
