// A folder with a flow, for the tests of what commands write.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { clientTable, emptyFolder, kernel, put, tableFlow } from "./cli.js";

/** A flow with a test and two clients, and a link to their table. */
export function lab(): string {
  const folder = emptyFolder();
  const flow = `${tableFlow}test "boots" {\n  client rack-0\n  expect boot linux\n}\n`;
  put(folder, { "lab.boot": flow, "lab.csv": clientTable(2), "Image.gz": kernel });
  symlinkSync("lab.csv", join(folder, "link"));
  return folder;
}
