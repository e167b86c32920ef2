// What the board's own firmware boots from: folders of files, settings for config.txt, and the
// kernel's command line. The settings are looked at by the checks.

import { diagnose } from "../diagnostics/index.js";
import { isProblem, LARGEST, pathBeside } from "../files/index.js";
import { fileName } from "../ground/index.js";
import type { ConfigLine as ConfigNode, FirmwareDeclaration, Text } from "../language/index.js";
import type { Context } from "./context.js";
import { openInput, reportTooLarge } from "./include.js";
import type { ConfigLine, Firmware, FirmwareFile } from "./program.js";
import { admit, filePath, serverPath } from "./rules.js";
import { readPlace } from "./scripts.js";
import { constantOf, originOf, reading, readProperties, word } from "./values.js";

const absolute = reading("an absolute path such as /srv/tftp", (found) =>
  serverPath.pattern.test(found) && !/(^|\/)\.\.(\/|$)/.test(found) ? found : undefined,
);

/** Resolves a `firmware`. */
export function resolveFirmware(
  declaration: FirmwareDeclaration,
  context: Context,
): Firmware | undefined {
  const { scope, report } = context;
  const schema = {
    prefix: word("serial", "mac"),
    at: absolute,
    mount: absolute,
    ssh: word("yes", "no"),
  };
  const read = readProperties("firmware", declaration.properties, schema, scope, report);
  const place = readPlace(declaration.place, context);
  const files = declaration.files.flatMap((from) => readFolder(from, context));
  const { forEachClient, cmdline, config, span, place: written } = declaration;
  return (
    place && {
      span: { ...span, end: written.span.end },
      place,
      forEachClient,
      files,
      config: config.flatMap((line) => configLine(line, context)),
      ...(cmdline && { cmdline }),
      prefix: read.prefix?.value ?? "serial",
      ...(read.at && { at: read.at.value }),
      mount: read.mount?.value ?? "/boot/firmware",
      ssh: read.ssh?.value === "yes",
    }
  );
}

/** The files of a folder that are looked into as texts. */
const WHOLE = ["config.txt", "cmdline.txt"] as const;

/** The files of a folder, or the one file that is named. */
function readFolder(from: Text, { files, scope, report }: Context): FirmwareFile[] {
  const written = constantOf(from, scope, report);
  if (written === undefined) return [];
  const path = pathBeside(from.span.source.name, written.replace(/(?<=.)[/\\]+$/, ""));
  const names = files.list?.(path);
  const inside = names !== undefined && !("code" in names);
  const base = fileName(written);
  const found = inside ? names : [base];
  return found.flatMap((name) => {
    const each = inside ? `${path}/${name}` : path;
    // config.txt with nothing in it is as good as none.
    const opened = inside ? files.open(each) : openInput(files, each, from.span, report);
    if (!opened || (isProblem(opened) && opened.code === "empty")) return [];
    if (isProblem(opened)) {
      report(diagnose("input-unreadable", { path: each, detail: opened.message }, from.span));
      return [];
    }
    const what = WHOLE.find((one) => one === name.toLowerCase());
    if (what && opened.size > LARGEST[what]) {
      reportTooLarge(each, opened.size, what, from.span, report);
      return [];
    }
    return admit(name, filePath, originOf(from, scope), report)
      ? [{ name, content: opened, span: from.span }]
      : [];
  });
}

/** The firmware reads bytes and ends a line at some: nothing that has more than one form gets there. */
const setting = reading("a setting of printable ASCII", (found) =>
  /^[ -~]*$/.test(found) ? found : undefined,
);

function configLine(node: ConfigNode, { scope, report }: Context): ConfigLine[] {
  if (node.filter !== undefined) {
    const { filter, span } = node;
    if (/^[ -~]*$/.test(filter)) return [{ filter, span }];
    report(
      diagnose("value-invalid", { expected: "a filter of printable ASCII", found: filter }, span),
    );
    return [];
  }
  if (!node.key || !node.value) return [];
  const value = setting(node.value, scope, report);
  return value === undefined ? [] : [{ key: node.key.name, value, span: node.key.span }];
}
