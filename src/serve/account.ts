// Giving up the rights of root once the ports are taken. Leaves out capabilities: systemd gives
// and takes those (server/ubootc.service). setuid(2), credentials(7).
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { failureOf } from "../files/index.js";
import { StartError } from "./starting.js";

/** A user of this machine. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  /** The first is the main one. */
  readonly groups: readonly number[];
}

/** The user called `name`, or why this process cannot become that one. */
export function accountOf(name: string): Account | string {
  if (!process.setuid || !process.geteuid) return "there is no --user on this system";
  if (process.geteuid() !== 0) return "only root can become another --user: remove it";
  // Asked of the system's own command: users need not be in /etc/passwd.
  const numbers = (option: string) => {
    const told = execFileSync("id", [option, "--", name], { stdio: ["ignore", "pipe", "ignore"] });
    return told.toString().trim().split(/\s+/).map(Number);
  };
  try {
    const [uid = Number.NaN] = numbers("-u");
    return { name, uid, groups: [...numbers("-g"), ...numbers("-G")] };
  } catch {
    return `there is no user ${name}`;
  }
}

/**
 * Makes this process one of `account`, for good.
 * @throws StartError when the system does not let it, or that user may not read `files`.
 */
export function become({ name, uid, groups }: Account, files: Iterable<string>): void {
  try {
    // The user last: afterwards there is no right to change the groups.
    process.setgroups?.(groups);
    process.setgid?.(groups[0] ?? uid);
    process.setuid?.(uid);
  } catch (problem) {
    throw new StartError([`cannot become another --user: ${failureOf(problem)}`]);
  }
  for (const file of files) {
    const why = unreadable(file);
    if (why !== undefined) throw new StartError([`${name} cannot read ${file}: ${why}`]);
  }
}

/** Why a file that is there cannot be read. */
function unreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (problem) {
    const missing = problem instanceof Error && "code" in problem && problem.code === "ENOENT";
    return missing ? undefined : failureOf(problem);
  }
}
