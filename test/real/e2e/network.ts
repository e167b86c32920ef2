// A network of its own: a namespace with one bridge, on which servers listen and boards hang.
// Nothing of it has a name outside, and its first process ends with the test process, taking
// everything else along, so that nothing is left behind even after a crash. Needs root.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Program } from "../../tools/program.js";
import { find, run } from "../../tools/tools.js";

const bridge = "br0";

/** What /proc/net calls a socket that waits for others: TCP_LISTEN, and an unconnected UDP one. */
const waiting = { tcp: "0A", udp: "07" };

export class Network {
  private taps = 0;

  private constructor(
    private readonly anchor: Program,
    /** The server's address on this network. */
    readonly address: string,
  ) {}

  /** Makes the network with one server address, /24. `scratch` is deleted when the network ends. */
  static async open(scratch: string, address = "192.168.0.250"): Promise<Network> {
    const setUp = [
      // Programs find a /run of their own: sockets and locks of the machine stay untouched.
      "mount -t tmpfs none /run",
      `ip link add ${bridge} address 02:00:00:00:00:fe type bridge`,
      `ip address add ${address}/24 dev ${bridge}`,
      `ip link set ${bridge} up && ip link set lo up`,
      'echo ready && cat; rm -rf "$0"',
    ].join(" && ");
    const namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
    const anchor = new Program("unshare", [...namespaces, "sh", "-c", setUp, scratch]);
    await anchor.waitFor("ready\n", 5000);
    return new Network(anchor, address);
  }

  /** Starts `tool` inside. */
  start(tool: string, args: readonly string[]): Program {
    return new Program("nsenter", [...this.door(), find(tool) ?? tool, ...args]);
  }

  /**
   * Runs `tool` inside, to its end.
   * @throws when it fails.
   */
  exec(tool: string, ...args: string[]): string {
    const result = run("nsenter", [...this.door(), find(tool) ?? tool, ...args]);
    if (result.status !== 0) throw new Error(`${tool} ${args.join(" ")}: ${result.stderr}`);
    return result.stdout;
  }

  /** Gives the servers' side one more address. */
  addAddress(address: string): void {
    this.exec("ip", "address", "add", `${address}/24`, "dev", bridge);
  }

  /** Adds a socket for a board and gives its name. */
  addTap(): string {
    const name = `tap${this.taps++}`;
    this.exec("ip", "tuntap", "add", name, "mode", "tap");
    this.exec("ip", "link", "set", name, "master", bridge, "up");
    return name;
  }

  /** Puts an empty directory over `directory`, for the programs inside only. */
  cover(directory: string): void {
    this.exec("mount", "-t", "tmpfs", "none", directory);
  }

  /**
   * Waits until something, which should be `server`, listens on `port`.
   * @throws when nobody does for a minute, with what the server said.
   */
  async listening(server: Program, protocol: "udp" | "tcp", port: number): Promise<void> {
    const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    for (let tries = 0; tries < 6000; tries++) {
      const sockets = [protocol, `${protocol}6`]
        .flatMap((table) =>
          readFileSync(`/proc/${this.anchor.pid}/net/${table}`, "utf8").split("\n"),
        )
        .map((line) => line.trim().split(/\s+/));
      if (sockets.some(([, at, , state]) => at?.endsWith(local) && state === waiting[protocol])) {
        return;
      }
      await pause(10);
    }
    throw new Error(`nobody on ${protocol} ${port}: ${server.output}`);
  }

  /** Ends everything inside, and the network. */
  close(): Promise<void> {
    return this.anchor.stop();
  }

  private door(): string[] {
    const at = `/proc/${this.anchor.pid}/ns`;
    return [`--net=${at}/net`, `--mount=${at}/mnt`, `--pid=${at}/pid_for_children`];
  }
}
