// Values, and the names of files that are made of them.
import { code, named, page, quoted, shortened } from "./entry.js";

export const values = {
  "unsafe-value": code<{
    value: string;
    role: string;
    allowed: string;
    offence?: string | undefined;
  }>({
    severity: "error",
    message: ({ value, role, offence }) =>
      `${JSON.stringify(shortened(value))} cannot be ${role}${offence ? `, because of ${named(offence)}` : ""}`,
    help: ({ allowed }) => allowed,
    explain: page(
      "A value becomes part of something that U-Boot or the kernel splits again: a line of the shell, the kernel's arguments, the name of a file, a path on a server. ubootc refuses characters that could change the structure there, whether the value comes from a table, a parameter or the command line.",
      "A space would begin a second kernel argument. The shell reads quotes, $ and ;, and older versions read values once more after replacing them. And .. leads out of the folder that is served. The help lists what is allowed at this place; ubootc does not escape or replace anything by itself.",
      "Use only characters that are allowed. To pass several kernel arguments, write them in the flow, with a value for each part that differs.",
    ),
  }),
  "file-not-constant": code<{ name: string }>({
    severity: "error",
    message: ({ name }) =>
      `the file name needs \`\${${name}}\`, but the script is not \`for each client\``,
    help: () => "add `for each client` after the name, or remove the variable",
    explain: page(
      "The file name of a script is one pattern for both sides: the board asks for it with its own values, and the compiler writes a file for each client with the values of the table. That works only in a script `for each client`.",
      "Add `for each client` after the name. If the script is the same for all, remove the variable.",
    ),
  }),
  "file-variable": code<{ name: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) =>
      `the value of \`\${${name}}\` is not known for each client when compiling`,
    help: ({ known }) => `use ${quoted(known.map((each) => `\${${each}}`))}, or \`{client.…}\``,
    explain: page(
      "The board puts the value of this variable into the file name when it asks. ubootc has to write a file of that name for each client, and it knows only the values that clients have.",
      "Use `${serial#}`, which is a client's `serial`, or `${ipaddr}`, which is its `address`. A value that only the compiler needs is written `{client.…}`.",
    ),
  }),
  "file-name-taken": code<{ path: string; other?: string | undefined; script?: boolean }>({
    severity: "error",
    message: ({ path, other }) =>
      other
        ? `\`${path}\` differs from \`${other}\` only in upper and lower case`
        : `two files would have the name \`${path}\``,
    help: ({ script }) =>
      script
        ? "put what differs between clients into the script's name, such as `${serial#}`"
        : "give one of them another name with `as`",
    explain: page(
      "Two things would be written to the same file, and the board would get the last one. Names that differ only in upper and lower case count as the same: FAT, which cards use, and the file systems of Windows and macOS do not tell them apart.",
      "Give one of them another name with `as`. For a script `for each client`, put something into its name that differs between clients.",
    ),
  }),
  "not-wrapped": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `a ${kind} cannot be wrapped into a uImage`,
    help: () => "remove `uimage`",
    explain: page(
      "`as uimage` puts U-Boot's header before a kernel or an initrd. It reads device trees and other files as they are, and does not recognise them with a header before them.",
      'Remove the word: `as "NAME"` alone is the name that the file is served under.',
    ),
  }),
  "file-name-inside": code<{ path: string; other: string }>({
    severity: "error",
    message: ({ path, other }) =>
      `\`${other}\` cannot be both a file and the folder of \`${path}\``,
    help: () => "give one of them another name with `as`",
    explain: page(
      "One file would have the name of the folder that another file is in. A file system can hold only one of the two.",
      "Give one of them another name with `as`.",
    ),
  }),
  "not-from-firmware": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) =>
      `the firmware does not pass ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`,
    help: () => "write `dtb NAME from firmware`, or name a file",
    explain: page(
      "The firmware of some boards leaves a device tree in memory for U-Boot, changed to fit the board. It leaves no kernel, initrd or other file there, so the board would have nothing to load.",
      "Name a file, or write `dtb NAME from firmware`.",
    ),
  }),
  "image-impossible": code<{ name: string; container: "uImage" | "FIT"; why: string }>({
    severity: "error",
    message: ({ name, container, why }) =>
      `ubootc cannot make a ${container} of \`${name}\`: ${why}`,
    help: ({ container }) =>
      container === "FIT"
        ? "change what does not fit: `external at` has to leave room for the tree"
        : "serve it without `uimage`, or change what does not fit",
    explain: page(
      "The header of a legacy image has 32 bits for each size and address and 32 bytes for a name. In a FIT with its data at a position, the tree has to end before that position. What the flow asks for does not fit.",
      "Serve the file without `uimage`, choose an address below 4 GiB, or remove `external at`: the data of a FIT then begin where its tree ends.",
    ),
  }),
};
