// Every code with its severity, its words and its explanation. This is the only place where
// messages are written. A code names the fault; the check's file, the fixture folder and the topic
// of `ubootc explain` have the same name.

import { bytes } from "./bytes.js";

export type Severity = "error" | "warning";

/** One row of the table: `D` is what the words need to know. */
export interface Entry<D> {
  readonly severity: Severity;
  /** One line: what is wrong, with the names and numbers of the case. */
  readonly message: (data: D) => string;
  /** What to type instead; undefined when there is nothing better to say than the message. */
  readonly help?: (data: D) => string | undefined;
  /** The page of `ubootc explain`: why this is a fault, and what to do, in a few sentences. */
  readonly explain: string;
}

const code = <D>(entry: Entry<D>) => entry;

const list = (words: readonly string[], last: string): string =>
  words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
const oneOf = (words: readonly string[]): string => list(words, "or");
const quoted = (words: readonly string[]): string => oneOf(words.map((each) => `\`${each}\``));
const hex = (address: number): string => `0x${address.toString(16).padStart(8, "0")}`;

/** A name that means nothing, with the one that was probably meant. */
interface Misspelt {
  name: string;
  nearest?: string | undefined;
}
const didYouMean = ({ nearest }: { nearest?: string | undefined }) =>
  nearest && `did you mean \`${nearest}\`?`;

/** A stretch of memory: bytes, the end is `start + size`. */
interface Stretch {
  start: number;
  size: number;
}
const stretch = ({ start, size }: Stretch) =>
  `${hex(start)}..${hex(start + size)} (${bytes(size)})`;

