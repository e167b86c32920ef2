// What the help of each code says to type, as changes. A code whose help leaves something to a person,
// a name or a decision, has no row. Patterns read the text around a place as people write it; where
// they find nothing, nothing is changed.

import { type Asked, declaredWith } from "./codes/names.js";
import { type Code, type Data, entryOf } from "./codes.js";
import {
  editAt,
  inDeclaration,
  instead,
  inText,
  lineBefore,
  lineOut,
  onLine,
  propertyOut,
  respelt,
  sayOfBoard,
  type Typed,
  within,
} from "./edit.js";
import { hintFor } from "./hints.js";
import type { Span } from "./source.js";
import { valueEdits } from "./value-hints.js";

/** Without `to` and its address. */
const withoutTo: Typed<unknown> = within(/\s+to\s+[\w.{}$]+/);
const first = (texts: readonly string[]) => texts[0];
const ADDRESS_PLACE = "192.168.0.250";

/** The quote at the end of what was meant to be in quotes. */
const closed: Typed<unknown> = (_data, [place]) => {
  if (!place) return [];
  const text = place.source.text.slice(place.start, place.end);
  const more = /^"[^\s"]+(?=\s+(?:as|on|from|for|with|to|at|\{|\}|#))/.exec(text);
  const whole = (more ?? /^.*?(?=\s*[{}]*\s*$)/.exec(text))?.[0] ?? text;
  const end = place.start + whole.length;
  return [{ span: { ...place, start: end, end }, text: '"' }];
};

/** A `}` before the first line that is no further in than the one of the `{`. */
const braced: Typed<unknown> = (_data, [place]) => {
  if (!place) return [];
  const { source, start } = place;
  const { text } = source;
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const margin = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  for (let at = text.indexOf("\n", start) + 1; at > 0 && at < text.length; ) {
    const [indent = "", sign] = /^[ \t]*(\S)?/.exec(text.slice(at)) ?? [];
    if (sign !== undefined && indent.length <= margin.length) {
      const end = text.slice(0, at).trimEnd().length + 1;
      return [{ span: { source, start: end, end }, text: `${margin}}\n` }];
    }
    const next = text.indexOf("\n", at);
    at = next < 0 ? text.length : next + 1;
  }
  const end = text.trimEnd().length;
  return [{ span: { source, start: end, end: text.length }, text: `\n${margin}}\n` }];
};

/** The declaration of a line at the end of the text. */
const movedOut: Typed<unknown> = (data, [place]) => {
  if (!place) return [];
  const { source, start } = place;
  const end = /\n|$/.exec(source.text.slice(start))?.index ?? 0;
  const line = source.text
    .slice(start, start + end)
    .replace(/\s+#.*/, "")
    .trimEnd();
  const isWhole = (line.match(/\{/g)?.length ?? 0) === (line.match(/\}/g)?.length ?? 0);
  if (!isWhole) return [];
  const whole = { source, start, end: start + line.length };
  const last = { source, start: source.text.length, end: source.text.length };
  return [...lineOut(data, [whole]), { span: last, text: `${line}\n` }];
};

/** Another word before the name, or another kind for its declaration. */
const asWhatItIs: Typed<Asked> = (data, places) => {
  const { is, kind, name } = data;
  if (is === undefined) return respelt(data, places);
  const [place, ...declared] = places;
  if (is === "file" && kind !== "script") {
    return within<Asked>(/^file\b/, () => declaredWith(kind))(data, declared);
  }
  const word = is === "script" ? "chain" : /^(?:kernel|fit)$/.test(is) ? "boot" : "load";
  if (!place || (is !== "script" && kind !== "script")) return [];
  const verb = new RegExp(`\\b(?:load|boot|chain)(?=\\s+${name}\\b)`);
  return onLine<Asked>(verb, () => word)(data, [place]);
};

/** The CRs of a whole text. */
const withoutCr: Typed<unknown> = (_data, [place]) =>
  place
    ? [...place.source.text.matchAll(/\r(?=\n|$)/g)].map(({ index }) =>
        editAt(place.source, index, { eat: 1, text: "" }),
      )
    : [];

/** The command before, and the one that takes what it brings, joined where nothing is between. */
const joined: Typed<unknown> = (_data, [place, use]) => {
  if (!place || !use || place.source.name !== use.source.name) return [];
  const between = place.source.text.slice(place.end, use.start);
  const span: Span = { ...place, start: place.end, end: use.start };
  return /^\s*[;\n]\s*$/.test(between) ? [{ span, text: " && " }] : [];
};

/** The single quotes of a `setenv` as double ones. */
const quotedTwice: Typed<unknown> = onLine(/\bsetenv\s+\w+\s+'[^'"]*'/, ([found]) =>
  found.replaceAll("'", '"'),
);

/** By code. */
type Rows = { readonly [C in Code]?: Typed<Data<C>> | undefined };

const rows: Rows = {
  // --- the text
  syntax: (stop, [place]) => {
    const change = hintFor(stop)?.change;
    return change && place ? [editAt(place.source, place.start, change)] : [];
  },
  "quote-unclosed": closed,
  "brace-unclosed": braced,
  "brace-unopened": lineOut,
  "declaration-inside": movedOut,
  // --- names and values
  "name-unknown": asWhatItIs,
  "board-missing": lineBefore(() => "board rpi_3"),
  "board-unknown": ({ name, nearest }, places) =>
    respelt({ name, nearest: first(nearest) }, places),
  "server-missing": inText(
    () => /^(?=[ \t]*board\b)/m,
    () => `server ${ADDRESS_PLACE}\n`,
  ),
  "property-unknown": respelt,
  "property-twice": propertyOut,
  "address-unknown": respelt,
  "place-unknown": (
    { name, nearest = /mmc|usb|sd|card|sata/.test(name) ? "sdcard" : "tftp" },
    places,
  ) => respelt({ name, nearest }, places),
  "device-unknown": respelt,
  "value-invalid": valueEdits,
  "file-variable": instead(({ known }) => known[0] && `\${${known[0]}}`),
  "file-not-constant": inDeclaration(/"(?=\s*(?:as\s+fit\s*)?\{)/, () => '" for each client'),
  "not-wrapped": inDeclaration(/\s+as\s+uimage(?:\s+(?="))?/, ([found]) =>
    /\s$/.test(found) ? " as " : "",
  ),
  // --- clients and networks
  "client-value-missing": respelt,
  "client-name-property": propertyOut,
  "network-twice": lineOut,
  // --- memory
  "region-overlap": withoutTo,
  "kernel-overlap": withoutTo,
  "kernel-overwrites": withoutTo,
  "relocation-overwrites": withoutTo,
  "outside-memory": withoutTo,
  "little-headroom": withoutTo,
  "dtb-reserved": propertyOut,
  "kernel-too-large": inDeclaration(/\s+as\s+uimage(?:\s+(?="))?/, ([found]) =>
    /\s$/.test(found) ? " as " : "",
  ),
  // --- what the board has
  "command-missing": sayOfBoard(({ command }) => `commands "${command}"`),
  "command-ambiguous": (data, places) =>
    within<typeof data>(new RegExp(`\\b${data.command}\\b`), () => data.meant)(data, places),
  "legacy-image": sayOfBoard(() => "legacy_images yes"),
  "fit-missing": sayOfBoard(() => "fit yes"),
  "signature-ignored": sayOfBoard(() => "fit_signature yes"),
  "overlay-missing": sayOfBoard(() => 'commands "fdt apply"'),
  "boot-unsigned": inText(
    ({ name }) =>
      new RegExp(`(?<=^[ \\t]*kernel[ \\t]+${name}\\b.*)\\s+as\\s+uimage(?:\\s+"[^"]*")?`, "m"),
  ),
  "hash-weak": inDeclaration(/\bhash\s+\w+(?:\s*,\s*\w+)*/, () => "hash sha256"),
  "noload-compressed": inDeclaration(/\s+noload\b/),
  "key-mismatch": instead(({ key }) => `"sha256,${key}"`),
  "config-outside": onLine(/\s+config\s+"[^"]*"/),
  // --- images
  "kernel-wrapped-twice": inDeclaration(/\buimage\s+(?=")/),
  "compressed-twice": ({ own }, places) =>
    own ? inDeclaration(/\bcompress\s+\w+\s*,?\s*/)({}, places) : [],
  "wrong-boot-command": instead(({ name }) => `boot ${name}`),
  // --- the firmware
  "config-unknown": respelt,
  "config-filter": respelt,
  "config-file": ({ name, nearest }, places) =>
    nearest === undefined
      ? []
      : onLine(/"[^"]*"|[\w./-]+\s*$/, ([found]) => found.replace(name, nearest))({}, places),
  "boot-order-network": instead(() => "0xf21"),
  "boot-order-rest": instead(() => "0xf21"),
  "bootconf-unknown": respelt,
  "config-old": ({ name, now }, places) =>
    name === "arm_control"
      ? onLine(/\barm_control\s*=?\s*\w+/, () => "arm_64bit 1")({}, places)
      : respelt({ name, nearest: now === "" ? undefined : now }, places),
  "tftp-ip": within(/[\d.]+$/, (_found, { server }) => server),
  "tftp-prefix": ({ made, asked }, places) =>
    asked === "text" ? [] : within(/^\d$/, () => (made === "mac" ? "2" : "0"))({}, places),
  // --- what it runs
  "variable-unset": respelt,
  "allow-unused": lineOut,
  "code-unknown": respelt,
  "start-unclear": inDeclaration(/\{/, (_found, { starts }) =>
    starts[0] === undefined ? "{" : `{\n  start ${starts[0]}`,
  ),
  "nfs-udp": ({ declared }, places) =>
    (declared ? inDeclaration : within)(/\budp\b/, () => "tcp")({}, places),
  "script-elsewhere": within(/\s+from\s+\w+(?:\s+[\w:.]+)?/),
  unreachable: ({ after }, places) => (after === "boot" ? [] : lineOut({}, places)),
  "root-unreachable": (data, places) =>
    data.ip === undefined
      ? within(/root=[^\s"']+/, ([found]) => `${found} ip=dhcp`)(data, places)
      : onLine(/\bip=\w+/, () => "ip=dhcp")(data, places),
  "console-unknown": ({ name, known }, places) => respelt({ name, nearest: first(known) }, places),
  "fdt-high": onLine(/^[ \t]*set\s+fdt_high\s+\S+|\bsetenv\s+fdt_high\s+\S+/, () => ""),
  "initrd-high": onLine(/\bsetenv\s+initrd_high\s+\S+/, () => ""),
  // --- scripts by hand
  "line-ends": withoutCr,
  "status-ignored": joined,
  "stray-character": instead(({ instead: text }) =>
    text === "type a space" ? " " : /^type (.)$/.exec(text)?.[1],
  ),
  "expanded-never": ({ fixed, quoted }, places) =>
    quoted ? quotedTwice({}, places) : instead(() => fixed)({}, places),
  "test-unquoted": instead(({ variable }) => `"${variable}"`),
  "for-quoted": instead(({ list }) => list.replaceAll(/["']/g, "")),
  "number-base": instead(({ instead: text }) => text),
  "server-ambient": instead(({ file }) => `${ADDRESS_PLACE}:${file}`),
  "command-unknown": respelt,
  "setenv-name": instead(({ variable, value }) => `${variable} "${value}"`),
  "sleep-unit": instead(({ meant }) => `${meant}`),
  "address-name": instead(({ fixed }) => fixed),
  "dhcp-autoload": lineBefore(() => "setenv autoload no"),
  "test-operator": instead(({ operator }) =>
    operator === "==" ? "=" : operator === "-eq" ? "=" : "!=",
  ),
  "boot-without-dtb": instead(({ fixed }) => fixed),
  "initrd-size": instead(({ fixed }) => fixed),
  "source-address": instead(() => "source ${scriptaddr}"),
  "expanded-early": within(/^"(.*)"$/s, ([, text]) => `'${text}'`),
  "local-shadowed": within(/^(\w+)=/, ([, name]) => `setenv ${name} `),
};

/** Helps that say something else of a script that was written by hand. */
const rowsByHand: Rows = {
  "variable-unset": respelt,
  "root-unreachable": rows["root-unreachable"],
  "wrong-boot-command": within(/^\w+/, (_found, { right }) => right),
};

/** What to type where `code` is found in a flow. */
export function typed<C extends Code>(code: C): Typed<Data<C>> | undefined {
  return rows[code];
}

/** What to type where it is found in a script that was written by hand. */
export function typedByHand<C extends Code>(code: C): Typed<Data<C>> | undefined {
  return entryOf(code).byHand ? rowsByHand[code] : rows[code];
}
