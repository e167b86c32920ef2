// The firmware of a Raspberry Pi: config.txt, cmdline.txt, the bootloader in the EEPROM.
import { check, didYouMean, list, type Misspelt, page } from "./entry.js";

/** Where a line of config.txt is that comes from a file. */
const lineOf = (line: number | undefined) =>
  line === undefined ? "" : `line ${line} of its config.txt: `;

export const firmware = {
  "config-unknown": check<Misspelt & { line?: number | undefined; parameter?: string | undefined }>(
    {
      severity: "warning",
      message: ({ name, line }) => `${lineOf(line)}the firmware knows no setting \`${name}\``,
      help: ({ parameter, ...data }) =>
        parameter
          ? `it is a parameter of the device tree: \`${parameter}\``
          : (didYouMean(data) ?? "remove it, or `allow` it if it is newer than this table"),
      explain: page(
        "The firmware of a Raspberry Pi skips a line of config.txt that it does not know, without a message: the setting that was meant keeps its default.",
        "Correct the name. The names known here are those of Raspberry Pi's documentation and those inside the firmware itself, old ones too. Names are in lower case, apart from a few licence keys, and begin their line. Parameters of an overlay or of the device tree are written after `dtparam=`.",
      ),
    },
  ),
  "config-old": check<{ name: string; line?: number | undefined; now: string }>({
    severity: "warning",
    message: ({ name, line, now }) =>
      `${lineOf(line)}${now === "" ? `nothing reads \`${name}\` any more` : `\`${now}\` has replaced \`${name}\``}`,
    help: ({ name, now }) =>
      now === ""
        ? "remove it"
        : name === "arm_control"
          ? "write `arm_64bit=1`"
          : `write \`${now}\``,
    explain: page(
      "This setting belongs to older firmware. The firmware still reads some of them and ignores others, and Raspberry Pi's documentation names another setting for each.",
      "Write the new name: `arm_control=0x200` is `arm_64bit=1` today; `device_tree_param` and `device_tree_overlay` are `dtparam` and `dtoverlay`; `max_usb_current` is always on.",
    ),
  }),
  "config-long": check<{ name: string; line?: number | undefined; length: number; most: number }>({
    severity: "warning",
    message: ({ name, line, length, most }) =>
      `${lineOf(line)}the line of \`${name}\` has ${length} characters, and the firmware reads ${most}`,
    help: ({ name }) =>
      name === "dtoverlay"
        ? "put the overlay's parameters on lines of their own after it, as `dtparam=…`"
        : "write it shorter",
    explain: page(
      "The firmware reads 98 characters of each line of config.txt, older ones 78, and drops the rest without a message: the end of a long list of parameters, for example.",
      "Write the parameters of an overlay on lines of their own after it, each after `dtparam=`.",
    ),
  }),
  "config-filter": check<Misspelt & { line?: number | undefined }>({
    severity: "warning",
    message: ({ name, line }) => `${lineOf(line)}the firmware knows no filter \`[${name}]\``,
    help: ({ nearest }) =>
      nearest ? `did you mean \`[${nearest}]\`?` : "write a model such as `[pi4]`, or `[all]`",
    explain: page(
      "What follows a filter in config.txt counts only for the boards that it names, up to the next filter. After a filter that the firmware does not know, the lines count for no board.",
      "Known filters are models ([pi3], [pi3+], [cm4] …), [all], [none], [tryboot], a serial number ([0x12345678]), a pin ([gpio4=1]), a screen ([EDID=…], [HDMI:0]), [board-type=0x11], and a number that is compared: partition, boot_partition, boot_count, boot_arg1, bootvar0 or cust_otp0 to cust_otp7 with `=`, `<`, `>`, `&MASK` or `&MASK=`, as in [partition=2].",
    ),
  }),
  "config-idle": check<{ name: string; boards: readonly string[]; models?: readonly string[] }>({
    severity: "warning",
    message: ({ name, boards, models }) =>
      `\`${name}\` ${models ? "means nothing to" : "is for a board that the flow does not have; its boards are"} ${list(boards, "and")}`,
    help: ({ models }) =>
      models
        ? `only ${list(models, "and")} read${models.length > 1 ? "" : "s"} it: remove it`
        : "remove it and the lines after it, or give the client its `board`",
    explain: page(
      "A filter of config.txt names boards that the flow does not have, so the lines after it never count. Or only models that the flow does not have read the setting.",
      "Remove it, or give the clients their `board`. Only `config { … }` is looked at; a config.txt that the flow takes from a folder may be for other boards too. A serial number is compared with those of the clients.",
    ),
  }),
  "config-file": check<Misspelt & { key: string; line?: number | undefined }>({
    severity: "warning",
    message: ({ name, key, line }) =>
      `${lineOf(line)}\`${key}\` names ${name}, which is not among the files`,
    help: (data) => didYouMean(data) ?? "add it with `files from`, or remove the line",
    explain: page(
      "The firmware asks for the files that config.txt names: the kernel, an initrd, overlays. Without the kernel nothing starts; without an overlay the hardware it is for does not work, and there is no message.",
      "Add the file with `files from`. The line is compared with the files of the same `firmware`, if it has any; lines after a filter are not. An overlay that overlays/overlay_map.dtb knows by another name is accepted.",
    ),
  }),
  "boot-order-network": check<{ order: string }>({
    severity: "warning",
    message: ({ order }) => `with the boot order ${order} the bootloader never tries the network`,
    help: () => "write a 2 into it: 0xf21 is card, network, then from the start again",
    explain: page(
      "BOOT_ORDER is read from right to left, a hexadecimal digit for each thing to try: 1 the card, 2 the network, 4 USB, 6 NVMe, e stops, f begins again. Without a 2 the board never asks for the files that the flow has on the server.",
      "Write a 2 where the network is to be tried: 0xf21 tries the card and then the network, for ever; 0x2 the network only.",
    ),
  }),
  "boot-order-rest": check<{
    order: string;
    end: { digit: string; mode: string };
    modes: readonly string[];
  }>({
    severity: "warning",
    message: ({ order, end, modes }) =>
      `in the boot order ${order} nothing comes after ${end.digit} (${end.mode})${modes.length > 0 ? `: not ${list(modes, "and")}` : ""}`,
    help: () => "it is read from the right: 0xf21 is card, network, then from the start again",
    explain: page(
      "BOOT_ORDER is read from right to left. At an f the bootloader begins again, at an e it stops, and it waits without end for rpiboot (3) and for a card with 0: it never tries what stands to the left of these.",
      "Write the first thing to try at the right, and f or e at the left. Written the other way round, as in 0x12f, it tries nothing.",
    ),
  }),
  "bootconf-unknown": check<Misspelt>({
    severity: "warning",
    message: ({ name }) =>
      `the bootloader knows no ${name.startsWith("[") ? "filter" : "setting"} \`${name}\``,
    help: (data) => didYouMean(data) ?? "remove it, or `allow` it if it is newer than this table",
    explain: page(
      "The bootloader in the EEPROM skips a line of its settings that it does not know, and the setting that was meant keeps its default. Correct the name; names are in capitals.",
      "Its filters are those of config.txt except the ones for screens, which it does not know yet. Lines after `[config.txt]` are not its own: the firmware adds them to config.txt.",
    ),
  }),
  "tftp-prefix": check<{ asked: string; made: string }>({
    severity: "warning",
    message: ({ asked, made }) =>
      asked === "text"
        ? "all boards ask for the same folder, and the flow makes one for each client"
        : `the bootloader asks for a folder named for the ${asked}, and the flow names it for the ${made}`,
    help: ({ asked, made }) =>
      asked === "text"
        ? "remove `for each client`, or `tftp_prefix`"
        : `write \`prefix ${asked}\` into \`firmware\`, or \`tftp_prefix ${made === "mac" ? 2 : 0}\``,
    explain: page(
      "The bootloader of a Pi 4 or 5 puts a folder before the names it asks for: with TFTP_PREFIX 0 the last eight digits of its serial number, with 1 the text of TFTP_PREFIX_STR, with 2 its MAC address with dashes. If there is no start4.elf in it, it asks for everything without the folder, and finds nothing where the flow made another one.",
      "Make the flow and the bootloader use the same: `prefix serial` of `firmware` is TFTP_PREFIX 0, and `prefix mac` is 2.",
    ),
  }),
  "tftp-ip": check<{ asked: string; server: string }>({
    severity: "warning",
    message: ({ asked, server }) =>
      `the bootloader asks ${asked} for its files, and the flow's server is ${server}`,
    help: ({ server }) => `write \`tftp_ip ${server}\`, or remove the line from its settings`,
    explain: page(
      "With TFTP_IP the bootloader of a Pi 4 or 5 asks that server and no other, whatever DHCP says. A server gets another address, and the EEPROM is easily forgotten: the board then waits for a server that is not there.",
      "Write the address of the flow's `server`, or remove the line: without TFTP_IP the bootloader asks the server that DHCP names. The settings of `eeprom` and of its `from` are looked at.",
    ),
  }),
  "cmdline-lines": check<{ count: number }>({
    severity: "error",
    message: ({ count }) =>
      `its cmdline.txt has ${count} lines, and the kernel gets only the first`,
    help: () => "put all arguments on one line, or write `cmdline { … }`",
    explain: page(
      "The firmware passes on the first line of cmdline.txt and drops the rest. An editor that wraps long lines, or a comment at the top, is enough to start a kernel without its root.",
      "Put everything on one line, with a space between arguments and no comments. Or make the flow write the file with `cmdline { … }`.",
    ),
  }),
};
