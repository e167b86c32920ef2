// Helps that say what to type: typed into the flow or script of their code, the code is gone, and
// nothing new is found.
import { describe, expect, it } from "vitest";
import { allCodes, type Diagnostic, edited, render } from "../../src/diagnostics/index.js";
import { looked } from "./looked.js";

const typedCodes = allCodes.filter((code) => edits(code).length > 0);

function edits(code: string) {
  return looked(code, "flow").diagnostics.flatMap(({ edits = [] }) => edits);
}

/** What is found once the helps are typed, again and again where one text has several of a kind. */
function left(code: string): readonly Diagnostic[] {
  const changed = new Map<string, string>();
  let found = looked(code, "flow").diagnostics;
  for (let round = 0; round < 5; round++) {
    const [first] = found;
    if (!first?.edits) break;
    for (const { source } of new Set(first.edits.map(({ span }) => span))) {
      changed.set(source.name, edited(source, first.edits));
    }
    found = looked(code, "flow", changed).diagnostics;
  }
  return found;
}

describe("a help that is typed", () => {
  it.each(typedCodes)("of %s leaves nothing to find", (code) => {
    expect(
      left(code)
        .map((each) => render(each))
        .join("\n"),
    ).toBe("");
  });

  it("is there for all but those that leave a decision to a person", () => {
    expect(allCodes.filter((code) => !typedCodes.includes(code))).toMatchInlineSnapshot(`
      [
        "nested-too-deep",
        "statement-outside",
        "not-utf8",
        "source-too-large",
        "private-key",
        "text-too-long",
        "too-many",
        "include-cycle",
        "include-not-constant",
        "fit-no-kernel",
        "fit-with",
        "config-unclear",
        "key-unreadable",
        "signing-failed",
        "input-missing",
        "input-not-a-file",
        "input-unreadable",
        "input-empty",
        "table-unreadable",
        "table-not-a-list",
        "table-no-name",
        "table-column-name",
        "table-column-twice",
        "table-width",
        "table-value",
        "name-taken",
        "param-unset",
        "param-unknown",
        "property-missing",
        "variable-too-late",
        "device-not-storage",
        "test-expects-nothing",
        "test-ends-twice",
        "client-outside",
        "client-value-missing",
        "client-shared",
        "outside-subnet",
        "address-in-range",
        "unsafe-value",
        "file-name-taken",
        "file-name-inside",
        "not-from-firmware",
        "image-impossible",
        "config-long",
        "config-idle",
        "cmdline-lines",
        "chain-self",
        "condition-too-wide",
        "raw-unbalanced",
        "line-too-long",
        "too-many-arguments",
        "not-portable",
        "script-too-large",
        "no-room",
        "code-fixed",
        "wrong-kind",
        "kernel-architecture",
        "kernel-elf",
        "kernel-efi",
        "kernel-magic",
        "kernel-unrecognized",
        "uimage-damaged",
        "compression-unsupported",
        "compression-mismatch",
        "compression-name",
        "initrd-compression",
        "dtb-truncated",
        "dtb-overlay",
        "overlay-base",
        "overlay-alone",
        "overlay-symbols",
        "dtb-board",
        "dtb-missing",
        "unused-file",
        "unused-script",
        "chain-cycle",
        "else-same",
        "no-fallback",
        "name-too-long",
        "name-colon",
        "block-wrap",
        "bootargs-too-long",
        "nfs-path",
        "fit-unsigned",
        "fit-wrapped-twice",
        "save-wear",
        "raw-unchecked",
        "script-syntax",
        "foreign-shell",
        "test-file",
        "part-unchecked",
        "filesize-proof",
        "shell-dialect",
        "filesize-stale",
        "unpack-place",
        "address-reused",
        "fetched-environment",
        "secret",
      ]
    `);
  });
});
