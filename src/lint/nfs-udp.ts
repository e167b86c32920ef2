// A root over NFS by UDP.
import { diagnoseScript } from "../diagnostics/index.js";
import { isNfsByUdp } from "../faults/index.js";
import { argumentsIn } from "./bootargs.js";
import type { Rule } from "./rule.js";

export const nfsUdp: Rule = (script, report) => {
  for (const { words, argument } of argumentsIn(script)) {
    if (words.some(isNfsByUdp)) report(diagnoseScript("nfs-udp", { declared: false }, argument.at));
  }
};
