// A folder with a private key in it, served.
import { expect, it } from "vitest";
import { contentOf } from "../../src/image/index.js";
import { tellingOfKeys } from "../../src/serve/keys-served.js";
import type { Source } from "../../src/tftp/index.js";
import { pemOf, rsaKey } from "../tools/keys.js";

const files: Readonly<Record<string, string>> = {
  "key.pem": pemOf(rsaKey(2048).privateKey),
  "u-boot.dtb": "\xd0\x0d\xfe\xed PRIVATE KEY",
  "boot.scr": "echo -----BEGIN RSA PRIVATE KEY-----",
};
const source: Source = {
  open(name) {
    const text = files[name];
    if (text === undefined) return "not found";
    return { content: contentOf(Buffer.from(text, "latin1")), close: () => {} };
  },
};

it("is told once, of each key", () => {
  const told: string[] = [];
  const telling = tellingOfKeys(source, (message) => told.push(message));
  for (const name of ["boot.scr", "key.pem", "u-boot.dtb", "none", "key.pem"]) {
    const opened = telling.open(name, "192.0.2.1");
    expect(typeof opened === "string").toBe(!(name in files));
  }
  expect(told).toEqual(["key.pem looks like a private key, and everybody can fetch it"]);
});
