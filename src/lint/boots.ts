// The boot commands of a script with what their words come to.
import type { Argument, ScriptCommand } from "./command.js";
import type { Script } from "./script.js";
import type { Loaded, State } from "./state.js";
import { type Address, addressOf } from "./values.js";

/** A word of a boot command: an address, and what may have been loaded there. */
export interface BootWord {
  readonly argument: Argument;
  readonly address: Address;
  readonly loaded: readonly Loaded[];
}

/** A boot command. */
export interface BootCommand {
  readonly command: ScriptCommand;
  readonly before: State;
  readonly kernel?: BootWord;
  readonly initrd?: BootWord;
  readonly dtb?: BootWord;
}

/** The boot commands of `script` that start Linux. */
export function bootsIn({ moments, board }: Script): readonly BootCommand[] {
  return moments.flatMap(({ command, before }) => {
    if (!/^(?:bootm|booti|bootz)$/.test(command.name)) return [];
    const part = (argument: Argument | undefined): BootWord | undefined => {
      if (!argument || argument.text === "-") return undefined;
      const address = addressOf(argument.text, before, board);
      return { argument, address, loaded: before.memory.get(address.key) ?? [] };
    };
    const [kernel, initrd, dtb] = command.args.map(part);
    return [
      {
        command,
        before,
        ...(kernel && { kernel }),
        ...(initrd && { initrd }),
        ...(dtb && { dtb }),
      },
    ];
  });
}

/** The last part of a file's name, without the server before it. */
export function baseName({ file = "" }: Loaded): string {
  return /[^/:]*$/.exec(file)?.[0] ?? "";
}

/** What is at `part` for certain. */
export function onlyLoaded(part: BootWord | undefined): Loaded | undefined {
  return part?.loaded.length === 1 ? part.loaded[0] : undefined;
}
