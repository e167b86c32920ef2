// A root file system over NFS by UDP.
import { diagnose } from "../../diagnostics/index.js";
import { isNfsByUdp } from "../../faults/index.js";
import type { ArgumentCheck } from "../contract.js";

export const nfsUdp: ArgumentCheck = ({ list }, _run, report) => {
  for (const { text, span, nfsroot } of list) {
    if (!isNfsByUdp(text)) continue;
    const labels = nfsroot ? [{ span: nfsroot.span }, { span, text: "used here" }] : [{ span }];
    report(diagnose("nfs-udp", { declared: nfsroot !== undefined }, labels));
  }
};
