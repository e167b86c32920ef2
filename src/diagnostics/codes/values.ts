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
      "A value ends up inside of something that U-Boot or the kernel takes apart again: a line of the shell, the kernel's arguments, the name of a file, a path on a server. What could change the structure there is refused, wherever the value came from: a table, a parameter or the command line.",
      "Blanks would make a second kernel argument, quotes, $ and ; are read by the shell, which in older versions reads expanded values again, and .. leads out of the folder that is served. Each place has a list of what is allowed, which the help shows; nothing is escaped or replaced without a word.",
      "Where several kernel arguments are wanted, write them out in the flow, with a value for each part that differs.",
    ),
  }),
  "file-not-constant": code<{ name: string }>({
    severity: "error",
    message: ({ name }) =>
      `the file name needs \`\${${name}}\`, but the script is not \`for each client\``,
    help: () => "add `for each client` behind the name, or leave the variable out",
    explain: page(
      "The file name of a script is one pattern for both sides: the board asks for it with its own values, and the compiler writes a file for each client with the values of the table. That takes a script `for each client`.",
      "A script that is the same for all has a name without variables.",
    ),
  }),
  "file-variable": code<{ name: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` cannot be told of a client when compiling`,
    help: ({ known }) => `use ${quoted(known.map((each) => `\${${each}}`))}, or \`{client.…}\``,
    explain: page(
      "The board puts the value of this variable into the file name when it asks. The compiler has to know the value for each client, to write the file under that name, and it knows only those that a client table has.",
      "`${serial#}` is the column `serial` and `${ipaddr}` is `address`. What is known when compiling is written `{client.…}`.",
    ),
  }),
  "file-name-taken": code<{ path: string; other?: string | undefined }>({
    severity: "error",
    message: ({ path, other }) =>
      other
        ? `\`${path}\` differs from \`${other}\` only in case`
        : `two files would be \`${path}\``,
    help: () => "give one of them another name with `as`",
    explain: page(
      "Two things would be written to the same file, and the board would get whichever was last. Names that differ only in case count as the same: FAT, which cards are formatted with, and the file systems of Windows and macOS do not tell them apart.",
      "Give one of them another name with `as`. For a script `for each client`, put something into its name that differs between clients.",
    ),
  }),
  "not-wrapped": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `a ${kind} is not wrapped into a uImage`,
    help: () => "leave `uimage` out",
    explain: page(
      "`as uimage` puts U-Boot's header before a kernel or an initrd. Device trees and other files are read as they are: with a header before it U-Boot would not recognise them.",
      'Leave the word out; `as "NAME"` alone is the name it is served under.',
    ),
  }),
  "file-name-inside": code<{ path: string; other: string }>({
    severity: "error",
    message: ({ path, other }) => `\`${other}\` cannot be a file and, for \`${path}\`, a folder`,
    help: () => "give one of them another name with `as`",
    explain: page(
      "One file would have the name of the folder that another one is in. A file system has room for one of the two.",
      "Give one of them another name with `as`.",
    ),
  }),
  "not-from-firmware": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `the firmware passes no ${kind}`,
    help: () => "only `dtb NAME from firmware` is known",
    explain: page(
      "The firmware of some boards leaves a device tree in memory for U-Boot, changed to fit the board. Kernels and initrds do not come that way.",
      "Name a file, or write `dtb NAME from firmware`.",
    ),
  }),
  "image-impossible": code<{ name: string; container: "uImage" | "FIT"; why: string }>({
    severity: "error",
    message: ({ name, container, why }) => `no ${container} can be made of \`${name}\`: ${why}`,
    help: ({ container }) =>
      container === "FIT"
        ? "change what does not fit: `external at` has to leave room for the tree"
        : "serve it without `uimage`, or change what does not fit",
    explain: page(
      "The header of a legacy image has 32 bits for each size and address and 32 bytes for a name. In a FIT with data at a position, the tree has to end before it. What the flow asks for does not fit.",
      "Serve the file without `uimage`, choose an address below 4 GiB, or let the data of a FIT begin where its tree ends.",
    ),
  }),
};
