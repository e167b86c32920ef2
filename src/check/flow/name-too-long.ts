// Names of files that U-Boot's TFTP client cuts off.
import { diagnose } from "../../diagnostics/index.js";
import { tooLongForTftp } from "../../faults/index.js";
import type { ClientCheck } from "../contract.js";

export const nameTooLong: ClientCheck = ({ name, root, file, client, fetched }, report, plan) => {
  const { scripts, provisions } = plan.program;
  for (const [each, roots] of fetched) {
    const provision = provisions.get(each);
    const tooLong = provision && roots.has("tftp") && tooLongForTftp(provision.file);
    if (tooLong) report(diagnose("name-too-long", tooLong, provision.span));
  }
  const script = scripts.get(name);
  const tooLong = root === "tftp" && script && tooLongForTftp(file);
  if (!tooLong) return;
  const labels = [
    { span: script.file.span },
    ...(client ? [{ span: client.span, text: "for this client" }] : []),
  ];
  report(diagnose("name-too-long", tooLong, labels));
};
