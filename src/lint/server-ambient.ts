// A file is fetched without naming the server, and DHCP has named one (net/bootp.c: `serverip` is
// overwritten; with lwIP `tftpserverip` counts). Without DHCP the script's or the saved one is asked.
import { diagnoseScript } from "../diagnostics/index.js";
import { variablesIn } from "./command.js";
import type { Rule } from "./rule.js";

export const serverAmbient: Rule = ({ moments, board }, report) => {
  for (const { command, before } of moments) {
    if (!/^(?:tftpboot|nfs)$/.test(command.name)) continue;
    const [address, file = address] = command.args;
    const { dhcp, own } = before.server;
    if (!dhcp || !file || namesServer(file.text)) continue;
    const lwip = board?.net.stack === "lwip" && !before.variables.has("tftpserverip");
    if (own && !lwip) continue;
    // A name that comes from a variable alone may have a server in it.
    if (variablesIn(file.word).length > 0 && /^\$\{[^}]*\}$/.test(file.text)) continue;
    const overwritten = own || before.variables.has("serverip");
    const data = { command: command.text, file: file.text, overwritten };
    const labels = [{ span: file.at }, { span: dhcp.at, text: "sets `serverip`" }];
    report(diagnoseScript("server-ambient", data, labels));
  }
};

/** Whether something stands before a colon that can be an address. */
function namesServer(text: string): boolean {
  return /^(?:\$\{[^}]*\}|[\d.]+|\[[\da-f:]+\]):/i.test(text);
}
