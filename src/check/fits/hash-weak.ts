// A FIT whose images have only hashes that do not tell one file from another made to look like it.
// A signature covers the hashes and not the data, so it is worth no more than they are.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";

const strong: readonly string[] = ["sha256", "sha384", "sha512"];

export const hashWeak: FlowCheck = ({ program }, report) => {
  for (const { name, fit, span } of program.provisions.values()) {
    if (!fit?.signature || fit.hashes.some((each) => strong.includes(each))) continue;
    report(diagnose("hash-weak", { name, hashes: fit.hashes }, span));
  }
};
