// What is wrong in scripts that were written by hand, for `mkimage` and not by ubootc.
import { type ShellFault, shellHint, shellWords } from "../shell-hints.js";
import { check, didYouMean, list, type Misspelt, named, page, shortened } from "./entry.js";

export const byHand = {
  "script-syntax": check<ShellFault>({
    severity: "error",
    message: shellWords,
    help: shellHint,
    explain: page(
      "U-Boot's shell cannot read the script from here on. The old parser has run everything before this place when it gets here, and then stops or, at a stray `fi` or `done`, crashes; the modern one reads the whole text first and runs nothing. An open quote ends for the old parser where the script does: all the rest becomes one word, and is not run.",
      "The message names the word that is missing, or that is one too many. End each compound command with its own word: `if … fi`, `for … done`, `while … done`.",
    ),
  }),
  "line-ends": check<{ count: number }>({
    severity: "error",
    message: ({ count }) =>
      `${count === 1 ? "a line ends" : `${count} lines end`} in CR LF, as on Windows`,
    help: () => "remove the CRs: `sed -i 's/\\r$//' boot.cmd`, and wrap the script again",
    explain: page(
      "U-Boot's shell takes a CR for an ordinary character, so it becomes part of the last word of the line: `fi` no longer ends an `if`, the name of a file ends in a character that cannot be seen, and `reset` is an unknown command.",
      "Save the script with Unix line ends and make the image again. In git, `*.cmd text eol=lf` in .gitattributes keeps them.",
    ),
  }),
  "stray-character": check<{ found: string; instead: string }>({
    severity: "error",
    message: ({ found }) => `U-Boot's shell does not know ${named(found)}`,
    help: ({ instead }) => instead,
    explain: page(
      "Word processors and web pages insert characters that look like a space or a quote but are something else. For U-Boot they are letters: the words on both sides become one, and nothing is quoted. A NUL byte ends the script: nothing after it is read.",
      "Type the character again. In comments and inside quotes they do no harm and are not reported.",
    ),
  }),
  "status-ignored": check<{ command: string; use: string }>({
    severity: "warning",
    message: ({ command, use }) =>
      `nobody looks at whether \`${shortened(command)}\` worked, and \`${shortened(use)}\` uses what it loads`,
    help: ({ command }) =>
      `make the rest depend on it: \`if ${shortened(command)}; then … else … fi\`, or join them with \`&&\``,
    explain: page(
      "A command that fails does not stop a script: the next line runs all the same. When a download fails, U-Boot then boots or sources whatever was in memory before, often the kernel of the last boot with the device tree of this one.",
      "Put the command into the condition of an `if`, or join it with `&&` to what needs it. `… || reset` is enough where there is nothing else to try.",
    ),
  }),
  "test-unquoted": check<{ variable: string; fixed: string }>({
    severity: "warning",
    message: ({ variable }) => `when \`${variable}\` is empty, \`test\` gets one word fewer`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "A variable without quotes vanishes when it is empty, and becomes several words when it has spaces in it. `test ${v} = a` is then `test = a`. `test` cannot read that, and says true or false depending on the version.",
      'Put the variable in quotes: `test "${v}" = "a"`. Inside quotes an empty variable is still a word.',
    ),
  }),
  "for-quoted": check<{ list: string; fixed: string }>({
    severity: "warning",
    message: ({ list }) =>
      `the old parser splits \`${shortened(list)}\`, quotes or not, and the modern one does not`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\` if it is a list of words`,
    explain: page(
      "The old parser splits the list after `in` at spaces, even where it is quoted. The modern one keeps it whole, so the loop runs once with all of it. A script that was written for one of the two does something else on the other.",
      "Remove the quotes if the loop is meant to run once for each word. A value with spaces in it cannot be in such a list: give it a loop or a line of its own.",
    ),
  }),
  "number-base": check<{ command: string; text: string; reads: number | "hex"; instead: string }>({
    severity: "warning",
    message: ({ command, text, reads }) =>
      reads === "hex"
        ? `\`${text}\` is hexadecimal without 0x, and \`${command}\` reads decimal numbers`
        : `\`${command}\` reads \`${text}\` as 0x${text}, which is ${reads}`,
    help: ({ instead }) => `write \`${instead}\``,
    explain: page(
      "U-Boot reads addresses, sizes and the operands of `setexpr` and `itest` as hexadecimal, with 0x or without; `test`, `sleep` and the numbers of devices in `mmc dev` as decimal. A number in the wrong base is a wrong address or a wrong size, and U-Boot does not notice. What it writes itself (`filesize`, `fileaddr`, the results of `setexpr`) is hexadecimal without 0x: `setexpr n 10 - 1` leaves `f`, which `test` takes for 0.",
      "Write 0x before a number that is meant to be hexadecimal, and before a variable that holds one where decimal is read: `test 0x${filesize} -gt 0x100000`.",
    ),
  }),
  "server-ambient": check<{ command: string; file: string; overwritten: boolean }>({
    severity: "warning",
    message: ({ command, overwritten }) =>
      overwritten
        ? `\`${shortened(command)}\` asks the server that \`dhcp\` named, not the one that was set before`
        : `DHCP decides which server \`${shortened(command)}\` asks`,
    help: ({ file }) => `name it: \`192.168.0.250:${file}\`, with the address of your server`,
    explain: page(
      "U-Boot asks `serverip` for a file name without a server, and `dhcp` overwrites that variable with what the DHCP server says: its own address, another one, or nothing, depending on the network and on how U-Boot was built.",
      "Name the server in front of the file, `tftpboot ${kernel_addr_r} 192.168.0.250:Image`, or set `serverip` again after `dhcp`. With the lwIP stack only the first works: there `tftpserverip` comes before `serverip`.",
    ),
  }),
  "command-unknown": check<Misspelt>({
    severity: "warning",
    message: ({ name }) => `U-Boot has no command \`${name}\``,
    help: ({ nearest }) => didYouMean({ nearest }) ?? "`help` on the board lists them",
    explain: page(
      "An unknown command prints a line and fails, and the script goes on after it. This name is close to one that U-Boot has. The known names are those of all releases since v2021.01, and of the builds of several vendors.",
      "Correct the name. If it is a command of your own build, allow it: `# ubootc: allow command-unknown` above the line.",
    ),
  }),
  "foreign-shell": check<{ what: string; instead: string }>({
    severity: "error",
    message: ({ what }) => `U-Boot's shell has no ${what}`,
    help: ({ instead }) => `use ${instead}`,
    explain: page(
      "U-Boot's shell looks like `sh` and has few of its features: no `$(…)` and no backticks, no arithmetic, no functions, no `case`, `break` or `export`, and no redirections. It takes their characters for parts of words, or their names for commands that it does not have, and the script goes on.",
      "Write `setexpr n ${n} + 1` for arithmetic, and use what U-Boot has: `if`, `for`, `while`, `&&`, `||`, `test`, `setenv`, `setexpr` and `run`.",
    ),
  }),
  "test-file": check<{ operator: string; file: string }>({
    severity: "error",
    message: ({ operator, file }) =>
      operator === "-e"
        ? `\`test -e ${shortened(file)}\` names no device: it is always true`
        : `U-Boot's \`test\` has no \`${operator}\`: this is always true`,
    help: ({ file }) =>
      `write \`test -e mmc 0:1 ${shortened(file)}\`, with the device that the file is on`,
    explain: page(
      "U-Boot has no current file system. `test -e` wants an interface, a device and a file, and there is no `-f`, `-d` or `-s`. `test` says true for two words that it does not know, so the branch is always taken.",
      "Name the device: `if test -e mmc 0:1 /boot/Image; then`.",
    ),
  }),
  "setenv-name": check<{ name: string; variable: string; value: string }>({
    severity: "error",
    message: ({ name }) => `\`setenv\` takes \`${shortened(name)}\` for the name of a variable`,
    help: ({ variable, value }) => `write \`setenv ${variable} "${shortened(value)}"\``,
    explain: page(
      "`setenv` takes its first word for the name and the others for the value. It refuses a name with `=` in it, with a line on the console. A name with a space is another variable: the one that was meant keeps its value, and the kernel gets the old arguments.",
      'Put a space after the name, and quotes around the value only: `setenv bootargs "console=ttyS0"`.',
    ),
  }),
  "sleep-unit": check<{ text: string; reads: number; meant: number }>({
    severity: "error",
    message: ({ text, reads }) => `\`sleep ${text}\` waits ${reads} seconds`,
    help: ({ meant }) => `write \`sleep ${meant}\``,
    explain: page(
      "`sleep` reads seconds, which may have digits after a point, and ignores what follows the number: `500ms` is 500 seconds, in which the board seems to hang.",
      "Write the time in seconds: `sleep 0.5` for 500 ms.",
    ),
  }),
  "address-name": check<{ name: string; fixed: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is not an address, but the name of one`,
    help: ({ fixed }) => `write \`${fixed}\``,
    explain: page(
      "Where U-Boot expects an address, it reads hexadecimal digits up to the first character that is not one. A name without `$` gives 0, or what its first letters happen to say: `fdt_addr_r` is 0xfd in old builds and 0xf in others. U-Boot loads the file to that address without a message, or the command fails.",
      "Put the name in `${…}`: `load mmc 0:1 ${kernel_addr_r} Image`.",
    ),
  }),
  "dhcp-autoload": check<object>({
    severity: "warning",
    message: () => "`dhcp` fetches a file too, and fails where the server has none",
    help: () => "write `setenv autoload no` before it",
    explain: page(
      "Without a file name, `dhcp` asks the server that the lease names for the boot file of the lease, or for a file that is named for the board's address. If there is no such file, `dhcp` fails, although the board has its address by then, and what depends on it is never run.",
      "Write `setenv autoload no` before it: `dhcp` then asks for an address only.",
    ),
  }),
  "part-unchecked": check<{ command: string; variable: string }>({
    severity: "warning",
    message: ({ command }) =>
      `nobody looks at whether \`${shortened(command)}\` worked, and \`root=\` takes what it found`,
    help: ({ command }) =>
      `make the rest depend on it: \`if ${shortened(command)}; then … else … fi\``,
    explain: page(
      "If the partition or the device does not exist, `part uuid` fails and leaves the variable as it was, usually empty. The kernel then waits for `root=PARTUUID=` for ever, or mounts what an older environment named.",
      "Set the arguments only when it worked: `if part uuid mmc 0:2 u; then setenv bootargs root=PARTUUID=${u}; fi`.",
    ),
  }),
  "filesize-proof": check<{ command: string }>({
    severity: "warning",
    message: ({ command }) => `\`filesize\` does not say whether \`${shortened(command)}\` worked`,
    help: ({ command }) => `ask the command: \`if ${shortened(command)}; then … fi\``,
    explain: page(
      "Only a load that succeeds sets `filesize`. One that fails leaves it as it was: with the size of the file before or, at the first load, empty. The test then passes with the size of an older file.",
      "Ask the load itself: `if load mmc 0:1 ${a} f; then`.",
    ),
  }),
  "shell-dialect": check<{ what: string; reader?: "old" | "modern" | undefined; instead: string }>({
    severity: "warning",
    message: ({ what, reader }) =>
      reader
        ? `${what} means something else to U-Boot's ${reader} parser`
        : `${what} means different things to U-Boot's two parsers`,
    help: ({ instead }) => instead,
    explain: page(
      "U-Boot has two parsers, the old one that nearly all builds use and the modern one of v2024.04, and neither is a POSIX shell. In `a && b || c` the old one skips `b` and `c` when `a` fails; `exit` leaves the script in one and drops to the console in the other; apostrophes, backslashes, `!`, braces and unusual names of variables are read differently, and to the old one the `elif` of `then elif` is never taken.",
      "Write what both read alike: `if a; then b; else c; fi`, values in double quotes without apostrophes and backslashes, `${name}` with letters, digits and _. `--dialect old` checks for one parser only.",
    ),
  }),
  "test-operator": check<{ operator: string; fixed: string }>({
    severity: "error",
    message: ({ operator }) =>
      operator === "=="
        ? "`test` has no `==`: it cannot read this, and succeeds"
        : `\`${operator}\` compares numbers, and this is not one: it counts as 0`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "`test` compares texts with `=` and `!=` and numbers with `-eq`, `-ne`, `-lt` and so on. What it cannot read is true, so a condition with `==` always holds. A text where a number is expected counts as 0, so any two texts are equal.",
      "Write `=` or `!=` for texts. `itest` is another command: it has `==`, and reads hexadecimal numbers.",
    ),
  }),
  "boot-without-dtb": check<{ command: string; fixed: string }>({
    severity: "warning",
    message: ({ command }) => `\`${shortened(command)}\` starts the kernel without a device tree`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "`booti` takes the address of the device tree from its third word, and gives the kernel none when there is no third word. Linux on 64-bit Arm and RISC-V then stops before it prints anything.",
      "Name the device tree, and write `-` for the initrd if there is none. The device tree that the firmware passed is at `${fdt_addr}` on some boards and at `${fdtcontroladdr}` on all.",
    ),
  }),
  "filesize-stale": check<{ used: string; file: string; needs: string }>({
    severity: "error",
    message: ({ used, file }) =>
      `\`${used}\` is the size of \`${file}\` here, which was loaded last`,
    help: ({ needs }) =>
      `load \`${needs}\` last, or keep its size: \`setenv initrd_size \${filesize}\` directly after its load`,
    explain: page(
      "Every transfer writes `filesize`. The size after the initrd's address has to be that of the initrd. With the size of a device tree the kernel gets the first few KiB of its initrd and panics; with that of a larger file it gets whatever follows the initrd in memory too.",
      "Load the initrd last, or keep its size in a variable of its own directly after its load.",
    ),
  }),
  "initrd-size": check<{ file: string; command: string; fixed: string }>({
    severity: "error",
    message: ({ file, command }) => `\`${command}\` does not know how long \`${file}\` is`,
    help: ({ fixed }) =>
      `write \`${fixed}\`, with the size of the initrd, or wrap it: mkimage -T ramdisk`,
    explain: page(
      "An initrd without U-Boot's header has to be given as `address:size`. Without the size U-Boot looks for a header, says `Wrong Ramdisk Image Format` and boots nothing.",
      "Write the size in hexadecimal, as `filesize` is directly after the transfer. Or give the initrd a header with `mkimage -T ramdisk`.",
    ),
  }),
  "unpack-place": check<{ file: string; variable: string; board: string }>({
    severity: "error",
    message: ({ file, variable, board }) =>
      `\`booti\` cannot unpack \`${file}\`: ${board} has no \`${variable}\``,
    help: ({ variable }) =>
      variable === "kernel_comp_size"
        ? "set it to the size of the largest compressed kernel: `setenv kernel_comp_size 0x2000000`"
        : "set it to a free place: `setenv kernel_comp_addr_r 0x…`, and `setenv kernel_comp_size 0x2000000`",
    explain: page(
      "`booti` unpacks a compressed Image to `kernel_comp_addr_r` and moves it back to where it was loaded. `kernel_comp_size` is the most compressed bytes that it reads; they may become ten times as many. If one of the two variables is not set, it says `kernel_comp_addr_r or kernel_comp_size is not provided!` and boots nothing.",
      "Set both. The unpacked kernel overwrites both places: keep the device tree and the initrd away from them. `ubootc boards NAME` says whether a board has the two variables.",
    ),
  }),
  "file-missing": check<{ file: string }>({
    severity: "warning",
    message: ({ file }) => `\`${shortened(file)}\` is not in the folder that \`--root\` names`,
    help: () => "correct the name, or put the file there; U-Boot looks for it under this name",
    explain: page(
      "A boot command uses this file, and it is not there. The load prints an error and the boot command then starts whatever was at the address before, or nothing.",
      "`--root` is the folder that the script's files come from: that of the TFTP server, or the card's first partition. Correct the name, or put the file there. Only files that a boot command uses are looked for.",
    ),
  }),
  "environment-line-ends": check<{ file: string }>({
    severity: "warning",
    message: ({ file }) =>
      `lines of \`${shortened(file)}\` end in CR LF, and the CR becomes part of each value`,
    help: () =>
      "write `env import -t -r`, which removes them, or save the file with Unix line ends",
    explain: page(
      "`env import -t` ends a value where its line ends, at LF. A text from Windows has a CR before the LF, which becomes the last character of every value: files are not found, and the kernel gets arguments that it does not know.",
      "Write `env import -t -r ${loadaddr} ${filesize}`, which removes the CRs, or save the file with Unix line ends.",
    ),
  }),
  "boot-refused": check<{ file: string; board: string; why: string }>({
    severity: "error",
    message: ({ file, board, why }) => `U-Boot for ${board} does not start \`${file}\`: ${why}`,
    help: ({ file }) =>
      `\`ubootc inspect ${file}\` shows what is in it and which parts of it start`,
    explain: page(
      "The boot command ends on the board with the line that the message repeats. The virtual board said so: it was given the files that the script loads, at their addresses, and ran this command.",
      "Compare the command with what `ubootc inspect FILE` shows: a FIT with the configuration `conf-2` has no `conf@2`, for example. `ubootc simulate` runs the whole script. A fault that has a code of its own is reported under that code instead.",
    ),
  }),
  "source-address": check<object>({
    severity: "warning",
    message: () => "`source` without an address runs what is at an address built into U-Boot",
    help: () => "write the address: `source ${scriptaddr}`",
    explain: page(
      "Without an address `source` runs what is at CONFIG_SYS_LOAD_ADDR, a number in the build. It does not look at `loadaddr`, or at the address where the last file was loaded. These are the same on many boards until somebody sets `loadaddr`; after that the board runs an older script, or fails.",
      "Write the address that the script was loaded to: `source ${scriptaddr}`.",
    ),
  }),
  "address-reused": check<{ words: readonly string[]; address: string; file?: string | undefined }>(
    {
      severity: "error",
      message: ({ words, address, file }) =>
        `${list(words, "and")} are at the same address, ${address}${file ? `, where \`${file}\` was loaded last` : ""}`,
      help: () =>
        "give one of them another address: `kernel_addr_r`, `fdt_addr_r` and `ramdisk_addr_r` differ",
      explain: page(
        "Two arguments of a boot command have the same address. What was loaded there first is gone: the kernel is started with a device tree or an initrd that is really something else.",
        "Load each file to an address of its own: `kernel_addr_r`, `fdt_addr_r` and `ramdisk_addr_r` are made for that.",
      ),
    },
  ),
  "initrd-high": check<{ value: string; stays: boolean }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`initrd_high\` ${value} keeps the initrd where it was loaded, even in the way of the kernel`
        : `\`initrd_high\` ${value} is all ones only on a 32-bit board: here it is a limit of 4 GiB`,
    help: () => "remove `initrd_high`; `bootm_size` says how far up U-Boot may put things",
    explain: page(
      "A value of all ones, as many as an address has bits, keeps U-Boot from moving the initrd out of the kernel's way. The kernel overwrites the initrd if it unpacks to that place or clears it, and kernels grow with every version. On a board with longer addresses the same value is an ordinary limit.",
      "Remove `initrd_high`. `bootm_size` limits how far up U-Boot puts things.",
    ),
  }),
  "expanded-early": check<{ variable: string; name: string; fixed: string }>({
    severity: "warning",
    message: ({ variable, name }) =>
      `\`${variable}\` is replaced when \`${name}\` is set, not when it is run`,
    help: ({ fixed }) =>
      `put commands that are run later in single quotes: \`${shortened(fixed)}\``,
    explain: page(
      "In double quotes variables are replaced when `setenv` runs. A variable that is meant to be read when the commands run, such as the `filesize` of a file that they load themselves, is replaced by its old value, or by nothing.",
      "Put the commands in single quotes, which keep the text as it is.",
    ),
  }),
  "expanded-never": check<{ variable: string; fixed: string; quoted?: true }>({
    severity: "warning",
    message: ({ variable, quoted }) =>
      quoted
        ? `\`${variable}\` is not replaced in single quotes: the kernel gets these letters`
        : `\`${variable}\` is not replaced: only \`\${name}\` is`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "In a flow the board replaces `${name}` and nothing else that begins with `$`. In a script written by hand it replaces nothing in single quotes. U-Boot gives `bootargs` to the kernel as it is, unless it was built with CONFIG_BOOTARGS_SUBST, so the kernel reads the name of the variable instead of its value.",
      "In a flow write `${name}`. In a script use double quotes, or write a command in single quotes that sets `bootargs` when it is `run`.",
    ),
  }),
  "local-shadowed": check<{ name: string }>({
    severity: "warning",
    message: ({ name }) =>
      `\`${name}=\` sets a variable of the shell, and the one of \`setenv ${name}\` hides it`,
    help: ({ name }) => `use \`setenv ${name}\` in both places`,
    explain: page(
      "U-Boot's shell has variables of its own (`x=1`) beside the environment (`setenv x 1`), and looks into the environment first. When both have the name, an assignment without `setenv` has no effect.",
      "Use `setenv` in both places.",
    ),
  }),
};
