// The flow as a program: what it runs, and what it does when something fails.
import { bytes } from "../bytes.js";
import { check, list, type Misspelt, oneOf, page, quoted } from "./entry.js";

export const program = {
  "unused-file": check<{ kind: string; name: string; file: string }>({
    severity: "warning",
    message: ({ kind, name }) => `nothing uses the ${kind} \`${name}\``,
    help: () => "load or boot it, leave it out, or say `on tftp` or `on sdcard` if others fetch it",
    explain:
      "A file is declared and no script loads it: most likely another name was meant somewhere. It is put on the TFTP server all the same.",
  }),
  "unused-script": check<{ name: string; file: string }>({
    severity: "warning",
    message: ({ name }) => `nothing runs the script \`${name}\``,
    help: ({ name }) => `add \`chain ${name}\` where it is to run, or leave it out`,
    explain:
      "U-Boot runs what is called boot.scr or boot.scr.uimg by itself. Any other script runs when one of those chains to it.",
  }),
  "variable-unset": check<{ board: string } & Misspelt>({
    severity: "warning",
    message: ({ name, board }) => `nothing sets \`\${${name}}\` on ${board}`,
    help: ({ name, nearest }) =>
      nearest
        ? `did you mean \`\${${nearest}}\`?`
        : `set it first: \`set ${name} "…"\`; or ask with \`if defined ${name}\``,
    byHand: ({ name, nearest }) =>
      nearest ? `did you mean \`\${${nearest}}\`?` : `set it first: \`setenv ${name} 0x…\``,
    explain:
      "A variable that nothing sets is empty, or makes the step fail that needs it. What counts as set: what any script of the flow sets, the board's default environment, what DHCP and U-Boot leave behind. What somebody saved in a board's flash is not known.",
  }),
  "chain-cycle": check<{ cycle: readonly string[] }>({
    severity: "error",
    message: ({ cycle }) => `these scripts chain to each other for ever: ${cycle.join(" -> ")}`,
    help: () => "let one of them boot, reset or end; `retry forever` goes on trying",
    explain:
      "Each chain runs inside the one before and takes memory that is given back only when it returns. None of these scripts does anything else at its end, so the board runs out of memory.",
  }),
  unreachable: check<{ statement: string; after: string }>({
    severity: "warning",
    message: ({ statement }) => `\`${statement}\` is never run`,
    help: ({ after }) =>
      after === "boot"
        ? "put the `boot` into a `try`: when it fails, what follows is run"
        : "leave it out, or move it",
    explain:
      "`boot`, `reset`, `poweroff`, `shell` and `fail` do not come back: when they work, something else runs, and when they fail, their block is left. After an `if` or `try` nothing runs when both ways end so.",
  }),
  "else-same": check<object>({
    severity: "warning",
    message: () => "the `else` tries the same once more",
    help: () => "to try again, write `retry 3 pause 2s { … }`; here, name another file or device",
    explain:
      "What has just failed, a file that is not there or a server that is silent, fails again right away. Several servers named in `server` are tried in turn already.",
  }),
  "no-fallback": check<{ name: string; statement: string }>({
    severity: "warning",
    message: ({ name, statement }) =>
      `when \`${statement}\` fails, \`${name}\` has nothing to fall back to`,
    help: () =>
      "put it into a `try` whose `else` takes something from the card, or into a `retry forever`",
    explain:
      "A script on the card is what a board has when its network or server is down. Without another way the board stops at U-Boot's prompt and waits for a person.",
  }),
  "name-too-long": check<{ length: number; most: number }>({
    severity: "error",
    message: ({ length, most }) =>
      `the name of this file has ${length} bytes; U-Boot's TFTP client takes ${most}`,
    help: () => "give it a shorter name with `as`, or fewer folders",
    byHand: () => "give it a shorter name on the server, or fewer folders",
    explain:
      "U-Boot keeps the name of a transfer in 128 bytes. It cuts off a longer one without a word and asks the server for what is left of it, which is not there.",
  }),
  "name-colon": check<{ board: string; format: string }>({
    severity: "warning",
    message: ({ board }) => `\`\${serial#}\` can hold a \`:\` on ${board}, which no file name can`,
    help: () => "use `${ipaddr}`, with an `address` for each client; or see what your boards have",
    explain:
      "U-Boot takes what stands before a `:` for the address of a server. A board whose serial number has one asks another server for another file.",
  }),
  "block-wrap": check<{ name: string; size: number; blksize: number; blocks: number; who: string }>(
    {
      severity: "warning",
      message: ({ name, size, blksize, blocks }) =>
        `\`${name}\` (${bytes(size)}) takes ${blocks} blocks of ${blksize} bytes, more than 65535`,
      help: ({ who }) => `make it smaller: ${who} cannot count further`,
      explain:
        "TFTP numbers blocks with 16 bits. U-Boot goes on with 0 after 65535, and so does our server; some firmware stops there. No script of the flow loads this file, so it is taken to be for the board's firmware.",
    },
  ),
  "bootargs-too-long": check<{ length: number; most: number; arch: string }>({
    severity: "error",
    message: ({ length, most, arch }) =>
      `these are ${length} characters of kernel arguments; Linux on ${arch} reads ${most}`,
    help: () => "shorten them, or move some into an initrd or the kernel's configuration",
    explain:
      "The kernel copies COMMAND_LINE_SIZE bytes of its arguments and drops the rest without a word: 2048 on arm64, x86 and PowerPC, 1024 on 32-bit Arm and RISC-V, and 512 on RISC-V before 2023.",
  }),
  "console-unknown": check<{ name: string; board: string; known: readonly string[] }>({
    severity: "warning",
    message: ({ name, board }) => `${board} has no console ${name} that is known of`,
    help: ({ known }) => `the usual one is ${oneOf(known)}`,
    explain:
      "A kernel with the wrong `console=` boots in silence. The names come from the board's default environment and device tree; an overlay or another kernel can change them.",
  }),
  "root-unreachable": check<{ argument: string; ip?: string | undefined }>({
    severity: "error",
    message: ({ argument, ip }) =>
      ip
        ? `\`${argument}\` needs the network, which \`${ip}\` leaves off`
        : `\`${argument}\` needs the network, and no \`ip=\` tells the kernel to use it`,
    help: () => "add `ip=dhcp`; `root NAME` of an `nfsroot` does it by itself",
    byHand: () => "add `ip=dhcp`",
    explain:
      "The kernel sets up a network device before it mounts its root only when `ip=` says how. An initrd can do it instead; none is booted here.",
  }),
  "nfs-udp": check<{ declared: boolean }>({
    severity: "warning",
    message: () => "NFS over UDP is switched off in Linux since 5.6",
    help: ({ declared }) => (declared ? "write `protocol tcp`" : "write `tcp` instead of `udp`"),
    explain:
      "NFS_DISABLE_UDP_SUPPORT is on by default: such a kernel says that the protocol is not supported and panics without a root. Lost fragments of UDP can also be put together wrongly at today's speeds.",
  }),
  "nfs-path": check<{ path: string; known: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `the kernel mounts \`${path}\`, which no \`nfsroot\` exports`,
    help: ({ known }) =>
      `write \`root NAME\` with the name of an \`nfsroot\`${
        known.length > 0 ? `; exported is ${quoted(known)}` : ""
      }`,
    explain:
      "The export and the mount are made from one declaration when `bootargs` names it with `root`. Written by hand they drift apart, and the kernel panics without a root.",
  }),
  "command-missing": check<{ command: string; option: string; board: string }>({
    severity: "error",
    message: ({ command, board }) => `U-Boot for ${board} is built without \`${command}\``,
    help: ({ command, option, board }) =>
      `build it with ${option} and say so: board ${board} { commands "${command}" }`,
    byHand: ({ option, command }) =>
      `do without \`${command}\`, or build U-Boot with ${option} and say so: --commands "${command}"`,
    explain:
      "A command that is not built in is an unknown command, and the step fails. What a board has is taken from its configuration in U-Boot; a maker's own build may differ.",
  }),
  "command-ambiguous": check<{
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
  "legacy-image": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} refuses legacy images, such as ${what}`,
    help: ({ board }) =>
      `boot it as an image of a \`fit\`, or build U-Boot with CONFIG_LEGACY_IMAGE_FORMAT and say so: board ${board} { legacy_images yes }`,
    byHand: () => "put the script into a FIT: `ubootc mkimage -f boot.its boot.itb`",
    explain:
      "Where U-Boot is built to look at signatures, legacy images are off by default, since they can carry none. Such a board takes FIT only; scripts for it are made as FIT by themselves.",
  }),
  "fit-missing": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} was built without FIT, and ${what} is one`,
    help: ({ board }) => `build it with CONFIG_FIT and say so: board ${board} { fit yes }`,
    explain: page(
      "Without CONFIG_FIT `bootm` and `source` take a FIT for no image at all. The stock builds for the Raspberry Pi are like that.",
      "Build U-Boot with CONFIG_FIT and say so with `board NAME { fit yes }`, `fit_signature yes` too where signatures are to be looked at. Otherwise boot the kernel as it is, or `as uimage`.",
    ),
  }),
  "fit-unsigned": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `${board} starts only what is signed, and ${what} is not`,
    help: () => 'declare a key for the flow: sign "keys/dev.pem" (`ubootc keys new dev` makes one)',
    explain: page(
      "U-Boot with a required key in its own device tree refuses every configuration that is not signed with it. `verified_boot yes` says that the board is like that.",
      'Declare the key with `sign "FILE"`, for the whole flow or inside a `fit`. For a bench `ubootc keys new NAME` makes one, and `ubootc keys dtsi FILE` prints what its U-Boot has to be built with.',
    ),
  }),
  "boot-unsigned": check<{ name: string; board: string }>({
    severity: "error",
    message: ({ name, board }) =>
      `${board} starts only what is signed, and \`${name}\` is a legacy image`,
    help: () => "leave `as uimage` out: the kernel and what it is started with become a signed FIT",
    explain: page(
      "Signatures are in FITs; a legacy image has none. On a board with `verified_boot yes` a `boot` puts the kernel, its device tree and its initrd into a FIT by itself, and signs it with the key of the flow. It cannot do that where the flow demands a legacy image, or names one.",
      "Leave `as uimage` out, and name the kernel itself. Or declare a `fit` with it.",
    ),
  }),
  "signature-ignored": check<{ name: string; board: string }>({
    severity: "warning",
    message: ({ name, board }) =>
      `U-Boot for ${board} does not look at the signature of \`${name}\``,
    help: ({ board }) =>
      `build it with CONFIG_FIT_SIGNATURE and say so: board ${board} { fit_signature yes }`,
    explain: page(
      "Without CONFIG_FIT_SIGNATURE a signature is a node like others. The FIT boots, signed or not, and so does one that somebody changed.",
      "Build U-Boot with it, put the public key into its tree, and say so with `board NAME { fit_signature yes }`.",
    ),
  }),
  "hash-weak": check<{ name: string; hashes: readonly string[] }>({
    severity: "error",
    message: ({ name, hashes }) =>
      `\`${name}\` is signed, but its images only have ${list(hashes, "and")}`,
    help: () => "write `hash sha256`, or leave `hash` out",
    explain: page(
      "The signature of a configuration covers the hashes of its images, not their data. For CRC-32, MD5 and SHA-1 other data with the same value can be made, in less than a second for the first two, and the signature stays good.",
      "Use sha256, sha384 or sha512. A weaker one beside it does no harm.",
    ),
  }),
  "noload-compressed": check<{ name: string; compression: string }>({
    severity: "error",
    message: ({ name, compression }) =>
      `\`${name}\` is ${compression} data, which cannot be started where it lies`,
    help: () => "leave `noload` out, or use the kernel that is not compressed",
    explain: page(
      "`noload` makes a `kernel_noload`: U-Boot starts it where it lies in the file. A compressed kernel has to be unpacked first. Without a load address U-Boot unpacks it over itself, and over what follows it in the file.",
      "Without `noload` a place for the kernel is found.",
    ),
  }),
  "fit-wrapped-twice": check<{ name: string; fit: string; found: string }>({
    severity: "error",
    message: ({ name, fit, found }) => `\`${name}\` in \`${fit}\` is ${found} already`,
    help: () => "name the file without its header",
    explain: page(
      "U-Boot takes an image out of a FIT as it is. With the header of a uImage in front, a kernel starts with that header instead of its code, and the kernel does not recognise the initrd.",
      "Name the Image, zImage or cpio file itself.",
    ),
  }),
  "fdt-high": check<{ value: string; stays: boolean; bits: number }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`fdt_high\` ${value} keeps the device tree where it was loaded, aligned or not`
        : `\`fdt_high\` ${value} is all ones on 32 bit only: here it is a limit of 4 GiB`,
    help: () => "leave `fdt_high` out; `bootm_size` says how far up U-Boot may put things",
    explain:
      "All ones, as many as an address has bits, keep U-Boot from moving the device tree. Then nothing makes room in it, and it may lie where the kernel unpacks. Elsewhere the value is an ordinary limit.",
  }),
  "save-wear": check<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `\`${name}\` writes the environment to flash at every boot`,
    help: () => 'save only what has changed: if ${x} != "…" { set x "…"  save }',
    byHand: () => "save only what has changed: `if test …; then setenv …; saveenv; fi`",
    explain:
      "Flash and EEPROM wear out with writing, and a power cut while the environment is written can lose it.",
  }),
  "raw-unchecked": check<{ unseen: readonly string[]; last: string }>({
    severity: "warning",
    message: ({ unseen, last }) =>
      `when ${quoted(unseen)} fails here, \`${last}\` runs all the same`,
    help: () => "give each command a `uboot` line of its own, or join them with `&&`",
    explain:
      "A `uboot` line has the status of its last command. What fails before it goes unseen, and the rest runs on what was in memory before. Each statement of the flow is checked by itself.",
  }),
};