const table = {
  // --- the text ---------------------------------------------------------------------------------
  syntax: code<{ expected: readonly string[]; found: string; nearest?: string }>({
    severity: "error",
    message: ({ expected, found }) => `expected ${oneOf(expected)}, found ${found}`,
    help: didYouMean,
    explain: "The text does not follow the grammar. grammar/README.md shows every form.",
  }),
  "not-utf8": code<{ path: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is not UTF-8`,
    help: () => "save it as UTF-8; a program or image given in place of a flow looks like this too",
    explain: "Flows and client tables are read as UTF-8, with or without a byte order mark.",
  }),
  "source-too-large": code<{ path: string; size: number }>({
    severity: "error",
    message: ({ path, size }) =>
      `\`${path}\` has ${bytes(size)}, more than a flow or table can have`,
    explain: "Flows and tables are texts; a file of this size is most likely an image.",
  }),
  "include-cycle": code<{ path: string; chain: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` includes itself`,
    help: ({ chain }) => `the way there: ${chain.join(" -> ")}`,
    explain: "An included file may include others, but none that it is itself included by.",
  }),
  "include-not-constant": code<object>({
    severity: "error",
    message: () => "the name of an included file has to be plain text",
    help: () => "write the name out; parameters are not known yet when files are included",
    explain: "`include` is followed before parameters are read, since they may be in that file.",
  }),

  // --- inputs -----------------------------------------------------------------------------------
  "input-missing": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` does not exist`,
    help: () => "paths are relative to the file they are written in",
    explain:
      "A file that the flow names is not there. Paths are relative to the flow's own folder.",
  }),
  "input-not-a-file": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` ${detail}`,
    help: () => "name the file in it",
    explain: "An input has to be a regular file, since it is read several times and in pieces.",
  }),
  "input-unreadable": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path, detail }) => `\`${path}\` cannot be read: ${detail}`,
    explain: "The system refused to read a file that the flow names.",
  }),
  "input-empty": code<{ path: string; detail: string }>({
    severity: "error",
    message: ({ path }) => `\`${path}\` is empty`,
    help: () => "build it again; an interrupted copy leaves such files",
    explain:
      "An empty file is a success for U-Boot's tftpboot, which then leaves the old contents of memory and the old `filesize`: what is booted is something else.",
  }),
  "table-unreadable": code<{ detail: string }>({
    severity: "error",
    message: ({ detail }) => `this is not a table: ${detail}`,
    explain: "A client table is CSV with a header line (RFC 4180), or a JSON list of objects.",
  }),
  "table-not-a-list": code<object>({
    severity: "error",
    message: () => "a client table in JSON is a list of objects",
    help: () => 'write [ { "name": "bench-1", "serial": "0000000012345678" } ]',
    explain: "Each client is an object; its keys are the client's values.",
  }),
  "table-no-name": code<{ found: readonly string[] }>({
    severity: "error",
    message: ({ found }) =>
      found.length > 0 ? `no column \`name\` among ${quoted(found)}` : "no `name`",
    help: () => "give each client a `name`: it is how messages and `--client` call it",
    explain: "The first line of a CSV table names the columns; one of them is `name`.",
  }),
  "table-column-name": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` cannot be the name of a column`,
    help: () => "use letters, digits, _ and -, a letter first: it is written {client.NAME}",
    explain: "A column is read as {client.NAME}, so its name has to be a name of the language.",
  }),
  "table-column-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the column \`${name}\` is there twice`,
    explain: "Two columns of one name would leave open which value is meant.",
  }),
  "table-width": code<{ expected: number; found: number }>({
    severity: "error",
    message: ({ expected, found }) => `${found} values where the header has ${expected} columns`,
    help: () => "a value with a comma in it has to be in double quotes",
    explain:
      "Every line of a CSV table has one value for each column, an empty one where it has none.",
  }),
  "table-value": code<{ name: string; found: string }>({
    severity: "error",
    message: ({ name, found }) => `\`${name}\` is a ${found}, not text or a number`,
    explain: "The values of a client are texts; numbers are taken as they are written.",
  }),

  // --- names ------------------------------------------------------------------------------------
  "name-taken": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is there twice`,
    help: () => "give one of them another name",
    explain: "Two declarations of one kind have the same name.",
  }),
  "name-unknown": code<{ kind: string } & Misspelt>({
    severity: "error",
    message: ({ kind, name }) => `no ${kind} is called \`${name}\``,
    help: didYouMean,
    explain: "A name is used that no declaration of this kind introduces.",
  }),
  "board-missing": code<object>({
    severity: "error",
    message: () => "no board is named",
    help: () => "begin with `board rpi_3`; `ubootc boards` lists them",
    explain: "The board says where memory is, which commands there are and how long a line may be.",
  }),
  "board-unknown": code<{ name: string; nearest: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `no board is called \`${name}\``,
    help: ({ nearest }) =>
      nearest.length > 0
        ? `did you mean ${quoted(nearest)}?`
        : "`ubootc boards` lists them; `board mine from NAME { … }` makes one",
    explain: "Boards are called as their defconfig in U-Boot, without `_defconfig`.",
  }),
  "server-missing": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `\`${what}\` needs a server, and none is named`,
    help: () => "add `server 192.168.0.250`",
    explain:
      "Every transfer names its server, since what DHCP leaves in `serverip` differs between networks and versions.",
  }),
  "param-unset": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the parameter \`${name}\` has no value`,
    help: ({ name }) => `add \`-D ${name}=…\`, or a default: \`param ${name} "…"\``,
    explain: "A `param` without a default has to be set where the flow is compiled.",
  }),
  "param-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`-D ${name}\`: the flow has no such parameter`,
    help: didYouMean,
    explain: "A value is given for a parameter that the flow does not declare with `param`.",
  }),
  "property-unknown": code<{ what: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` has no \`${name}\``,
    help: ({ nearest, known }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : known.length > 0
          ? `what it has: ${list(known, "and")}`
          : "leave the braces out: it has no properties",
    explain: "grammar/README.md lists what each declaration takes.",
  }),
  "property-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is given twice`,
    explain: "A property has one value.",
  }),
  "property-missing": code<{ what: string; name: string }>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` needs \`${name}\``,
    explain: "grammar/README.md says which properties a declaration cannot do without.",
  }),
  "value-invalid": code<{ expected: string; found: string }>({
    severity: "error",
    message: ({ expected, found }) => `expected ${expected}, found \`${found}\``,
    explain: "A value does not have the form its place asks for.",
  }),
  "variable-too-late": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` is known only when the board boots`,
    help: () => "use `{…}` with a parameter or a client's value: those are known when compiling",
    explain: "`{}` is replaced when compiling, `${}` by U-Boot. Here the compiler needs the value.",
  }),
  "address-unknown": code<{ board: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name, board }) => `\`${name}\` holds no address on ${board}`,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use 0x…, or one of ${list(known, "and")}`,
    explain:
      "An address is a number with 0x, or a variable that the board's default environment sets.",
  }),
  "place-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is no place to put a file`,
    help: ({ nearest }) => (nearest ? `did you mean \`${nearest}\`?` : "write `sdcard` or `tftp`"),
    explain:
      "`on sdcard` is for what the board reads from its card, `on tftp` for what it fetches.",
  }),
  "device-unknown": code<{ known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name }) => `nothing can be loaded from \`${name}\``,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use one of ${list(known, "and")}`,
    explain: "grammar/README.md lists the devices with the U-Boot commands they become.",
  }),
  "device-not-storage": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `whether a file exists cannot be asked of \`${name}\``,
    help: () => "load it in a `try`, with what to do without it in its `else`",
    explain: "U-Boot's `test -e` looks at storage devices only.",
  }),

  // --- clients ----------------------------------------------------------------------------------
  "client-outside": code<{ name: string; why?: string | undefined }>({
    severity: "error",
    message: ({ name, why }) => `\`{client.${name}}\` has no meaning here${why ? `: ${why}` : ""}`,
    help: () => "add `for each client` to the script, or use a `param`",
    explain: "Only what is compiled once for every client can use a client's values.",
  }),
  "client-value-missing": code<{ client: string } & Misspelt>({
    severity: "error",
    message: ({ client, name }) => `client \`${client}\` has no \`${name}\``,
    help: ({ nearest, name }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : `give it one, or all of them: client * { ${name} "…" }`,
    explain: "A value that a script uses has to be there for every client it is compiled for.",
  }),
  "client-shared": code<{ key: string; value: string; first: string; second: string }>({
    severity: "error",
    message: ({ key, value, first, second }) =>
      key === "name"
        ? `two clients are called \`${value}\``
        : `clients \`${first}\` and \`${second}\` have the same ${key}, \`${value}\``,
    explain: "What tells boards apart has to differ: otherwise one gets the other's files.",
  }),
  "client-name-property": code<object>({
    severity: "error",
    message: () => "the name of a client stands before its braces",
    explain: "`{client.name}` is the name that follows the word `client`.",
  }),

  // --- files and values -------------------------------------------------------------------------
  "unsafe-value": code<{ value: string; role: string; allowed: string }>({
    severity: "error",
    message: ({ value, role }) => `${JSON.stringify(value)} cannot be ${role}`,
    help: ({ allowed }) => allowed,
    explain:
      "No value may become shell syntax, a second kernel argument or a path outside. What a place allows is an allow-list, because U-Boot's shell reads values again after expanding them.",
  }),
  "file-not-constant": code<{ name: string }>({
    severity: "error",
    message: ({ name }) =>
      `the file name needs \`\${${name}}\`, but the script is not \`for each client\``,
    help: () => "add `for each client` behind the name, or leave the variable out",
    explain:
      "The compiler writes one file for each client, with the client's own values in its name.",
  }),
  "file-variable": code<{ name: string; known: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` cannot be told of a client when compiling`,
    help: ({ known }) => `use ${quoted(known.map((each) => `\${${each}}`))}, or \`{client.…}\``,
    explain: "A variable in a script's file name stands for a value of the client table.",
  }),
  "file-name-taken": code<{ path: string; other?: string | undefined }>({
    severity: "error",
    message: ({ path, other }) =>
      other
        ? `\`${path}\` differs from \`${other}\` only in case`
        : `two files would be \`${path}\``,
    help: () => "give one of them another name with `as`",
    explain: "Some file systems, and FAT on the card, do not tell upper from lower case.",
  }),
  "not-wrapped": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `a ${kind} is not wrapped into a uImage`,
    help: () => "leave `uimage` out",
    explain: "`as uimage` is for kernels and initrds; U-Boot takes DTBs and files as they are.",
  }),
  "not-from-firmware": code<{ kind: string }>({
    severity: "error",
    message: ({ kind }) => `the firmware passes no ${kind}`,
    help: () => "only `dtb NAME from firmware` is known",
    explain: "What firmware leaves in memory for U-Boot is a device tree.",
  }),
  "image-impossible": code<{ name: string; why: string }>({
    severity: "error",
    message: ({ name, why }) => `no uImage can be made of \`${name}\`: ${why}`,
    explain: "The legacy format holds sizes and addresses of 32 bits and file names of 32 bytes.",
  }),

  // --- scripts ----------------------------------------------------------------------------------
  "chain-self": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` chains to itself`,
    help: () => "use `retry forever pause 5s { … }` to go on trying",
    explain: "Each level of `source` takes memory that is never given back.",
  }),
  "script-elsewhere": code<{ name: string; place: string; device: string }>({
    severity: "error",
    message: ({ name, place, device }) =>
      `\`${name}\` is put on ${place}, and this looks for it on ${device}`,
    help: () => "leave `from` out, or change the place behind `on`",
    explain: "A script is written to one place, the one its declaration names.",
  }),
  "condition-too-wide": code<{ count: number; most: number }>({
    severity: "error",
    message: ({ count, most }) =>
      `this condition comes to ${count} alternatives; at most ${most} can be written`,
    help: () => "take it apart into nested `if`s",
    explain:
      "U-Boot's shells have no groups in common, so `(a or b) and (c or d)` is written out as `a and c or a and d or b and c or b and d`.",
  }),
  "raw-unbalanced": code<{ why: string }>({
    severity: "error",
    message: ({ why }) => `this line would take the rest of the script with it: ${why}`,
    explain: "What `uboot` holds is written as it is, and has to be whole by itself.",
  }),
  "line-too-long": code<{ length: number; most: number; board: string }>({
    severity: "error",
    message: ({ length, most, board }) =>
      `this becomes a line of ${length} characters; ${board} reads ${most}`,
    help: () => "shorten it, or take it apart with `set`",
    explain: "CONFIG_SYS_CBSIZE bounds the length of a command.",
  }),
  "too-many-arguments": code<{ count: number; most: number; board: string }>({
    severity: "error",
    message: ({ count, most, board }) => `this becomes ${count} words; ${board} takes ${most}`,
    explain: "CONFIG_SYS_MAXARGS bounds the number of words of a command.",
  }),
  "not-portable": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `${what} means different things to U-Boot's two shells`,
    help: () => "leave it out, or use `uboot` for a board whose shell you know",
    explain:
      "The old and the modern hush disagree about apostrophes, backslashes and unusual variable names.",
  }),
  "script-too-large": code<{ name: string; size: number; most: number }>({
    severity: "error",
    message: ({ name, size, most }) =>
      `\`${name}\` comes to ${bytes(size)}; U-Boot reads ${bytes(most)}`,
    help: () => "use --strip, or take it apart with `chain`",
    explain: "Standard boot reads at most 64 KiB of a script, its header included.",
  }),

  // --- memory -----------------------------------------------------------------------------------
  "no-room": code<{ name: string; size: number; board: string }>({
    severity: "error",
    message: ({ name, size, board }) =>
      `no room for \`${name}\` (${bytes(size)}) beside the rest in the memory of ${board}`,
    help: () => "use a smaller file, or `board mine from … { memory 1G }` if yours has more",
    explain: "Everything a script loads has to fit beside what it needs at the same time.",
  }),
  "outside-memory": code<{ name: string; board: string } & Stretch>({
    severity: "error",
    message: ({ name, board, ...region }) =>
      `\`${name}\` at ${stretch(region)} is not in the free memory of ${board}`,
    help: () => "leave `to` out: then a place is found",
    explain: "Below and above are what firmware and U-Boot itself need.",
  }),
  "region-overlap": code<{ name: string; other: string; region: Stretch; at: Stretch }>({
    severity: "error",
    message: ({ name, other, region, at }) =>
      `\`${name}\` at ${stretch(region)} overwrites \`${other}\` at ${stretch(at)}`,
    help: () => "leave `to` out: then a place is found",
    explain: "Two things that are needed at the same time share bytes of memory.",
  }),
  "kernel-overlap": code<{ name: string; above: string }>({
    severity: "error",
    message: ({ name }) => `unpacking \`${name}\` overwrites the image it is read from`,
    help: ({ above }) => `leave \`to\` out, or load at or above ${above}`,
    explain:
      "`bootm` unpacks a kernel to the load address in its header while it reads it from where it was downloaded. Where the two overlap, the end of the kernel is unpacked from its own beginning: the board hangs or resets.",
  }),
  "kernel-overwrites": code<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `starting \`${name}\` overwrites \`${other}\``,
    help: () => "leave `to` out: then a place is found beside all that the kernel writes",
    explain:
      "A kernel is unpacked, and moved to where it wants to run, before U-Boot moves the initrd and the device tree out of the way. What lies there is gone, and nothing says so: bootm does not look, booti looks only at where the device tree starts.",
  }),
  "kernel-too-large": code<{ name: string; size: number; most: number; board: string }>({
    severity: "error",
    message: ({ name, size, most, board }) =>
      `\`${name}\` has ${bytes(size)} when unpacked; bootm on ${board} takes ${bytes(most)}`,
    help: () => "serve it without `uimage`, for booti or bootz, or raise CONFIG_SYS_BOOTM_LEN",
    explain:
      "bootm stops at CONFIG_SYS_BOOTM_LEN and resets the board. Only the start of the image tells, and only on the console.",
  }),
  "relocation-overwrites": code<{ name: string; other: string }>({
    severity: "error",
    message: ({ name, other }) => `moving \`${name}\` to the end of memory overwrites \`${other}\``,
    help: () => "leave `to` out, or load it lower",
    explain:
      "Before a kernel starts, U-Boot copies first the initrd and then the device tree to the end of memory. A device tree that was loaded there is overwritten before it is read.",
  }),
  "dtb-reserved": code<{ name: string; dtb: string }>({
    severity: "error",
    message: ({ name, dtb }) => `\`${name}\` is put where \`${dtb}\` reserves memory`,
    help: () => "leave `load` out, or choose an address outside",
    explain:
      "The device tree tells the kernel to keep out of some memory: firmware or another processor uses it. A kernel that is put there is overwritten, or overwrites them.",
  }),
  "little-headroom": code<{ name: string; size: number; room: number; next: string }>({
    severity: "warning",
    message: ({ name, room, next }) =>
      `\`${name}\` can grow by ${bytes(room)} before it reaches ${next}`,
    help: () => "leave `to` out, or leave more room: kernels grow with every version",
    explain: "A build of a file that is a little larger will overwrite what comes next.",
  }),
  // --- what goes in -----------------------------------------------------------------------------
  "wrong-kind": code<{ kind: string; name: string; file: string; found: string }>({
    severity: "error",
    message: ({ kind, name, file, found }) =>
      `\`${name}\` is declared a ${kind}, but \`${file}\` is ${found}`,
    help: ({ kind, found }) =>
      kind === "dtb" && found.endsWith(" data")
        ? "unpack it: U-Boot takes a device tree as it is"
        : "name another file, or declare it as what it is",
    explain:
      "Every input is looked into: kernels, device trees and initrds are known by their first bytes. What is something else would be loaded without a complaint and refused, or jumped into, when the board starts it.",
  }),
  "kernel-architecture": code<{
    name: string;
    file: string;
    found: string;
    board: string;
    wants: string;
  }>({
    severity: "error",
    message: ({ file, found, board, wants }) => `\`${file}\` is ${found}; ${board} is ${wants}`,
    help: ({ wants, found }) =>
      found.includes(" with ")
        ? "wrap it again with the right -A, or let `as uimage` do it"
        : `name a kernel built for ${wants}, or the board it is for`,
    explain:
      "U-Boot starts kernels of its own architecture. A 64-bit Arm board also starts a 32-bit kernel, but only in a uImage that says so; a header that says something else than its data holds switches the CPU to the wrong state.",
  }),
  "kernel-elf": code<{ name: string; file: string; within: boolean; better?: string | undefined }>({
    severity: "error",
    message: ({ file, within }) =>
      within
        ? `inside \`${file}\` is an ELF file, which \`bootm\` would start as if it were code`
        : `\`${file}\` is an ELF file (vmlinux), which U-Boot does not start`,
    help: ({ better }) =>
      better ? `name what the kernel's build made for U-Boot: ${better}` : undefined,
    explain:
      "vmlinux is the kernel as it was linked, with headers and symbols. The boot commands copy a kernel and jump to its first byte, or look there for the magic of an Image or zImage; neither is in an ELF file.",
  }),
  "kernel-efi": code<{ name: string; file: string; command: string }>({
    severity: "error",
    message: ({ file, command }) =>
      `\`${file}\` is a UEFI program without the header of an Image: \`${command}\` does not start it`,
    help: () => "name the Image or Image.gz of the same build",
    explain:
      "A kernel built with EFI_ZBOOT, vmlinuz.efi, unpacks itself with the services of UEFI. An Image with an EFI stub is different: it has both headers, and is taken as an Image.",
  }),
  "kernel-magic": code<{ name: string; file: string; command: string; magic: string }>({
    severity: "error",
    message: ({ file, command, magic }) =>
      `\`${file}\` is no kernel that \`${command}\` takes: it has not ${magic}`,
    help: () =>
      "name an Image or zImage, or wrap it with `as uimage` if it is another kind of kernel",
    explain:
      "`booti` and `bootz` look for the magic of their format before they start anything, and refuse a file that does not have it, be it another format or a damaged kernel.",
  }),
  "kernel-unrecognized": code<{ name: string; file: string; arch: string }>({
    severity: "warning",
    message: ({ file, arch }) => `there is no ${arch} Image in \`${file}\``,
    help: () => "name the Image of the kernel's build; a damaged or cut file looks like this too",
    explain:
      "A uImage can hold anything. Since v2024.01 `bootm` looks for the header of an Image before it starts Linux on 64-bit Arm, and resets the board without one; older versions jump into it.",
  }),
  "kernel-wrapped-twice": code<{ name: string; input: string; file: string }>({
    severity: "error",
    message: ({ input }) => `\`${input}\` is a uImage already`,
    help: ({ file }) => `leave \`uimage\` out: as "${file}"`,
    explain:
      "U-Boot takes off one header. With two, it unpacks the inner uImage and starts its header as if it were code.",
  }),
  "uimage-damaged": code<{ file: string; why: string }>({
    severity: "error",
    message: ({ file, why }) => `\`${file}\` is damaged: ${why}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain:
      "U-Boot looks at the CRC of the header always, and at that of the data as long as `verify` is not off. `ubootc inspect` shows all that is wrong with an image.",
  }),
  "compression-unsupported": code<{
    name: string;
    file: string;
    compression: string;
    board: string;
    command: string;
    known: readonly string[];
  }>({
    severity: "error",
    message: ({ file, compression, board, command }) =>
      `\`${file}\` is compressed with ${compression}, which \`${command}\` on ${board} does not undo`,
    help: ({ known }) =>
      known.length > 0
        ? `compress it with ${list(known, "or")}, or not at all`
        : "name the kernel without the compression",
    explain:
      "Which compressions `bootm` and `booti` undo is decided when U-Boot is built (GZIP, LZMA, LZ4 … in its configuration); none knows xz, or the old lz4 format that `lz4 -l` and a kernel's build write. `bootz` undoes nothing: a zImage unpacks itself.",
  }),
  "compressed-twice": code<{
    name: string;
    file: string;
    outer: string;
    inner: string;
    own: boolean;
  }>({
    severity: "error",
    message: ({ file, outer, inner, own }) =>
      own
        ? `\`${file}\` is compressed with ${inner} already; with \`compress ${outer}\` it is so twice`
        : `\`${file}\` is compressed twice: under ${outer} there is ${inner}`,
    help: ({ own }) => (own ? "leave `compress` out" : "compress it once"),
    explain:
      "U-Boot undoes one compression of a kernel, and Linux one of an initrd. What is inside would be started, or read, as it is.",
  }),
  "compression-mismatch": code<{ name: string; file: string; declared: string; found: string }>({
    severity: "error",
    message: ({ file, declared, found }) =>
      declared === "none"
        ? `the header of \`${file}\` says nothing of a compression, but its data are ${found}`
        : `the header of \`${file}\` says ${declared}, but its data are ${
            found === "none" ? "not compressed" : found
          }`,
    help: ({ found }) => `make it with -C ${found}, or let \`as uimage\` do it`,
    explain:
      "`bootm` does what the header says. Data that are compressed and not declared so are started as they are; data that do not unpack make it reset the board. mkimage labels a kernel gzip unless it is told -C none.",
  }),
  "compression-name": code<{ file: string; expected: string; found: string }>({
    severity: "warning",
    message: ({ file, expected, found }) =>
      `\`${file}\` is called like ${expected}, but is ${found}`,
    help: () => "see how it got here: some downloads unpack a file and keep its name",
    explain:
      "The contents decide what is done with a file, not its name. A name that says something else mostly means that another file was meant.",
  }),
  "initrd-compression": code<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) =>
      `\`${file}\` is in lz4's frame format, which Linux does not unpack as an initrd`,
    help: () => "compress it with `lz4 -l`, or with gzip",
    explain:
      "U-Boot hands an initrd to the kernel as it is. Linux knows an initrd by its first bytes, and of lz4 it knows the old format only, the one of `lz4 -l`.",
  }),
  "dtb-truncated": code<{ file: string; size: number; totalSize: number }>({
    severity: "error",
    message: ({ file, size, totalSize }) =>
      `\`${file}\` has ${size} bytes of a device tree of ${totalSize}`,
    help: () => "make it again; an interrupted copy leaves such files",
    explain:
      "The header of a device tree says how long it is, and U-Boot believes it. What is missing from the file would be whatever was in memory before.",
  }),
  "dtb-overlay": code<{ name: string; file: string }>({
    severity: "error",
    message: ({ file }) => `\`${file}\` is an overlay, not a device tree to boot with`,
    help: () => "name the board's own device tree",
    explain:
      "An overlay holds only changes to another tree. A kernel that is started with one finds no memory, no CPU and no console.",
  }),
  "dtb-board": code<{
    name: string;
    file: string;
    board: string;
    wants: readonly string[];
    compatible: readonly string[];
  }>({
    severity: "error",
    message: ({ file, board, compatible }) =>
      `\`${file}\` is for ${compatible.join(", ")}, not for ${board}`,
    help: ({ board, wants }) => `a device tree for ${board} says ${oneOf(wants)}`,
    explain:
      "`compatible` of a device tree's root names the board and its SoC. With the tree of another SoC the kernel looks for its console and memory controller at the wrong addresses, and is silent.",
  }),
  "wrong-boot-command": code<{ name: string; command: string; right: string }>({
    severity: "error",
    message: ({ name, command, right }) => `\`${name}\` is started with ${right}, not ${command}`,
    help: ({ name }) => `write \`boot ${name}\`, which takes the right one`,
    explain:
      "`bootm` takes uImages, `booti` an Image of 64-bit Arm or RISC-V, `bootz` a zImage of 32-bit Arm. Each refuses what the others take.",
  }),

  // --- the flow as a program --------------------------------------------------------------------
  "unused-file": code<{ kind: string; name: string; file: string }>({
    severity: "warning",
    message: ({ kind, name }) => `nothing uses the ${kind} \`${name}\``,
    help: () => "load or boot it, leave it out, or say `on tftp` or `on sdcard` if others fetch it",
    explain:
      "A file is declared and no script loads it: most likely another name was meant somewhere. It is put on the TFTP server all the same.",
  }),
  "unused-script": code<{ name: string; file: string }>({
    severity: "warning",
    message: ({ name }) => `nothing runs the script \`${name}\``,
    help: ({ name }) => `add \`chain ${name}\` where it is to run, or leave it out`,
    explain:
      "U-Boot runs what is called boot.scr or boot.scr.uimg by itself. Any other script runs when one of those chains to it.",
  }),
  "variable-unset": code<{ board: string } & Misspelt>({
    severity: "warning",
    message: ({ name, board }) => `nothing sets \`\${${name}}\` on ${board}`,
    help: ({ name, nearest }) =>
      nearest
        ? `did you mean \`\${${nearest}}\`?`
        : `set it first: \`set ${name} "…"\`; or ask with \`if defined ${name}\``,
    explain:
      "A variable that nothing sets is empty, or makes the step fail that needs it. What counts as set: what any script of the flow sets, the board's default environment, what DHCP and U-Boot leave behind. What somebody saved in a board's flash is not known.",
  }),
  "chain-cycle": code<{ cycle: readonly string[] }>({
    severity: "error",
    message: ({ cycle }) => `these scripts chain to each other for ever: ${cycle.join(" -> ")}`,
    help: () => "let one of them boot, reset or end; `retry forever` goes on trying",
    explain:
      "Each chain runs inside the one before and takes memory that is given back only when it returns. None of these scripts does anything else at its end, so the board runs out of memory.",
  }),
  unreachable: code<{ statement: string; after: string }>({
    severity: "warning",
    message: ({ statement }) => `\`${statement}\` is never run`,
    help: ({ after }) =>
      after === "boot"
        ? "put the `boot` into a `try`: when it fails, what follows is run"
        : "leave it out, or move it",
    explain:
      "`boot`, `reset`, `poweroff`, `shell` and `fail` do not come back: when they work, something else runs, and when they fail, their block is left. After an `if` or `try` nothing runs when both ways end so.",
  }),
  "else-same": code<object>({
    severity: "warning",
    message: () => "the `else` tries the same once more",
    help: () => "to try again, write `retry 3 pause 2s { … }`; here, name another file or device",
    explain:
      "What has just failed, a file that is not there or a server that is silent, fails again right away. Several servers named in `server` are tried in turn already.",
  }),
  "no-fallback": code<{ name: string; statement: string }>({
    severity: "warning",
    message: ({ name, statement }) =>
      `when \`${statement}\` fails, \`${name}\` has nothing to fall back to`,
    help: () =>
      "put it into a `try` whose `else` takes something from the card, or into a `retry forever`",
    explain:
      "A script on the card is what a board has when its network or server is down. Without another way the board stops at U-Boot's prompt and waits for a person.",
  }),
  "name-too-long": code<{ length: number; most: number }>({
    severity: "error",
    message: ({ length, most }) =>
      `the name of this file has ${length} bytes; U-Boot's TFTP client takes ${most}`,
    help: () => "give it a shorter name with `as`, or fewer folders",
    explain:
      "U-Boot keeps the name of a transfer in 128 bytes. It cuts off a longer one without a word and asks the server for what is left of it, which is not there.",
  }),
  "name-colon": code<{ board: string; format: string }>({
    severity: "warning",
    message: ({ board }) => `\`\${serial#}\` can hold a \`:\` on ${board}, which no file name can`,
    help: () => "use `${ipaddr}`, with an `address` for each client; or see what your boards have",
    explain:
      "U-Boot takes what stands before a `:` for the address of a server. A board whose serial number has one asks another server for another file.",
  }),
  "block-wrap": code<{ name: string; size: number; blksize: number; blocks: number; who: string }>({
    severity: "warning",
    message: ({ name, size, blksize, blocks }) =>
      `\`${name}\` (${bytes(size)}) takes ${blocks} blocks of ${blksize} bytes, more than 65535`,
    help: ({ who }) => `make it smaller: ${who} cannot count further`,
    explain:
      "TFTP numbers blocks with 16 bits. U-Boot goes on with 0 after 65535, and so does our server; some firmware stops there. No script of the flow loads this file, so it is taken to be for the board's firmware.",
  }),
  "bootargs-too-long": code<{ length: number; most: number; arch: string }>({
    severity: "error",
    message: ({ length, most, arch }) =>
      `these are ${length} characters of kernel arguments; Linux on ${arch} reads ${most}`,
    help: () => "shorten them, or move some into an initrd or the kernel's configuration",
    explain:
      "The kernel copies COMMAND_LINE_SIZE bytes of its arguments and drops the rest without a word: 2048 on arm64, x86 and PowerPC, 1024 on 32-bit Arm and RISC-V, and 512 on RISC-V before 2023.",
  }),
  "console-unknown": code<{ name: string; board: string; known: readonly string[] }>({
    severity: "warning",
    message: ({ name, board }) => `${board} has no console ${name} that is known of`,
    help: ({ known }) => `the usual one is ${oneOf(known)}`,
    explain:
      "A kernel with the wrong `console=` boots in silence. The names come from the board's default environment and device tree; an overlay or another kernel can change them.",
  }),
  "root-unreachable": code<{ argument: string; ip?: string | undefined }>({
    severity: "error",
    message: ({ argument, ip }) =>
      ip
        ? `\`${argument}\` needs the network, which \`${ip}\` leaves off`
        : `\`${argument}\` needs the network, and no \`ip=\` tells the kernel to use it`,
    help: () => "add `ip=dhcp`; `root NAME` of an `nfsroot` does it by itself",
    explain:
      "The kernel sets up a network device before it mounts its root only when `ip=` says how. An initrd can do it instead; none is booted here.",
  }),
  "nfs-udp": code<{ declared: boolean }>({
    severity: "warning",
    message: () => "NFS over UDP is switched off in Linux since 5.6",
    help: ({ declared }) => (declared ? "write `protocol tcp`" : "write `tcp` instead of `udp`"),
    explain:
      "NFS_DISABLE_UDP_SUPPORT is on by default: such a kernel says that the protocol is not supported and panics without a root. Lost fragments of UDP can also be put together wrongly at today's speeds.",
  }),
  "nfs-path": code<{ path: string; known: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `the kernel mounts \`${path}\`, which no \`nfsroot\` exports`,
    help: ({ known }) =>
      `write \`root NAME\` with the name of an \`nfsroot\`${
        known.length > 0 ? `; exported is ${quoted(known)}` : ""
      }`,
    explain:
      "The export and the mount are made from one declaration when `bootargs` names it with `root`. Written by hand they drift apart, and the kernel panics without a root.",
  }),
  "command-missing": code<{ command: string; option: string; board: string }>({
    severity: "error",
    message: ({ command, board }) => `U-Boot for ${board} is built without \`${command}\``,
    help: ({ command, option, board }) =>
      `build it with ${option} and say so: board ${board} { commands "${command}" }`,
    explain:
      "A command that is not built in is an unknown command, and the step fails. What a board has is taken from its configuration in U-Boot; a maker's own build may differ.",
  }),
  "command-ambiguous": code<{
    command: string;
    board: string;
    among: readonly string[];
    meant: string;
  }>({
    severity: "error",
    message: ({ command, board, among }) =>
      `\`${command}\` could be ${list(among, "or")} on ${board}, so that U-Boot runs none`,
    help: ({ meant }) => `write \`${meant}\``,
    explain:
      "A command may be shortened as long as only one begins like that. Which ones are built in differs between boards.",
  }),
  "legacy-image": code<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} refuses legacy images, such as ${what}`,
    help: ({ board }) =>
      `build it with CONFIG_LEGACY_IMAGE_FORMAT and say so: board ${board} { legacy_images yes }`,
    explain:
      "Where U-Boot is built to look at signatures, legacy images are off by default, since they can carry none. Such a board takes FIT only, for scripts too.",
  }),
  "fdt-high": code<{ value: string; stays: boolean; bits: number }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`fdt_high\` ${value} keeps the device tree where it was loaded, aligned or not`
        : `\`fdt_high\` ${value} is all ones on 32 bit only: here it is a limit of 4 GiB`,
    help: () => "leave `fdt_high` out; `bootm_size` says how far up U-Boot may put things",
    explain:
      "All ones, as many as an address has bits, keep U-Boot from moving the device tree. Then nothing makes room in it, and it may lie where the kernel unpacks. Elsewhere the value is an ordinary limit.",
  }),
  "save-wear": code<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `\`${name}\` writes the environment to flash at every boot`,
    help: () => 'save only what has changed: if ${x} != "…" { set x "…"  save }',
    explain:
      "Flash and EEPROM wear out with writing, and a power cut while the environment is written can lose it.",
  }),
  "raw-unchecked": code<{ unseen: readonly string[]; last: string }>({
    severity: "warning",
    message: ({ unseen, last }) =>
      `when ${quoted(unseen)} fails here, \`${last}\` runs all the same`,
    help: () => "give each command a `uboot` line of its own, or join them with `&&`",
    explain:
      "A `uboot` line has the status of its last command. What fails before it goes unseen, and the rest runs on what was in memory before. Each statement of the flow is checked by itself.",
  }),

  // --- security ---------------------------------------------------------------------------------
  "fetched-environment": code<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `\`${what}\` runs what came over the network`,
    help: () => "put the values into the flow: client tables and `param` are made for that",
    explain:
      "An imported variable can be any command, `bootcmd` among them. TFTP and HTTP know no sender: whoever answers first decides what the board runs, and after `save` for good.",
  }),
  secret: code<{ what: string }>({
    severity: "warning",
    message: ({ what }) => `this looks like ${what}, and everybody can fetch what a build makes`,
    help: () => "keep it out of the flow: let the running system get it over an authenticated way",
    explain:
      "Scripts, kernel arguments and files are served to whoever asks, without a password, and kernel arguments can be read by every user of the running system.",
  }),
  "chain-unverified": code<{ name: string; how: string; board: string }>({
    severity: "warning",
    message: ({ name, how, board }) =>
      `\`${name}\` comes over ${how} without a signature, and ${board} verifies what it boots`,
    help: () => "put the script on the card, or into a signed FIT",
    explain:
      "A board that looks at the signature of its kernel and runs any script from the network verifies nothing: the script decides what is booted, and how.",
  }),
};

/** The name of a fault. */
export type Code = keyof typeof table;

/** What the words of `C` need to know. */
export type Data<C extends Code> = (typeof table)[C] extends Entry<infer D> ? D : never;

/** The row of `code`. */
export function entryOf<C extends Code>(code: C): Entry<Data<C>> {
  return table[code] as unknown as Entry<Data<C>>;
}

/** All codes, in the order of the table. */
export const allCodes = Object.keys(table) as Code[];
