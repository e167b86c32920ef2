// A root over NFS by UDP, which Linux has switched off since 5.6.
import { diagnoseScript } from "../diagnostics/index.js";
import { argumentsIn } from "./bootargs.js";
import type { Rule } from "./rules.js";

export const nfsUdp: Rule = (script, report) => {
  for (const { words, argument } of argumentsIn(script)) {
    const root = words.find((each) => each.startsWith("nfsroot="));
    if (!/,(?:proto=)?udp(?:,|$)/.test(root ?? "")) continue;
    report(diagnoseScript("nfs-udp", { declared: false }, argument.at));
  }
};
