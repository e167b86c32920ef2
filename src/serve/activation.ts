// Sockets that systemd opened for this process. Linux only, as systemd is. sd_listen_fds(3).
import { readFileSync, readlinkSync } from "node:fs";
import type { Inherited } from "../tftp/index.js";
import { StartError } from "./starting.js";

/** What was handed over. */
export interface Activation {
  /** For TFTP. */
  readonly datagram: readonly Inherited[];
  /** For HTTP: descriptors. */
  readonly stream: readonly number[];
}

const FIRST = 3;

/** Where Linux lists its sockets (proc(5)), and what to make of those in each list. */
const tables = { udp: 4, udp6: 6, tcp: "stream", tcp6: "stream" } as const;

/**
 * The sockets that `environment` says were handed to the process `pid`, which then forgets them, so
 * that no child takes them for its own.
 * @throws StartError when a descriptor is not a socket of UDP or TCP.
 */
export function activation(environment = process.env, pid = process.pid): Activation {
  const { LISTEN_PID, LISTEN_FDS } = environment;
  for (const name of ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]) delete environment[name];
  const count = LISTEN_PID === String(pid) ? Number(LISTEN_FDS) : 0;
  const all = Array.from({ length: count || 0 }, (_, at) => ({
    fd: FIRST + at,
    kind: kindOf(FIRST + at),
  }));
  return {
    datagram: all.flatMap(({ fd, kind }) => (kind === "stream" ? [] : [{ fd, family: kind }])),
    stream: all.flatMap(({ fd, kind }) => (kind === "stream" ? [fd] : [])),
  };
}

function kindOf(fd: number): (typeof tables)[keyof typeof tables] {
  const inode = /^socket:\[(\d+)\]$/.exec(linkOf(fd))?.[1];
  for (const [table, kind] of Object.entries(tables)) {
    if (inode !== undefined && inodes(table).has(inode)) return kind;
  }
  throw new StartError([`descriptor ${fd} of LISTEN_FDS is not a socket of UDP or TCP`]);
}

function linkOf(fd: number): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return "";
  }
}

function inodes(table: string): ReadonlySet<string | undefined> {
  try {
    const lines = readFileSync(`/proc/self/net/${table}`, "utf8").split("\n");
    return new Set(lines.map((line) => line.trim().split(/\s+/)[9]));
  } catch {
    // A machine without IPv6 has no lists for it.
    return new Set();
  }
}
