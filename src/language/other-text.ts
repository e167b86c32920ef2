// What a text is that is no flow and no script, told by its lines: what people give by mistake, or
// because a program of this kind reads many. Texts that may be meant are left to their parser.

/** What a text is, and who reads it. */
export interface OtherText {
  readonly what: string;
  readonly reader: string;
}

/** The lines of `text` that are no comments. */
const linesOf = (text: string) => text.split(/[\r\n\0]+/).filter((line) => /^\s*[^\s#]/.test(line));

/** What `text` is that is neither a flow nor a script; undefined for one that may be either. */
export function otherText(text: string): OtherText | undefined {
  const lines = linesOf(text);
  const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  if (has(/^\s*\/dts-v1\/;/)) {
    return has(/^\s*images\s*\{/)
      ? { what: "the source of a FIT", reader: "`ubootc mkimage -f`" }
      : { what: "the source of a device tree", reader: "`dtc`" };
  }
  if (has(/^\s*label\s+\S/i) && has(/^\s*(?:kernel|linux|fit)\s+\S/i) && !has(/^\s*if\s/)) {
    return { what: "an extlinux.conf", reader: "`sysboot`" };
  }
  const isSetting = (line: string) => /^[\w.#-]+=/.test(line);
  const isFilter = (line: string) => /^\[[^\]]+\]\s*$/.test(line);
  if (!has(/=/) || !lines.every((line) => isSetting(line) || isFilter(line))) return undefined;
  if (has(/^\[/) || has(/^(?:dtoverlay|dtparam|arm_64bit|enable_uart|gpu_mem)=/)) {
    return { what: "a config.txt", reader: "the firmware of a Raspberry Pi" };
  }
  // As shell, a word after the value would be a command.
  if (!has(/^[^=]+=\s*[^"'\s]\S*\s+\S/)) return undefined;
  return { what: "an environment text", reader: "`env import -t`" };
}

/** Words that begin a line of U-Boot's shell, and none of a flow. */
const COMMANDS =
  /^\s*(?:if\s+(?:test|itest|load|run|mmc|env|!)\b|(?:then|fi|done|setenv|echo|saveenv|env|source|boot[mzi]|bootefi|bootflow|fatload|ext[24]load|tftp|tftpboot|part|setexpr|mmc|usb|fdt|itest|test|for\s+\w+\s+in)(?:\s|;|$)|load\s+\w+\s+[\d$]\S*\s+\S|run\s+\w+\s*(?:;|&&|\|\|))/;

/** Whether `text`, which is no flow, is a script for U-Boot's shell. */
export function isShellText(text: string): boolean {
  const lines = linesOf(text);
  const commands = lines.filter((line) => COMMANDS.test(line)).length;
  return commands > 0 && !lines.some((line) => /^(?:board|script|server|kernel)\s+\w/.test(line));
}
