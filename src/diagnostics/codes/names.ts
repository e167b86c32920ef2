// Names and what they stand for.
import { valueHint } from "../value-hints.js";
import { code, didYouMean, list, type Misspelt, page, quoted, shortened } from "./entry.js";

/** Something that is asked for by a name, and what has that name. */
export interface Asked extends Misspelt {
  kind: string;
  is?: string | undefined;
}

/** The word that a `file` is declared with when it is asked for as one of `kind`. */
export const declaredWith = (kind: string) => {
  const kinds = kind.split(/, | or /);
  return kinds.includes("initrd") ? "initrd" : (kinds[0] ?? "");
};

/** What to do about a name that something of another kind has. */
function otherKind({ kind, name, is }: Asked): string | undefined {
  if (is === undefined) return undefined;
  if (is === "script") return `it is a script: write \`chain ${name}\``;
  if (kind === "script") {
    return `it is a ${is}: write \`${/^(?:kernel|fit)$/.test(is) ? "boot" : "load"} ${name}\``;
  }
  if (is === "nfsroot") return `write \`root ${name}\` in \`bootargs\`: the kernel mounts it`;
  if (is === "file") return `declare it as what it is: ${declaredWith(kind)} ${name} from …`;
  if (kind.startsWith("kernel") && /^(?:dtb|overlay|initrd)$/.test(is)) {
    return `write \`boot KERNEL with ${name}\``;
  }
  return `it is declared a ${is}: name another, or declare it as what it is`;
}

