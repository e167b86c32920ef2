// The laboratory: boards and servers on a network of their own, which closes when its test ends.
// What it boots comes in two directories, so that it is all one who wrote them.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Program } from "../../tools/program.js";
import { have } from "../../tools/tools.js";
import { type BoardOptions, boardTools, startBoard } from "./board.js";
import { Network } from "./network.js";
import { type Export, startNfs } from "./nfs.js";
import { type DhcpOptions, startDhcp, startTftp } from "./servers.js";

/** What a compilation gives, as far as boards can see it. */
export interface Artifacts {
  /** The directory with the files of the SD card. */
  readonly sdcard: string;
  /** The directory the TFTP server serves. */
  readonly tftp: string;
}

/**
 * Whether a laboratory can be opened here, and `tools` are there too. Says why when not.
 * @throws then under UBOOTC_REQUIRE_TOOLS.
 */
export function haveLab(...tools: string[]): boolean {
  if (!have(...boardTools, ...tools)) return false;
  if (process.getuid?.() === 0 && existsSync("/dev/net/tun")) return true;
  if (process.env.UBOOTC_REQUIRE_TOOLS) throw new Error("needs root and /dev/net/tun");
  console.warn("skipped: needs root and /dev/net/tun");
  return false;
}

export class Lab {
  private directories = 0;

  private constructor(
    readonly network: Network,
    private readonly root: string,
  ) {}

  /** Opens a laboratory for the running test, with nothing on its network yet. */
  static async open(): Promise<Lab> {
    const root = mkdtempSync(join(tmpdir(), "ubootc-e2e-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const network = await Network.open(root);
    onTestFinished(() => network.close());
    return new Lab(network, root);
  }

  /** A new empty directory, gone with the laboratory. */
  directory(name: string): string {
    const path = join(this.root, `${this.directories++}-${name}`);
    mkdirSync(path);
    return path;
  }

  dhcp(options?: DhcpOptions): Promise<Program> {
    return startDhcp(this.network, options);
  }

  tftp(directory: string, address?: string): Promise<Program> {
    return startTftp(this.network, directory, address);
  }

  nfs(what: Export): Promise<Program> {
    return startNfs(this.network, this.directory("nfs"), what);
  }

  board(options: BoardOptions): Promise<Program> {
    return startBoard(this.network, this.directory("board"), options);
  }
}
