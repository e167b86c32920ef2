// A secret in what a build gives away: everybody on the network can fetch an artifact. Patterns that
// are hardly ever anything else; the secret itself is not shown.
import { diagnose, type Report, type Span } from "../../diagnostics/index.js";
import { holdsKey } from "../../ground/index.js";
import type { Content } from "../../image/index.js";
import { type Client, textFor, type Wording } from "../../program/index.js";
import { stepsIn, wordingsIn } from "../../steps/index.js";
import { spanOf } from "../arguments.js";
import type { FlowCheck, RunCheck } from "../contract.js";

const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["the hash of a password", /\$(?:1|2[aby]|5|6|y|gy|7)\$[./A-Za-z0-9$=,]{8,}/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20}/],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\./],
  [
    "a password",
    /(?:^|[\s._-])(?:pass(?:word|wd|phrase)|psk|secret|token|api[_-]?key)=(?![$<])\S+/i,
  ],
];

/** What the scripts of a client, and the arguments of its kernel, give away. */
export const secret: RunCheck = (run, report) => {
  const { analysis, client } = run;
  for (const wording of stepsIn(analysis.steps).flatMap(wordingsIn)) {
    look(textFor(wording, client), placeOf(wording, client), report);
  }
};

/** Where a value stands: one that is nothing but a value given elsewhere, there. */
function placeOf({ parts, span }: Wording, client: Client | undefined): Span {
  const [only] = parts;
  if (parts.length !== 1 || typeof only !== "object" || only.type === "variable") return span;
  const given = only.type === "given" ? only.given : client?.values.get(only.key);
  return given?.span ?? span;
}

/** What the files that are provided as they are give away. */
export const secretInFile: FlowCheck = ({ program }, report) => {
  for (const { kind, input } of program.provisions.values()) {
    if (!input) continue;
    if (holdsKeyAnywhere(input.content)) report(diagnose("secret", { what: KEY }, input.span));
    else if (kind === "file") look(startOf(input.content), input.span, report);
  }
  for (const { files } of program.firmware) {
    for (const { name, content, span } of files) {
      if (!holdsKeyAnywhere(content)) continue;
      report(diagnose("secret", { what: `${KEY} (${name})` }, span));
    }
  }
};

const KEY = "a private key";

/** So much of a file is looked through; an archive that is compressed shows nothing anyway. */
const SEARCHED = 32 << 20;
/** The pieces overlap by more than the beginning of a key has. */
const PIECE = 1 << 20;
const OVERLAP = 1 << 12;

/** What every block of PEM has in its first line: found in no time, where a pattern takes its own. */
const MARK = "PRIVATE KEY";

/** The file of a key is short, and looked at whole; a large file can have one anywhere in it. */
function holdsKeyAnywhere(content: Content): boolean {
  if (holdsKey(content.read(0, Math.min(content.size, LOOKED_AT)))) return true;
  const end = Math.min(content.size, SEARCHED);
  for (let at = 0; at < end; at += PIECE) {
    const piece = content.read(at, Math.min(PIECE + OVERLAP, end - at));
    if (Buffer.from(piece.buffer, piece.byteOffset, piece.length).includes(MARK)) {
      if (holdsKey(piece)) return true;
    }
  }
  return false;
}

function look(text: string, span: Span, report: Report): void {
  for (const [what, pattern] of patterns) {
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    report(diagnose("secret", { what }, spanOf(found.trim(), span)));
    return;
  }
}

/** Keys and configurations are short; the rest of a large file is not looked at. */
const LOOKED_AT = 0x10000;

function startOf(content: Content): string {
  return new TextDecoder("latin1").decode(content.read(0, LOOKED_AT));
}
