// The folder that a client's firmware boots from, as the running client sees it: exported by the
// server and mounted where the system expects it, so that the client updates its own kernel.
import type { Client, Firmware, Program } from "../../program/index.js";
import { prefixOf } from "./firmware.js";

/** A boot folder that clients mount. */
export interface BootFolder {
  /** On the server. */
  readonly path: string;
  /** Where it is mounted. */
  readonly mount: string;
  /** Undefined where all clients share it. */
  readonly client?: Client;
}

/** The folders of the server whose files clients change: where `tftp/` of the build is to be. */
export function writtenTo({ firmware }: Program): readonly string[] {
  const all = firmware.flatMap(({ at, place }) =>
    at !== undefined && place === "tftp" ? [top(at)] : [],
  );
  return [...new Set(all)];
}

const top = (at: string) => at.replace(/(?<=.)\/+$/, "");

/** The boot folders that clients of `program` mount. */
export function bootFoldersOf(program: Program): readonly BootFolder[] {
  return program.firmware.flatMap((firmware) => {
    const { at, place, forEachClient } = firmware;
    if (at === undefined || place !== "tftp") return [];
    const whose = forEachClient ? program.clients : [undefined];
    return whose.flatMap((client) => folderOf(firmware, at, client));
  });
}

function folderOf(firmware: Firmware, at: string, client: Client | undefined): BootFolder[] {
  const { mount } = firmware;
  if (!client) return [{ path: top(at), mount }];
  const prefix = prefixOf(firmware, client, () => {})?.replace(/\/$/, "");
  return prefix === undefined ? [] : [{ path: `${top(at)}/${prefix}`, mount, client }];
}
