// Names of files that U-Boot's TFTP client cuts off (MAX_LEN in net/tftp.c).
import { diagnose } from "../../diagnostics/index.js";
import type { ClientCheck } from "../checks.js";

/** In bytes, without the final NUL. */
const LONGEST = 127;

export const nameTooLong: ClientCheck = ({ name, root, file, client, fetched }, report, plan) => {
  const { scripts, provisions } = plan.program;
  for (const [each, roots] of fetched) {
    const provision = provisions.get(each);
    if (!provision || !roots.has("tftp") || provision.file.length <= LONGEST) continue;
    const { length } = provision.file;
    report(diagnose("name-too-long", { length, most: LONGEST }, provision.span));
  }
  const script = scripts.get(name);
  if (file.length <= LONGEST || root !== "tftp" || !script) return;
  const labels = [
    { span: script.file.span },
    ...(client ? [{ span: client.span, text: "for this client" }] : []),
  ];
  report(diagnose("name-too-long", { length: file.length, most: LONGEST }, labels));
};
