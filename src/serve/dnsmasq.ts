// dnsmasq as a child: started with the configuration of a flow, again when that changes or when it
// ends by itself, and ended with us. Leaves out what is in the configuration. dnsmasq(8).
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DhcpNetwork, dnsmasqConfiguration } from "../dhcp/index.js";
import { shown } from "../tftp/index.js";
import type { Answering, DhcpNews } from "./answering.js";

/** Where it is when the search path of a user does not lead there. */
const PLACES = ["/usr/sbin/dnsmasq", "/usr/local/sbin/dnsmasq", "/opt/homebrew/sbin/dnsmasq"];

/** How long it may take to find out that it cannot start, and how long to end; in ms. */
const START_MS = 500;
const END_MS = 2000;

/** After what time it is started again when it ended by itself, in ms. */
const AGAIN_MS = 2000;

/** A dnsmasq that runs. */
export class Dnsmasq implements Answering {
  /** It says itself where it listens. */
  readonly address = undefined;
  readonly leases = undefined;
  readonly #report: (news: DhcpNews) => void;
  readonly #folder = mkdtempSync(join(tmpdir(), "ubootc-dnsmasq-"));
  #child: ChildProcess | undefined;
  #configuration = "";
  #again: NodeJS.Timeout | undefined;
  /** The last lines it printed, for when it does not start. */
  #last: string[] = [];

  private constructor(report: (news: DhcpNews) => void) {
    this.#report = report;
    process.on("exit", this.#kill);
  }

  /**
   * Starts it.
   * @throws when it is not installed, or ends at once; with what it said.
   */
  static async start(network: DhcpNetwork, report: (news: DhcpNews) => void): Promise<Dnsmasq> {
    const dnsmasq = new Dnsmasq(report);
    dnsmasq.#configuration = dnsmasqConfiguration(network);
    const child = dnsmasq.#run();
    const problem = await Promise.race([ended(child), pause(START_MS)]);
    if (problem === undefined) return dnsmasq;
    const said = dnsmasq.#last.join("; ");
    await dnsmasq.close();
    const advice = "apt install dnsmasq-base, or answer with --dhcp";
    throw new Error(said === "" ? `dnsmasq ${problem}: ${advice}` : said);
  }

  async replace(network: DhcpNetwork): Promise<void> {
    const configuration = dnsmasqConfiguration(network);
    if (configuration === this.#configuration) return;
    this.#configuration = configuration;
    await this.#stop();
    this.#run();
  }

  async close(): Promise<void> {
    await this.#stop();
    process.off("exit", this.#kill);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(): ChildProcess {
    const file = join(this.#folder, "dnsmasq.conf");
    writeFileSync(file, this.#configuration);
    // Leases stay in memory: the ones it forgot it gives again, since it is the only server.
    const args = [`--conf-file=${file}`, "--keep-in-foreground", "--log-facility=-"];
    const command = PLACES.find((each) => existsSync(each)) ?? "dnsmasq";
    const child = spawn(command, [...args, "--leasefile-ro", "--pid-file"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#last = [];
    for (const stream of [child.stdout, child.stderr]) this.#listen(stream);
    ended(child).then((problem) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#report({ type: "trouble", message: `dnsmasq ${problem}` });
      this.#again = setTimeout(() => this.#run(), AGAIN_MS);
    });
    return child;
  }

  #listen(stream: NodeJS.ReadableStream): void {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const each of lines)
        this.#printed(shown(each.replace(/^dnsmasq(-\w+)?(\[\d+\])?: /, "")));
    });
  }

  #printed(line: string): void {
    if (line === "") return;
    this.#last = [...this.#last.slice(-2), line];
    this.#report({ type: "printed", line });
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#again);
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const over = ended(child);
    child.kill("SIGTERM");
    await Promise.race([over, pause(END_MS)]);
    child.kill("SIGKILL");
  }

  readonly #kill = () => this.#child?.kill("SIGTERM");
}

/** How a child ended, in words. */
function ended(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.on("error", (problem) =>
      done("code" in problem && problem.code === "ENOENT" ? "is not installed" : problem.message),
    );
    child.on("exit", (code, signal) => done(`ended with ${signal ?? `status ${code}`}`));
  });
}

const pause = (ms: number) =>
  new Promise<undefined>((done) => setTimeout(() => done(undefined), ms));
