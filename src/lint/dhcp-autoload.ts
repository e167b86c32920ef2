// `dhcp && tftpboot …`: without a file `dhcp` fetches one by itself unless `autoload` says no, and fails
// when the server has none, so that what follows never runs (net/net.c, net_auto_load).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rule.js";
import { expanded } from "./values.js";

export const dhcpAutoload: Rule = ({ moments }, report) => {
  for (const { command, before, read } of moments) {
    if (command.name !== "dhcp" || command.args.length > 0 || !read) continue;
    // What somebody else may have set is not known.
    if (before.imported || /^n/i.test(expanded("${autoload}", before))) continue;
    report(diagnoseScript("dhcp-autoload", {}, command.at));
  }
};
