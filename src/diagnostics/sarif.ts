// Findings as SARIF 2.1.0, for tools of code review. No fingerprints: those tools make their own.
// Governed by https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
import { entryOf, type Severity } from "./codes.js";
import type { Diagnostic, Label } from "./diagnostic.js";
import type { Judged } from "./policy.js";
import { positionOf, type Span } from "./source.js";

/** What the findings themselves do not say. */
export interface SarifOptions {
  /** Of ubootc. */
  readonly version: string;
  /** The flow: where a finding is shown that has no place. */
  readonly flow: string;
  /** The name of a source as a URI, relative to where the command was called. */
  readonly uriOf: (name: string) => string;
}

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** A SARIF log of everything that was found; what is allowed is in it as suppressed. */
export function sarifOf({ diagnostics, allowed }: Judged, options: SarifOptions): object {
  const found = [
    ...diagnostics.map((diagnostic) => ({ diagnostic, suppressions: [] })),
    ...allowed.map(({ diagnostic, allowance: { why, span } }) => ({
      diagnostic,
      suppressions: [
        {
          kind: "inSource",
          status: "accepted",
          justification: why,
          location: { physicalLocation: physicalLocation(span, options) },
        },
      ],
    })),
  ];
  const codes = [...new Set(found.map(({ diagnostic }) => diagnostic.code))].sort();
  const results = found.map(({ diagnostic, suppressions }) => ({
    ruleId: diagnostic.code,
    ruleIndex: codes.indexOf(diagnostic.code),
    level: diagnostic.severity,
    message: { text: wordsOf(diagnostic) },
    ...placesOf(diagnostic, options),
    ...fixesOf(diagnostic, options),
    suppressions,
  }));
  const { version } = options;
  const driver = { name: "ubootc", semanticVersion: version, rules: codes.map(ruleOf) };
  const run = { tool: { driver }, columnKind: "utf16CodeUnits", results };
  return { $schema: SCHEMA, version: "2.1.0", runs: [run] };
}

function ruleOf(code: Diagnostic["code"]) {
  const { explain, severity } = entryOf(code);
  return {
    id: code,
    shortDescription: { text: code.replaceAll("-", " ") },
    fullDescription: { text: explain },
    help: { text: explain },
    defaultConfiguration: { level: severity satisfies Severity },
  };
}

/** The message with the notes and the help, as a reader of the log has nothing else. */
function wordsOf({ message, notes, help }: Diagnostic): string {
  return [message, ...notes, ...(help === undefined ? [] : [`help: ${help}`])].join("\n");
}

function placesOf({ labels }: Diagnostic, options: SarifOptions) {
  const [guilty, ...others] = labels;
  if (!guilty) {
    const physicalLocation = { artifactLocation: artifactLocation(options.flow, options) };
    return { locations: [{ physicalLocation }] };
  }
  return {
    locations: [location(guilty, options)],
    ...(others.length > 0 && {
      relatedLocations: others.map((each, id) => ({ id, ...location(each, options) })),
    }),
  };
}

/** The help as changes to files (3.55). */
function fixesOf({ edits = [], help = "" }: Diagnostic, options: SarifOptions) {
  if (edits.length === 0) return {};
  const names = [...new Set(edits.map(({ span }) => span.source.name))];
  const artifactChanges = names.map((name) => ({
    artifactLocation: artifactLocation(name, options),
    replacements: edits
      .filter(({ span }) => span.source.name === name)
      .map(({ span, text }) => ({ deletedRegion: regionOf(span), insertedContent: { text } })),
  }));
  return { fixes: [{ description: { text: help }, artifactChanges }] };
}

function location({ span, text }: Label, options: SarifOptions) {
  return {
    physicalLocation: physicalLocation(span, options),
    ...(text !== undefined && { message: { text } }),
  };
}

function physicalLocation(span: Span, options: SarifOptions) {
  return {
    artifactLocation: artifactLocation(span.source.name, options),
    region: regionOf(span),
  };
}

function regionOf({ source, start, end }: Span) {
  const first = positionOf(source, start);
  const last = positionOf(source, end);
  return {
    startLine: first.line,
    startColumn: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}

function artifactLocation(name: string, { uriOf }: SarifOptions) {
  const uri = uriOf(name);
  return uri.includes(":") ? { uri } : { uri, uriBaseId: "%SRCROOT%" };
}
