// The flow as a program: what it runs, and what it does when something fails.
import { bytes } from "../bytes.js";
import { check, list, type Misspelt, oneOf, page, quoted } from "./entry.js";

export const program = {
  "unused-file": check<{ kind: string; name: string; file: string }>({
    severity: "warning",
    message: ({ kind, name }) => `nothing uses the ${kind} \`${name}\``,
    help: () => "load or boot it, remove it, or write `on tftp` or `on sdcard` if others fetch it",
    explain: page(
      "A file is declared, and no script loads it: a script probably names another one by mistake. The build puts it on the TFTP server all the same.",
      "Load or boot it, or remove it. If somebody else fetches it, write `on tftp` or `on sdcard` after its name.",
    ),
  }),
  "unused-script": check<{ name: string; file: string }>({
    severity: "warning",
    message: ({ name }) => `nothing runs the script \`${name}\``,
    help: ({ name }) => `add \`chain ${name}\` where it is to run, or remove it`,
    explain: page(
      "U-Boot runs boot.scr and boot.scr.uimg by itself. Any other script runs only when another one chains to it. This one never runs.",
      "Write `chain NAME` where it is to run, or remove it.",
    ),
  }),
  "variable-unset": check<{ board: string } & Misspelt>({
    severity: "warning",
    message: ({ name, board }) => `nothing sets \`\${${name}}\` on ${board}`,
    help: ({ name, nearest }) =>
      nearest
        ? `did you mean \`\${${nearest}}\`?`
        : `set it first: \`set ${name} "…"\`; or ask first with \`if defined ${name}\``,
    byHand: ({ name, nearest }) =>
      nearest ? `did you mean \`\${${nearest}}\`?` : `set it first: \`setenv ${name} 0x…\``,
    explain: page(
      "A variable that nothing sets is empty on the board, or the step that needs it fails. These count as set: what any script of the flow sets, what the board's default environment sets, and what DHCP and U-Boot set. What somebody saved in a board's flash is not known.",
      "Correct the name, set the variable first, or ask with `if defined NAME`.",
    ),
  }),
  "chain-cycle": check<{ cycle: readonly string[] }>({
    severity: "error",
    message: ({ cycle }) => `these scripts chain to each other for ever: ${cycle.join(" -> ")}`,
    help: () => "make one of them boot, reset or end; to go on trying, use `retry forever`",
    explain: page(
      "Each `chain` runs the next script inside the one before, and takes memory until that script ends. None of these scripts ends in any other way, so the board runs out of memory and hangs or resets.",
      "Make one of them boot, reset or end. To try again and again, use `retry forever pause 5s { … }`.",
    ),
  }),
  unreachable: check<{ statement: string; after: string }>({
    severity: "warning",
    message: ({ statement }) => `\`${statement}\` is never run`,
    help: ({ after }) =>
      after === "boot"
        ? "put the `boot` into a `try`: when it fails, what follows is run"
        : "remove it, or move it",
    explain: page(
      "`boot`, `reset`, `poweroff`, `shell` and `fail` do not come back: when they work, something else runs, and when they fail, the rest of their block is skipped. After an `if` or `try` nothing runs when both of its blocks end in one of them.",
      "Remove the statement, or move it before. What is to run when a `boot` fails goes after a `try` with the `boot` in it, or into its `else`.",
    ),
  }),
  "else-same": check<object>({
    severity: "warning",
    message: () => "the `else` tries the same thing again",
    help: () => "to try again, write `retry 3 pause 2s { … }`; here, name another file or device",
    explain: page(
      "What has just failed fails again at once: a missing file is still missing, and a silent server is still silent.",
      "To try again later, use `retry 3 pause 2s { … }`. In the `else`, name another file or device. If `server` names several servers, the board already tries them in turn.",
    ),
  }),
  "no-fallback": check<{ name: string; statement: string }>({
    severity: "warning",
    message: ({ name, statement }) =>
      `when \`${statement}\` fails, \`${name}\` has nothing else to try`,
    help: () =>
      "put it into a `try` whose `else` takes something from the card, or into a `retry forever`",
    explain: page(
      "When the network or the server is down, a board has only the script on its card. If that tries nothing else, the board stops at U-Boot's prompt and waits for a person.",
      "Put the statement into a `try` whose `else` loads something from the card, or into a `retry forever`.",
    ),
  }),
  "name-too-long": check<{ length: number; most: number }>({
    severity: "error",
    message: ({ length, most }) =>
      `the name of this file has ${length} bytes; U-Boot's TFTP client takes ${most}`,
    help: () => "give it a shorter name with `as`, or fewer folders",
    byHand: () => "give it a shorter name on the server, or fewer folders",
    explain: page(
      "U-Boot keeps the name of a transfer in 128 bytes. It cuts a longer name without a message, asks the server for what is left of it, and gets no file.",
      "Give the file a shorter name with `as`, or put it into fewer folders.",
    ),
  }),
  "name-colon": check<{ board: string; format: string }>({
    severity: "warning",
    message: ({ board }) =>
      `\`\${serial#}\` can hold a \`:\` on ${board}, which a file name cannot`,
    help: () => "use `${ipaddr}`, with an `address` for each client; or see what your boards have",
    explain: page(
      "U-Boot reads what stands before a `:` in a file name as the address of a server. A board with a `:` in its serial number asks another server for another file.",
      "Use `${ipaddr}` with an `address` for each client. If your boards have no `:` in their serial numbers, allow this code.",
    ),
  }),
  "block-wrap": check<{ name: string; size: number; blksize: number; blocks: number; who: string }>(
    {
      severity: "warning",
      message: ({ name, size, blksize, blocks }) =>
        `\`${name}\` (${bytes(size)}) takes ${blocks} blocks of ${blksize} bytes, more than 65535`,
      help: ({ who }) => `make it smaller: ${who} cannot count further`,
      explain: page(
        "TFTP numbers blocks with 16 bits. After 65535, U-Boot and the server of ubootc go on with 0, but some firmware stops there. No script of the flow loads this file, so the board's firmware probably does.",
        "Make the file smaller, or load it from a script of U-Boot instead.",
      ),
    },
  ),
  "bootargs-too-long": check<{ length: number; most: number; arch: string }>({
    severity: "error",
    message: ({ length, most, arch }) =>
      `the kernel arguments have ${length} characters; Linux on ${arch} reads ${most}`,
    help: () => "shorten them, or move some into an initrd or the kernel's configuration",
    explain: page(
      "The kernel copies COMMAND_LINE_SIZE bytes of its arguments and drops the rest without a message: 2048 on arm64, x86 and PowerPC, 1024 on 32-bit Arm and RISC-V, and 512 on RISC-V before 2023. An argument at the end is then missing, often the root.",
      "Shorten the arguments, or move some into an initrd or the kernel's configuration.",
    ),
  }),
  "console-unknown": check<{ name: string; board: string; known: readonly string[] }>({
    severity: "warning",
    message: ({ name, board }) => `${board} has no console ${name} that ubootc knows of`,
    help: ({ known }) => `the usual console is ${oneOf(known)}`,
    explain: page(
      "A kernel with the wrong `console=` prints nothing while it boots. ubootc knows the names from the board's default environment and device tree; an overlay or another kernel can change them.",
      "Write the console that the help names, or allow this code if your board has another.",
    ),
  }),
  "root-unreachable": check<{ argument: string; ip?: string | undefined }>({
    severity: "error",
    message: ({ argument, ip }) =>
      ip
        ? `\`${argument}\` needs the network, and \`${ip}\` turns it off`
        : `\`${argument}\` needs the network, and no \`ip=\` tells the kernel to use it`,
    help: () => "add `ip=dhcp`; `root NAME` with an `nfsroot` adds it by itself",
    byHand: () => "add `ip=dhcp`",
    explain: page(
      "The kernel sets up a network device before it mounts its root only when `ip=` says how. Without it the kernel cannot reach the root, and panics. An initrd could set up the network instead, but none is booted here.",
      "Add `ip=dhcp`, or write `root NAME` with the name of an `nfsroot`, which adds it.",
    ),
  }),
  "nfs-udp": check<{ declared: boolean }>({
    severity: "warning",
    message: () => "Linux has had NFS over UDP turned off since 5.6",
    help: ({ declared }) => (declared ? "write `protocol tcp`" : "write `tcp` instead of `udp`"),
    explain: page(
      "NFS_DISABLE_UDP_SUPPORT is on by default: such a kernel says that the protocol is not supported and panics without a root. On fast networks UDP can also join fragments of different packets, and damage data.",
      "Use TCP: `protocol tcp` in an `nfsroot`, `tcp` in `nfsroot=`.",
    ),
  }),
  "nfs-path": check<{ path: string; known: readonly string[] }>({
    severity: "error",
    message: ({ path }) => `the kernel mounts \`${path}\`, which no \`nfsroot\` exports`,
    help: ({ known }) =>
      `write \`root NAME\` with the name of an \`nfsroot\`${
        known.length > 0 ? `; the flow exports ${quoted(known)}` : ""
      }`,
    explain: page(
      "The server exports what `nfsroot` declares. If the kernel's arguments name another folder, the server refuses to let the kernel mount it, and the kernel panics without a root.",
      "Write `root NAME` into `bootargs`: the export and the mount then come from one declaration.",
    ),
  }),
  "command-missing": check<{ command: string; option: string; board: string }>({
    severity: "error",
    message: ({ command, board }) => `U-Boot for ${board} is built without \`${command}\``,
    help: ({ command, option, board }) =>
      `build it with ${option} and say so: board ${board} { commands "${command}" }`,
    byHand: ({ option, command }) =>
      `do without \`${command}\`, or build U-Boot with ${option} and say so: --commands "${command}"`,
    explain: page(
      "A command that is not built in is unknown to U-Boot, and the step fails. ubootc reads what a board has from its configuration in U-Boot; a manufacturer's own build may differ.",
      'Build U-Boot with the option, or say that yours has it: board NAME { commands "ping" } in a flow, `--commands ping` for a script written by hand.',
    ),
  }),
  "command-ambiguous": check<{
    command: string;
    board: string;
    among: readonly string[];
    meant: string;
  }>({
    severity: "error",
    message: ({ command, board, among }) =>
      `\`${command}\` could be ${list(among, "or")} on ${board}, so U-Boot runs none of them`,
    help: ({ meant }) => `write \`${meant}\``,
    explain: page(
      "U-Boot accepts a shortened command only if exactly one command begins like that. Otherwise it says that the command is unknown, and the step fails. Boards have different commands, so a short form that works on one fails on another.",
      "Write the whole name.",
    ),
  }),
  "legacy-image": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} refuses legacy images, such as ${what}`,
    help: ({ board }) =>
      `boot it as an image of a \`fit\`, or build U-Boot with CONFIG_LEGACY_IMAGE_FORMAT and say so: board ${board} { legacy_images yes }`,
    byHand: () => "put the script into a FIT: `ubootc mkimage -f boot.its boot.itb`",
    explain: page(
      "A U-Boot that checks signatures is built without legacy images by default, since they cannot be signed. The board then refuses them and takes only FITs. ubootc writes the scripts for such a board as FITs.",
      "Put the kernel into a `fit`. If your U-Boot has CONFIG_LEGACY_IMAGE_FORMAT, say so: board NAME { legacy_images yes }.",
    ),
  }),
  "fit-missing": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `U-Boot for ${board} is built without FIT, and ${what} is one`,
    help: ({ board }) => `build it with CONFIG_FIT and say so: board ${board} { fit yes }`,
    explain: page(
      "Without CONFIG_FIT `bootm` and `source` do not recognise a FIT as an image, and refuse it. The standard builds for the Raspberry Pi are like that.",
      "Build U-Boot with CONFIG_FIT and say so with `board NAME { fit yes }`, and `fit_signature yes` too if it is to check signatures. Otherwise boot the kernel as it is, or `as uimage`.",
    ),
  }),
  "fit-unsigned": check<{ what: string; board: string }>({
    severity: "error",
    message: ({ what, board }) => `${board} starts only what is signed, and ${what} is not`,
    help: () => 'declare a key for the flow: sign "keys/dev.pem" (`ubootc keys new dev` makes one)',
    explain: page(
      "U-Boot with a required key in its own device tree refuses every configuration that is not signed with it. `verified_boot yes` says that the board is like that.",
      'Declare the key with `sign "FILE"`, for the whole flow or inside a `fit`. For a bench `ubootc keys new NAME` makes one, and `ubootc keys dtsi FILE` prints what U-Boot has to be built with.',
    ),
  }),
  "boot-unsigned": check<{ name: string; board: string }>({
    severity: "error",
    message: ({ name, board }) =>
      `${board} starts only what is signed, and \`${name}\` is a legacy image`,
    help: () => "remove `as uimage`: the kernel and what it is started with become a signed FIT",
    explain: page(
      "Only a FIT can be signed, and such a board refuses a legacy image. On a board with `verified_boot yes` a `boot` puts the kernel, its device tree and its initrd into a FIT by itself, and signs it with the key of the flow. It cannot do that if the flow asks for a legacy image, or names one.",
      "Remove `as uimage`, and name the kernel itself. Or declare a `fit` with it.",
    ),
  }),
  "signature-ignored": check<{ name: string; board: string }>({
    severity: "warning",
    message: ({ name, board }) => `U-Boot for ${board} does not check the signature of \`${name}\``,
    help: ({ board }) =>
      `build it with CONFIG_FIT_SIGNATURE and say so: board ${board} { fit_signature yes }`,
    explain: page(
      "Without CONFIG_FIT_SIGNATURE U-Boot ignores the signature. The FIT boots, signed or not, and so does one that somebody changed.",
      "Build U-Boot with it, put the public key into its tree, and say so with `board NAME { fit_signature yes }`.",
    ),
  }),
  "hash-weak": check<{ name: string; hashes: readonly string[] }>({
    severity: "error",
    message: ({ name, hashes }) =>
      `\`${name}\` is signed, but its images have only ${list(hashes, "and")}`,
    help: () => "write `hash sha256`, or remove `hash`",
    explain: page(
      "The signature of a configuration covers the hashes of its images, not their data. Somebody can make other data with the same CRC-32, MD5 or SHA-1, in less than a second for the first two, and U-Boot accepts the signature.",
      "Use sha256, sha384 or sha512. A weaker hash beside it does no harm.",
    ),
  }),
  "noload-compressed": check<{ name: string; compression: string }>({
    severity: "error",
    message: ({ name, compression }) =>
      `\`${name}\` is ${compression} data, which cannot be started in place`,
    help: () => "remove `noload`, or use the kernel that is not compressed",
    explain: page(
      "`noload` makes a `kernel_noload`: U-Boot starts it in place, inside the FIT. A compressed kernel has to be unpacked first. Without a load address U-Boot unpacks it over itself, and over what follows it in the file.",
      "Remove `noload`, and ubootc finds a place for the kernel. Or use the kernel that is not compressed.",
    ),
  }),
  "fit-wrapped-twice": check<{ name: string; fit: string; found: string }>({
    severity: "error",
    message: ({ name, fit, found }) => `\`${name}\` in \`${fit}\` is ${found} already`,
    help: () => "name the file without its header",
    explain: page(
      "U-Boot uses the images of a FIT as they are. If a kernel has a uImage header before it, U-Boot runs the header instead of the kernel's code. If an initrd has one, the kernel does not recognise it.",
      "Name the Image, zImage or cpio file itself.",
    ),
  }),
  "fdt-high": check<{ value: string; stays: boolean; bits: number }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`fdt_high\` ${value} keeps the device tree where it was loaded, even at a bad place`
        : `\`fdt_high\` ${value} is all ones only on a 32-bit board: here it is a limit of 4 GiB`,
    help: () => "remove `fdt_high`; `bootm_size` says how far up U-Boot may put things",
    explain: page(
      "A value of all ones, as many as an address has bits, keeps U-Boot from moving the device tree. The tree then gets no room to grow, may be badly aligned, and may be where the kernel unpacks. On a board with longer addresses the same value is an ordinary limit.",
      "Remove `fdt_high`. `bootm_size` limits how far up U-Boot puts things.",
    ),
  }),
  "save-wear": check<{ name: string }>({
    severity: "warning",
    message: ({ name }) => `\`${name}\` writes the environment to flash at every boot`,
    help: () => 'save only what has changed: if ${x} != "…" { set x "…"  save }',
    byHand: () => "save only what has changed: `if test …; then setenv …; saveenv; fi`",
    explain: page(
      "Each `save` writes the whole environment. Flash and EEPROM wear out with writing, and a power cut during the write can destroy the environment.",
      "Save only when a value has changed: put `set` and `save` into an `if`.",
    ),
  }),
  "raw-unchecked": check<{ unseen: readonly string[]; last: string }>({
    severity: "warning",
    message: ({ unseen, last }) => `if ${quoted(unseen)} fails here, \`${last}\` runs all the same`,
    help: () => "give each command a `uboot` line of its own, or join them with `&&`",
    explain: page(
      "A `uboot` line has the status of its last command. Nobody notices when a command before it fails, and the rest runs with what was in memory before.",
      "Give each command a `uboot` line of its own, since the script checks each statement. Or join the commands with `&&`.",
    ),
  }),
};
