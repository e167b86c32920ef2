// A private key is never shown, wherever one is given by mistake, and never served without a word.
import { createCipheriv, createECDH, generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { render } from "../../src/diagnostics/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { holdsKey } from "../../src/ground/index.js";
import { contentOf } from "../../src/image/index.js";
import { readScripts } from "../../src/lint/index.js";
import { rsaKey } from "../tools/keys.js";

const { privateKey: rsa } = rsaKey(2048);
const { privateKey: ec } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const { privateKey: ed } = generateKeyPairSync("ed25519");
const secret = { cipher: "aes-256-cbc", passphrase: "x" } as const;
const base64 = Buffer.alloc(48, 7).toString("base64");
const block = (name: string) =>
  `-----BEGIN ${name}-----\n${base64}\n${base64}\n-----END ${name}-----\n`;

const keys: Readonly<Record<string, string | Buffer>> = {
  "PKCS#8": rsa.export({ type: "pkcs8", format: "pem" }),
  "PKCS#8 encrypted": rsa.export({ type: "pkcs8", format: "pem", ...secret }),
  "PKCS#1": rsa.export({ type: "pkcs1", format: "pem" }),
  "PKCS#1 encrypted": rsa.export({ type: "pkcs1", format: "pem", ...secret }),
  SEC1: ec.export({ type: "sec1", format: "pem" }),
  "PKCS#8 of ed25519": ed.export({ type: "pkcs8", format: "pem" }),
  "PKCS#8 DER": rsa.export({ type: "pkcs8", format: "der" }),
  "PKCS#8 DER encrypted": rsa.export({ type: "pkcs8", format: "der", ...secret }),
  "PKCS#8 DER of P-256": ec.export({ type: "pkcs8", format: "der" }),
  "PKCS#8 DER of ed25519": ed.export({ type: "pkcs8", format: "der" }),
  "PKCS#1 DER": rsa.export({ type: "pkcs1", format: "der" }),
  "SEC1 DER": ec.export({ type: "sec1", format: "der" }),
  JWK: JSON.stringify(rsa.export({ format: "jwk" })),
  "JWK of P-256": JSON.stringify(ec.export({ format: "jwk" }), undefined, 2),
  OpenSSH: block("OPENSSH PRIVATE KEY"),
  PGP: block("PGP PRIVATE KEY BLOCK"),
  DSA: `# a comment\r\n${block("DSA PRIVATE KEY").replaceAll("\n", "\r\n")}`,
  PuTTY: `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n${base64}\n`,
  age: "# created: 2026\nAGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQ\n",
  WireGuard: `[Interface]\nPrivateKey = ${Buffer.alloc(32, 9).toString("base64")}\n`,
};

const board = "board qemu_arm64\nserver 10.0.2.2\n";

/** Pieces of a key that would be enough to recognise it by. */
const piecesOf = (key: string | Buffer) =>
  key.toString("latin1").match(/[A-Za-z0-9+/_-]{24,}/g) ?? [];

for (const [what, key] of Object.entries(keys)) {
  it.each(['include "key"', 'clients from "key"', 'clients from "key.json"'])(
    `shows nothing of ${what}: %s`,
    (line) => {
      const files = memoryFiles({ "a.boot": `${board}${line}\n`, key, "key.json": key });
      const { diagnostics } = compile("a.boot", { files });
      expect(diagnostics.map(({ code }) => code)).toEqual(["private-key"]);
      const text = diagnostics.map((each) => render(each)).join("");
      for (const piece of piecesOf(key)) expect(text).not.toContain(piece);
    },
  );

  it(`takes ${what} for no script`, () => {
    const found = readScripts("key", contentOf(Buffer.from(key)));
    expect(typeof found).toBe("string");
    for (const piece of piecesOf(key)) expect(found).not.toContain(piece);
  });

  it.each(['kernel k from "key"', 'initrd i from "key"', 'file f from "key"', 'dtb d from "key"'])(
    `warns of ${what} that is served: %s`,
    (line) => {
      const files = memoryFiles({ "a.boot": `${board}${line}\n`, key });
      const { diagnostics } = compile("a.boot", { files });
      expect(diagnostics.map(({ code }) => code)).toContain("secret");
    },
  );
}

it("warns of a key in a folder for the firmware, and inside an archive", () => {
  const archive = Buffer.concat([Buffer.alloc((1 << 20) - 20), Buffer.from(`${keys.OpenSSH}`)]);
  const files = memoryFiles({
    "a.boot": `board rpi_3\nserver 10.0.2.2\ninitrd i from "cpio"\nfirmware on tftp { files from "fw" }\n`,
    "fw/id": keys["PKCS#8 DER"] ?? "",
    cpio: archive,
  });
  const { diagnostics } = compile("a.boot", { files });
  expect(diagnostics.filter(({ code }) => code === "secret")).toHaveLength(2);
});

it("takes nothing else for a key", () => {
  const { publicKey } = rsaKey(2048);
  const others = [
    publicKey.export({ type: "spki", format: "pem" }),
    publicKey.export({ type: "spki", format: "der" }),
    JSON.stringify(publicKey.export({ format: "jwk" })),
    // What programs that read keys have in them.
    "\0-----BEGIN OPENSSH PRIVATE KEY-----\n\0-----END OPENSSH PRIVATE KEY-----\n",
    'print "-----BEGIN PRIVATE KEY-----"\n',
    createECDH("prime256v1").generateKeys(),
    createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(1 << 20)),
  ];
  for (const each of others) expect(holdsKey(Buffer.from(each))).toBe(false);
});
