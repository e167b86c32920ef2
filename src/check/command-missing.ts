// A command that the board's U-Boot was not built with. What a defconfig was not asked for is not
// known, and not reported. Options: cmd/Kconfig and cmd/Makefile.
import { commandState } from "../boards/index.js";
import { diagnose } from "../diagnostics/index.js";
import type { ShellCheck } from "./checks.js";
import { commandsOf } from "./commands.js";

/** The options that are not called after their command. */
const options: Readonly<Record<string, string>> = {
  iminfo: "CONFIG_CMD_IMI",
  load: "CONFIG_CMD_FS_GENERIC",
  fatload: "CONFIG_CMD_FAT",
  ext4load: "CONFIG_CMD_EXT4",
  "env exists": "CONFIG_CMD_ENV_EXISTS",
  "env export": "CONFIG_CMD_EXPORTENV",
  "env import": "CONFIG_CMD_IMPORTENV",
  "fdt apply": "CONFIG_OF_LIBFDT_OVERLAY",
  exit: "CONFIG_HUSH_PARSER",
  test: "CONFIG_HUSH_PARSER",
};

export const commandMissing: ShellCheck = (script, report, { program }) => {
  const { board } = script;
  for (const { words, span } of commandsOf(script)) {
    const [first = "", second = ""] = words;
    const command = [first, `${first} ${second}`].find(
      (each) => commandState(board, each) === "disabled",
    );
    if (command === undefined) continue;
    const option = options[command] ?? `CONFIG_CMD_${command.toUpperCase()}`;
    const where = span ?? program.scripts.get(script.name)?.span;
    report(diagnose("command-missing", { command, option, board: board.id }, where));
  }
};
