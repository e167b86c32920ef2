// A root over NFS and no address for the kernel. Only of arguments that are known whole, and where no
// initrd is booted that could set up the network.
import { diagnoseScript } from "../diagnostics/index.js";
import { unreachableRoot } from "../faults/index.js";
import { argumentsIn } from "./bootargs.js";
import { bootsIn } from "./boots.js";
import type { Rule } from "./rule.js";

export const rootUnreachable: Rule = (script, report) => {
  if (bootsIn(script).some(({ initrd }) => initrd)) return;
  for (const { words, argument } of argumentsIn(script)) {
    const { root, ip } = unreachableRoot(words) ?? {};
    if (root === undefined) continue;
    report(diagnoseScript("root-unreachable", { argument: root, ip }, argument.at));
  }
};
