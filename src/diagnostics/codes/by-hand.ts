import { type ShellFault, shellHint, shellWords } from "../shell-hints.js";
import { check, didYouMean, list, type Misspelt, named, page, shortened } from "./entry.js";

export const byHand = {
  "script-syntax": check<ShellFault>({
    severity: "error",
    message: shellWords,
    help: shellHint,
    explain: page(
      "U-Boot's shell cannot read the script from here on. The old parser has run everything before this place when it gets here, and then stops or, at a stray `fi` or `done`, crashes; the modern one reads the whole text first and runs nothing.",
      "The message names what is missing or too much. A compound command ends with its own word: `if … fi`, `for … done`, `while … done`.",
    ),
  }),
  "line-ends": check<{ count: number }>({
    severity: "error",
    message: ({ count }) =>
      `${count === 1 ? "a line ends" : `${count} lines end`} in CR LF, as on Windows`,
    help: () => "take the CRs out: `sed -i 's/\\r$//' boot.cmd`, and wrap the script again",
    explain: page(
      "U-Boot's shell takes a CR for an ordinary character, so that it becomes part of the last word of the line: `fi` is no `fi` any more, the name of a file ends in a character that cannot be seen, and `reset` is an unknown command.",
      "Save the script with Unix line ends and make the image again. In git, `*.cmd text eol=lf` in .gitattributes keeps them.",
    ),
  }),
  "stray-character": check<{ found: string; instead: string }>({
    severity: "error",
    message: ({ found }) => `${named(found)} is none that U-Boot's shell knows`,
    help: ({ instead }) => instead,
    explain: page(
      "Word processors and web pages put in characters that look like a blank or a quote and are something else. For U-Boot they are letters: the words on both sides become one, and nothing is quoted. A NUL byte ends the script: what is behind it is never read.",
      "Type the character again. In comments and inside of quotes they do no harm and are not reported.",
    ),
  }),
  "status-ignored": check<{ command: string; use: string }>({
    severity: "warning",
    message: ({ command, use }) =>
      `nobody looks at whether \`${shortened(command)}\` worked, and \`${shortened(use)}\` takes what it brings`,
    help: ({ command }) =>
      `let the rest depend on it: \`if ${shortened(command)}; then … else … fi\`, or join them with \`&&\``,
    explain: page(
      "A failing command never stops a script: the next line runs all the same. When a download fails, what is booted or sourced then is whatever was in memory before, often the kernel of the last boot with the device tree of this one.",
      "Put the command into the condition of an `if`, or join it with `&&` to what needs it. `… || reset` is enough where there is no other way.",
    ),
  }),
  "test-unquoted": check<{ variable: string; fixed: string }>({
    severity: "warning",
    message: ({ variable }) => `when \`${variable}\` is empty, \`test\` gets one word less`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "A variable without quotes vanishes when it is empty, and becomes several words when it has blanks. `test ${v} = a` is then `test = a`, which `test` makes no sense of and takes for true or for false, depending on the version.",
      'Put it into quotes: `test "${v}" = "a"`. With quotes an empty variable stays a word.',
    ),
  }),
  "for-quoted": check<{ list: string; fixed: string }>({
    severity: "warning",
    message: ({ list }) =>
      `the old parser splits \`${shortened(list)}\`, quotes or not, and the modern one does not`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\` if it is a list of words`,
    explain: page(
      "The list behind `in` is split at blanks by the old parser even where it is quoted. The modern one leaves it whole, so that the loop runs once with all of it. A script that was written for one of the two does something else on the other.",
      "Leave out the quotes where the words are meant one by one. A value with blanks in it cannot be in such a list: give it a loop or a line of its own.",
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
      "U-Boot reads addresses, sizes and the operands of `setexpr` and `itest` as hexadecimal, with 0x or without; `test`, `sleep` and the numbers of devices in `mmc dev` as decimal. What it writes itself (`filesize`, `fileaddr`, the results of `setexpr`) is hexadecimal without 0x.",
      "Write 0x before a number that is meant to be hexadecimal, and before a variable that holds one where decimal is read: `test 0x${filesize} -gt 0x100000`.",
    ),
  }),
  "server-ambient": check<{ command: string; file: string; overwritten: boolean }>({
    severity: "warning",
    message: ({ command, overwritten }) =>
      overwritten
        ? `\`${shortened(command)}\` asks the server that \`dhcp\` named, not the one that was set before`
        : `which server \`${shortened(command)}\` asks is for DHCP to say`,
    help: ({ file }) => `name it: \`192.168.0.250:${file}\`, with the address of your server`,
    explain: page(
      "A file name without a server is asked of `serverip`, and `dhcp` overwrites that with what the DHCP server says: its own address, another one, or nothing, depending on the network and on how U-Boot was built.",
      "Name the server in front of the file, `tftpboot ${kernel_addr_r} 192.168.0.250:Image`, or set `serverip` again behind `dhcp`. With the lwIP stack only the first works: there `tftpserverip` comes before `serverip`.",
    ),
  }),
  "command-unknown": check<Misspelt>({
    severity: "warning",
    message: ({ name }) => `U-Boot has no command \`${name}\``,
    help: ({ nearest }) => didYouMean({ nearest }) ?? "`help` on the board lists them",
    explain: page(
      "An unknown command prints a line and fails, and the script goes on after it. The name is close to one that U-Boot has. The names are those of all releases since v2021.01, and of the builds of several vendors.",
      "If it is a command of your own build, allow it: `# ubootc: allow command-unknown` above the line.",
    ),
  }),
  "foreign-shell": check<{ what: string; instead: string }>({
    severity: "error",
    message: ({ what }) => `U-Boot's shell has no ${what}`,
    help: ({ instead }) => `use ${instead}`,
    explain: page(
      "U-Boot's shell looks like `sh` and has few of its features: no `$(…)` and no backticks, no arithmetic, no functions, no `case`, `break` or `export`, and no redirections. It takes their characters for parts of words, or their names for commands that it does not have, and the script goes on.",
      "Wrong: `setenv n $((${n} + 1))`. Right: `setexpr n ${n} + 1`. `if`, `for`, `while`, `&&`, `||`, `test`, `setenv`, `setexpr` and `run` are what there is.",
    ),
  }),
  "test-file": check<{ operator: string; file: string }>({
    severity: "error",
    message: ({ operator, file }) =>
      operator === "-e"
        ? `\`test -e ${shortened(file)}\` names no device: it is true whatever there is`
        : `U-Boot's \`test\` has no \`${operator}\`: this is true whatever there is`,
    help: ({ file }) =>
      `write \`test -e mmc 0:1 ${shortened(file)}\`, with the device that the file is on`,
    explain: page(
      "U-Boot has no current file system. `test -e` wants an interface, a device and a file, and there is no `-f`, `-d` or `-s`. Two words that mean nothing to `test` are true as long as they are not empty, so the branch is always taken.",
      "Wrong: `if test -f /boot/Image; then`. Right: `if test -e mmc 0:1 /boot/Image; then`.",
    ),
  }),
  "setenv-name": check<{ name: string; variable: string; value: string }>({
    severity: "error",
    message: ({ name }) => `\`${shortened(name)}\` is taken for the name of a variable`,
    help: ({ variable, value }) => `write \`setenv ${variable} "${shortened(value)}"\``,
    explain: page(
      "`setenv` takes its first word for the name and the others for the value. A name with `=` in it is refused with a line on the console, and one with a blank names another variable: the one that was meant keeps what it had, and the kernel gets the old arguments.",
      'Wrong: `setenv bootargs=console=ttyS0` and `setenv "bootargs console=ttyS0"`. Right: `setenv bootargs "console=ttyS0"`.',
    ),
  }),
  "sleep-unit": check<{ text: string; reads: number; meant: number }>({
    severity: "error",
    message: ({ text, reads }) => `\`sleep ${text}\` waits ${reads} seconds`,
    help: ({ meant }) => `write \`sleep ${meant}\``,
    explain: page(
      "`sleep` reads seconds, with digits after a point where they are wanted, and ignores what follows the number: `500ms` are 500 seconds, in which the board seems to hang.",
      "Wrong: `sleep 500ms`. Right: `sleep 0.5`.",
    ),
  }),
  "address-name": check<{ name: string; fixed: string }>({
    severity: "error",
    message: ({ name }) => `\`${name}\` is no address, it is the name of one`,
    help: ({ fixed }) => `write \`${fixed}\``,
    explain: page(
      "Where an address is read, U-Boot reads hexadecimal digits as far as there are any: a name without `$` gives 0, or what its first letters happen to say, such as `fdt_addr_r`, which is 0xfd with old builds and 0xf in others. What is loaded goes there without a word, or the command fails.",
      "Wrong: `load mmc 0:1 kernel_addr_r Image`. Right: `load mmc 0:1 ${kernel_addr_r} Image`.",
    ),
  }),
  "dhcp-autoload": check<object>({
    severity: "warning",
    message: () => "`dhcp` fetches a file too, and fails where the server has none",
    help: () => "write `setenv autoload no` before it",
    explain: page(
      "With no file named, `dhcp` asks the server that the lease names for the boot file of the lease, or for one that is called after the board's address. Where there is none it fails although the board has its address by then, so that what depends on it is never run.",
      "Wrong: `dhcp && tftpboot ${kernel_addr_r} Image`. Right: `setenv autoload no; dhcp && tftpboot ${kernel_addr_r} Image`.",
    ),
  }),
  "part-unchecked": check<{ command: string; variable: string }>({
    severity: "warning",
    message: ({ command }) =>
      `nobody looks at whether \`${shortened(command)}\` worked, and the root is what it found`,
    help: ({ command }) =>
      `let the rest depend on it: \`if ${shortened(command)}; then … else … fi\``,
    explain: page(
      "Where the partition or the device is not there, `part uuid` fails and leaves the variable as it was, most often empty. The kernel then waits for `root=PARTUUID=` for ever, or mounts what an older environment named.",
      "Wrong: `part uuid mmc 0:2 u` on a line of its own. Right: `if part uuid mmc 0:2 u; then setenv bootargs root=PARTUUID=${u}; fi`.",
    ),
  }),
  "filesize-proof": check<{ command: string }>({
    severity: "warning",
    message: ({ command }) => `\`filesize\` does not say whether \`${shortened(command)}\` worked`,
    help: ({ command }) => `ask the command: \`if ${shortened(command)}; then … fi\``,
    explain: page(
      "Only a load that succeeds sets `filesize`. One that fails leaves it as it was, with the size of the file before or, at the first load, empty, so that the test passes on what an older file left.",
      'Wrong: `load mmc 0:1 ${a} f; if test -n "${filesize}"; then`. Right: `if load mmc 0:1 ${a} f; then`.',
    ),
  }),
  "shell-dialect": check<{ what: string; reader?: "old" | "modern" | undefined; instead: string }>({
    severity: "warning",
    message: ({ what, reader }) =>
      reader
        ? `${what} is something else to U-Boot's ${reader} parser`
        : `${what} means different things to U-Boot's two parsers`,
    help: ({ instead }) => instead,
    explain: page(
      "U-Boot has two parsers, the old one that nearly all builds use and the modern one of v2024.04, and neither is a POSIX shell. In `a && b || c` the old one skips both when `a` fails; `exit` leaves the script in one and drops to the console in the other; apostrophes, backslashes, `!`, braces and unusual names of variables are read differently.",
      "Write what both read alike: `if a; then b; else c; fi`, values in double quotes without apostrophes and backslashes, `${name}` with letters, digits and _. `--dialect old` asks for one parser only.",
    ),
  }),
  "test-operator": check<{ operator: string; fixed: string }>({
    severity: "error",
    message: ({ operator }) =>
      operator === "=="
        ? "`test` has no `==`: it makes no sense of this, and succeeds"
        : `\`${operator}\` compares numbers, and this is none: it counts as 0`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain: page(
      "`test` compares texts with `=` and `!=` and numbers with `-eq`, `-ne`, `-lt` and so on. What it cannot make sense of is true, so that a condition with `==` always holds; a text where a number is expected counts as 0, so that any two are equal.",
      "`itest` is another command: it has `==`, and reads hexadecimal numbers.",
    ),
  }),
  "boot-without-dtb": check<{ command: string; fixed: string }>({
    severity: "warning",
    message: ({ command }) => `\`${shortened(command)}\` starts the kernel without a device tree`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain:
      "`booti` hands the kernel the device tree of its third word, and none when there is no third word. Linux on 64-bit Arm and RISC-V then stops before it prints anything. A `-` stands in the place of an initrd that there is not. The device tree that the firmware passed is at `${fdt_addr}` on some boards and at `${fdtcontroladdr}` on all.",
  }),
  "filesize-stale": check<{ used: string; file: string; needs: string }>({
    severity: "error",
    message: ({ used, file }) =>
      `\`${used}\` is the size of \`${file}\` here, which was loaded last`,
    help: ({ needs }) =>
      `load \`${needs}\` last, or keep its size: \`setenv initrd_size \${filesize}\` directly behind its load`,
    explain:
      "Every transfer writes `filesize`. Behind the initrd's address it has to be the initrd's: with the size of a device tree the kernel gets the first few KiB of its initrd and panics, with that of a kernel it gets what lies behind it as well.",
  }),
  "initrd-size": check<{ file: string; command: string; fixed: string }>({
    severity: "error",
    message: ({ file, command }) => `\`${command}\` does not know how long \`${file}\` is`,
    help: ({ fixed }) =>
      `write \`${fixed}\`, with the size of the initrd, or wrap it: mkimage -T ramdisk`,
    explain:
      "An initrd without U-Boot's header has to be given as `address:size`. Without the size U-Boot looks for a header, says `Wrong Ramdisk Image Format` and boots nothing. The size is hexadecimal, as `filesize` is directly behind the transfer.",
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
      "`booti` unpacks a compressed Image to `kernel_comp_addr_r` and moves it back to where it was loaded. `kernel_comp_size` is how many compressed bytes it reads at most, and ten times that is what may come of them. Without one of them it says `kernel_comp_addr_r or kernel_comp_size is not provided!` and boots nothing.",
      "Both places are overwritten as far as the unpacked kernel goes: keep the device tree and the initrd out of them. Whether a board has the two, `ubootc boards NAME` says.",
    ),
  }),
  "file-missing": check<{ file: string }>({
    severity: "warning",
    message: ({ file }) => `\`${shortened(file)}\` is not in the folder that \`--root\` names`,
    help: () => "correct the name, or put the file there; U-Boot looks for it under this name",
    explain: page(
      "A boot command uses this file, and it is not there. The load prints an error and the boot command then starts whatever was at the address before, or nothing.",
      "`--root` is the folder that the script's files come from: that of the TFTP server, or the card's first partition. Of a load whose file is not used by a boot command, nothing is said.",
      "Wrong: `load mmc 0:1 ${kernel_addr_r} Imgae`. Right: `load mmc 0:1 ${kernel_addr_r} Image`.",
    ),
  }),
  "environment-line-ends": check<{ file: string }>({
    severity: "warning",
    message: ({ file }) => `lines of \`${shortened(file)}\` end in CR LF: each value gets the CR`,
    help: () =>
      "write `env import -t -r`, which removes them, or save the file with Unix line ends",
    explain: page(
      "`env import -t` ends a value where its line ends, at LF. A text from Windows has a CR before it, which becomes the last character of every value: file names are not found, and arguments of the kernel are other arguments.",
      "Wrong: `env import -t ${loadaddr} ${filesize}`. Right: `env import -t -r ${loadaddr} ${filesize}`.",
    ),
  }),
  "boot-refused": check<{ file: string; board: string; why: string }>({
    severity: "error",
    message: ({ file, board, why }) => `U-Boot for ${board} does not start \`${file}\`: ${why}`,
    help: ({ file }) => `\`ubootc inspect ${file}\` shows what is in it and what of it starts`,
    explain: page(
      "The virtual board was given the files that the script loads, at their addresses, and this boot command. It ended with the line that the message repeats, as U-Boot's console shows it.",
      "`ubootc simulate` runs the whole script. Faults that have a code of their own are said under that code instead, with what to do.",
      "Wrong: `bootm ${kernel_addr_r}#conf@2` where the FIT has conf-2. Right: `bootm ${kernel_addr_r}#conf-2`.",
    ),
  }),
  "source-address": check<object>({
    severity: "warning",
    message: () => "`source` without an address runs what is at an address built into U-Boot",
    help: () => "write the address out: `source ${scriptaddr}`",
    explain:
      "Without an address `source` looks at CONFIG_SYS_LOAD_ADDR, a number in the build, and not at `loadaddr` or at where the last file went. They are the same on many boards until somebody sets `loadaddr`.",
  }),
  "address-reused": check<{ words: readonly string[]; address: string; file?: string | undefined }>(
    {
      severity: "error",
      message: ({ words, address, file }) =>
        `${list(words, "and")} are at the same address, ${address}${file ? `, where \`${file}\` was loaded last` : ""}`,
      help: () =>
        "give one of them another address: `kernel_addr_r`, `fdt_addr_r` and `ramdisk_addr_r` differ",
      explain:
        "Two of the words behind a boot command come to the same address. What was loaded first is gone: the kernel is started with a device tree or an initrd that is really something else.",
    },
  ),
  "initrd-high": check<{ value: string; stays: boolean }>({
    severity: "warning",
    message: ({ value, stays }) =>
      stays
        ? `\`initrd_high\` ${value} keeps the initrd where it was loaded, in the way of the kernel or not`
        : `\`initrd_high\` ${value} is all ones on 32 bit only: here it is a limit of 4 GiB`,
    help: () => "leave `initrd_high` out; `bootm_size` says how far up U-Boot may put things",
    explain:
      "All ones, as many as an address has bits, keep U-Boot from moving the initrd out of the way. It then has to lie behind all that the kernel unpacks to and clears, which grows with every version. Elsewhere the value is an ordinary limit.",
  }),
  "expanded-early": check<{ variable: string; name: string; fixed: string }>({
    severity: "warning",
    message: ({ variable, name }) =>
      `\`${variable}\` is looked up when \`${name}\` is set, not when it is run`,
    help: ({ fixed }) => `put what is run later into single quotes: \`${shortened(fixed)}\``,
    explain:
      "In double quotes variables are replaced when `setenv` runs. What is meant to be looked up when the commands run, such as the `filesize` of a file that they load themselves, has the old value then, or none. Single quotes keep the text as it is.",
  }),
  "expanded-never": check<{ variable: string; fixed: string; quoted?: true }>({
    severity: "warning",
    message: ({ variable, quoted }) =>
      quoted
        ? `\`${variable}\` stays as it is in single quotes: the kernel gets these letters`
        : `\`${variable}\` stays as it is: only \`\${name}\` is replaced`,
    help: ({ fixed }) => `write \`${shortened(fixed)}\``,
    explain:
      "In a flow `${name}` is replaced when the board boots, and nothing else that begins with `$`. In a script by hand nothing is replaced in single quotes. The kernel is handed `bootargs` as it is, unless U-Boot was built with CONFIG_BOOTARGS_SUBST. Use double quotes, or write a command in single quotes that sets `bootargs` when it is `run`.",
  }),
  "local-shadowed": check<{ name: string }>({
    severity: "warning",
    message: ({ name }) =>
      `\`${name}=\` sets a variable of the shell, which \`setenv ${name}\` hides`,
    help: ({ name }) => `use \`setenv ${name}\` in both places`,
    explain:
      "U-Boot's shell has variables of its own (`x=1`) beside the environment (`setenv x 1`), and looks into the environment first. When both have the name, an assignment without `setenv` changes nothing that anybody sees.",
  }),
};