export const names = {
  "name-taken": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `two declarations have the name \`${name}\``,
    help: () => "give one of them another name",
    explain: page(
      "Two declarations have the same name, so nothing says which of them a statement means. For servers: the same address is listed twice.",
      "Rename one of them. Kernels, device trees, initrds and files share their names, since `load` takes any of them.",
    ),
  }),
  "name-unknown": code<Asked>({
    severity: "error",
    message: ({ kind, name }) => `no ${kind} is called \`${name}\``,
    help: (data) => otherKind(data) ?? didYouMean(data),
    explain: page(
      "The flow uses a name that it does not declare: there is no such kernel, script, parameter or whatever the message says.",
      "The order of declarations does not matter, and included files count. Look for a spelling mistake, or for a declaration of another kind: `boot` takes a kernel or a FIT, and after `with` device trees, overlays and initrds.",
    ),
  }),
  "board-missing": code<object>({
    severity: "error",
    message: () => "no board is named",
    help: () => "begin with `board rpi_3`; `ubootc boards` lists them",
    explain: page(
      "The board says where its memory is, which processor it has, which commands its U-Boot has and how long a line it reads. Without it ubootc can choose no address and check nothing.",
      'Begin the flow with `board NAME`. `ubootc boards` lists the catalogue. A client may have another board: client bench-3 { board "rpi_4" }.',
    ),
  }),
  "board-unknown": code<{ name: string; nearest: readonly string[] }>({
    severity: "error",
    message: ({ name }) => `no board is called \`${name}\``,
    help: ({ nearest }) =>
      nearest.length > 0
        ? `did you mean ${quoted(nearest)}?`
        : "`ubootc boards` lists them; `board mine from NAME { … }` makes one",
    explain: page(
      "A board has the name of its configuration in U-Boot's source, without `_defconfig`: rpi_3, am335x_evm, qemu_arm64.",
      "For a board that is not in the catalogue, take one with the same processor and say what differs: board mine from rpi_3 { memory 1G }.",
    ),
  }),
  "server-missing": code<{ what: string }>({
    severity: "error",
    message: ({ what }) => `\`${what}\` needs a server, and the flow names none`,
    help: () => "add `server 192.168.0.250`",
    explain: page(
      "Whatever a board fetches over the network comes from a server that the flow names. U-Boot's own `serverip` is no help: depending on the network and on the version, DHCP writes it or does not.",
      "Add `server` with the address at which the boards reach it. If there are several, a board tries them in turn.",
    ),
  }),
  "param-unset": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `the parameter \`${name}\` has no value`,
    help: ({ name }) => `add \`-D ${name}=…\`, or a default: \`param ${name} "…"\``,
    explain: page(
      "A `param` without a default needs a value each time the flow is compiled: `ubootc build flow.boot -D name=value`.",
      "Give it one there, or write a default after its name.",
    ),
  }),
  "param-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `\`-D ${name}\`: the flow has no such parameter`,
    help: didYouMean,
    explain: page(
      "`-D` gives a value to a parameter that the flow does not have. The value would be ignored, and if the name is misspelt, the parameter that was meant would keep its default.",
      "Correct the name, or declare the parameter: `param NAME`.",
    ),
  }),
  "property-unknown": code<{ what: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` has no \`${name}\``,
    help: ({ nearest, known }) =>
      nearest
        ? `did you mean \`${nearest}\`?`
        : known.length > 0
          ? `it has ${list(known, "and")}`
          : "remove the braces: it has no properties",
    explain: page(
      "The braces of a declaration hold properties, and each kind of declaration has its own. This is not one of them, and would have no effect.",
      "Write one of those that the help lists.",
    ),
  }),
  "property-twice": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is given twice`,
    help: () => "remove one of them",
    explain: page(
      "A property has one value. If it is given twice, one of the two would be ignored without a message.",
      "Remove one of them.",
    ),
  }),
  "property-missing": code<{ what: string; name: string }>({
    severity: "error",
    message: ({ what, name }) => `\`${what}\` needs \`${name}\``,
    help: ({ name }) => `add it between the braces: { ${name} … }`,
    explain: page(
      "What is written there cannot work without this property: a board without DHCP needs at least an address of its own, for example.",
      "Add it between the braces.",
    ),
  }),
  "value-invalid": code<{ expected: string; found: string }>({
    severity: "error",
    message: ({ expected, found }) => `expected ${expected}, found \`${shortened(found)}\``,
    help: valueHint,
    explain: page(
      "Each place takes values of one form, and this value does not have it. The message gives the form, with an example.",
      "Addresses are written with 0x, since U-Boot reads most numbers as hexadecimal and people write most as decimal: 80000 could mean either. Sizes take K, M and G; times take ms, s and min.",
    ),
  }),
  "variable-too-late": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`\${${name}}\` is known only when the board boots`,
    help: () => "use `{…}` with a parameter or a client's value: those are known when compiling",
    explain: page(
      "`{name}` is replaced when the flow is compiled, `${name}` by U-Boot when the board boots. Here the compiler needs the value: for a file that it writes, an address that it checks or a name that it looks up.",
      "Use a parameter or a client's value. In the file name of a script `for each client` `${serial#}` and `${ipaddr}` are fine: the compiler takes them from the client table.",
    ),
  }),
  "address-unknown": code<{ board: string; known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name, board }) => `\`${name}\` is not a variable with an address on ${board}`,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use 0x…, or one of ${list(known, "and")}`,
    explain: page(
      "After `to` stands an address: a number with 0x, or a variable that the board's default environment sets, such as kernel_addr_r. It does not set this one.",
      "If the variable is empty, U-Boot loads to its default address, over whatever is there. Best remove `to`: ubootc then finds a place where nothing collides.",
    ),
  }),
  "place-unknown": code<Misspelt>({
    severity: "error",
    message: ({ name }) => `a build cannot put a file on \`${name}\``,
    help: ({ nearest }) => (nearest ? `did you mean \`${nearest}\`?` : "write `sdcard` or `tftp`"),
    explain: page(
      "`on sdcard` is for what a board reads from its card, `on tftp` for what it fetches from the server. They become folders of the build. From anywhere else a board would not load it.",
      "Write one of the two.",
    ),
  }),
  "device-unknown": code<{ known: readonly string[] } & Misspelt>({
    severity: "error",
    message: ({ name }) => `U-Boot cannot load from \`${name}\``,
    help: ({ nearest, known }) =>
      nearest ? `did you mean \`${nearest}\`?` : `use one of ${list(known, "and")}`,
    explain: page(
      "`from` takes the devices that U-Boot can load from: tftp, http and nfs over the network; sdcard, which is the device that the script came from; mmc, usb, nvme, sata and virtio with a number and a partition.",
      "Write one of them, or nothing: without `from` it is tftp.",
    ),
  }),
  "device-not-storage": code<{ name: string }>({
    severity: "error",
    message: ({ name }) => `\`exists\` cannot ask \`${name}\``,
    help: () => "load it in a `try`, and write into its `else` what to do without it",
    explain: page(
      "`exists` becomes U-Boot's `test -e`, which looks at file systems on storage devices. Over the network the only way to know is to fetch the file.",
      "Load it in a `try`, and write into its `else` what to do without it.",
    ),
  }),
};
