// `ubootc serve`: a flow over TFTP and HTTP while it is worked on, and every board's boot as it
// happens. The server itself is src/serve; here are its options, its signals and its output.
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import {
  type Account,
  accountOf,
  activation,
  become,
  FlowServer,
  StartError,
} from "../serve/index.js";
import { finish } from "./finish.js";
import { defineOption, sourceDateEpoch } from "./flow-options.js";
import { keyMeans, type SignFlags, signCommandOption, signInputOption } from "./keys/key-means.js";
import { jsonOutput, lineOutput, liveOutput, type Output } from "./serve-output.js";
import { type Severities, severityOption } from "./severity.js";

interface Flags extends SignFlags {
  readonly port: number;
  readonly address?: readonly string[];
  readonly http?: number | true;
  readonly hostName?: readonly string[];
  readonly root?: string;
  readonly portRange?: readonly [number, number];
  readonly dhcp?: true;
  readonly leases?: string;
  readonly dnsmasq?: true;
  readonly singlePort?: true;
  readonly anyClient?: true;
  readonly metrics?: Endpoint | true;
  readonly user?: Account;
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly json?: true;
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Where `--metrics` and `--http` listen when that is not said. */
const METRICS: Endpoint = { address: "127.0.0.1", port: 9469 };
const HTTP_PORT = 80;

/** More threads than this only share the same network. */
const MOST_THREADS = 4;

/** How long transfers may still go on after the first signal, in ms. */
const GRACE = 5000;

/** The command. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("serve a flow over TFTP, build it again when it changes, and show every boot")
    .argument("[flow]", "the flow, a .boot file")
    .option("--port <port>", "port for TFTP", portOf, 69)
    .option("--address <address>", "address to listen on, as often as wanted (default: all)", also)
    .option("--http [port]", `serve over HTTP too (port: ${HTTP_PORT})`, portOf)
    .option("--host-name <name>", "a name that clients of HTTP have for this machine", also)
    .option("--dhcp", "answer DHCP as the flow's `network` says")
    .option("--leases <file>", "keep the leases of --dhcp in a file")
    .addOption(
      new Option("--dnsmasq", "run dnsmasq for the flow's `network`").conflicts(["dhcp", "user"]),
    )
    .option("--root <dir>", "serve the files of a folder, after those of the flow or instead")
    .option("--port-range <first-last>", "ports for TFTP transfers (default: any)", rangeOf)
    .option("--single-port", "TFTP transfers through the port of the requests")
    .option("--any-client", "answer clients behind routers too")
    .option(
      "--metrics [address:port]",
      `counters for Prometheus (at: ${METRICS.address}:${METRICS.port})`,
      endpointOf,
    )
    .option("--user <name>", "be that user once the ports are taken (for root)", userOf)
    .addOption(defineOption())
    .addOption(severityOption())
    .addOption(signCommandOption())
    .addOption(signInputOption())
    .option("--json", "print what happens as JSON, an object a line")
    .action(async (flow: string | undefined, flags: Flags, command: Command) => {
      const { root, dhcp, dnsmasq, leases } = flags;
      if (flow === undefined && root === undefined) command.error("name a flow, or a --root");
      if (flow === undefined && (dhcp || dnsmasq)) command.error("DHCP needs a flow");
      if (leases !== undefined && !dhcp) command.error("--leases needs --dhcp");
      await serve(flow, flags);
    });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError("a port is a number up to 65535");
}

const also = (text: string, before: readonly string[] = []) => [...before, text];

function rangeOf(text: string): readonly [number, number] {
  const [first = "", last = ""] = text.split("-");
  const range = [portOf(first), portOf(last)] as const;
  if (range[0] > 0 && range[0] <= range[1]) return range;
  throw new InvalidArgumentError("write it as first-last");
}

function endpointOf(text: string): Endpoint {
  const [, address, port = ""] = /^(?:\[?([^\]]+?)\]?:)?(\d+)$/.exec(text) ?? [];
  return { address: address ?? METRICS.address, port: portOf(port) };
}

function userOf(name: string): Account {
  const account = accountOf(name);
  if (typeof account === "string") throw new InvalidArgumentError(account);
  return account;
}

function serverFor(flow: string | undefined, flags: Flags, output: Output): FlowServer {
  const { port, address, http, root, portRange, singlePort, anyClient, metrics } = flags;
  const { datagram, stream } = activation();
  return new FlowServer({
    ...(flow !== undefined && { flow }),
    ...(root !== undefined && { root }),
    build: {
      parameters: flags.define,
      severities: flags.severity,
      time: sourceDateEpoch(),
      keys: keyMeans(flags),
    },
    tftp: {
      port,
      ...(address && { addresses: address }),
      ...(portRange && { ports: portRange }),
      inherited: datagram,
      singlePort: singlePort === true,
      clients: anyClient ? "any" : "on-link",
      workers: Math.min(availableParallelism(), MOST_THREADS),
    },
    ...((http !== undefined || stream.length > 0) && {
      http: { port: typeof http === "number" ? http : HTTP_PORT, inherited: stream },
    }),
    ...((flags.dhcp || flags.dnsmasq) && {
      dhcp: {
        by: flags.dnsmasq ? ("dnsmasq" as const) : ("ubootc" as const),
        ...(flags.leases !== undefined && { leases: flags.leases }),
      },
    }),
    ...(flags.hostName && { names: flags.hostName.map((name) => name.toLowerCase()) }),
    ...(metrics !== undefined && { metrics: metrics === true ? METRICS : metrics }),
    tell: (happening) => output.tell(happening),
    found: (judged) => output.found(judged),
  });
}

async function serve(flow: string | undefined, flags: Flags): Promise<void> {
  const output = outputFor(flags);
  const stop = firstSignal();
  try {
    const server = serverFor(flow, flags, output);
    const asked = server.rebuild();
    if (flow !== undefined && server.build === undefined) {
      process.exitCode = 1;
      return;
    }
    process.on("SIGHUP", () => server.rebuild());
    // Under all other nets: nothing that a datagram, a file or an edit brings about ends the server.
    process.on("uncaughtException", (problem) => server.caught(problem));
    await server.listen();
    if (flags.user)
      become(flags.user, [...(asked?.keys() ?? []), ...(flags.root ? [flags.root] : [])]);
    const files = [flow, flags.root].flatMap((path) => (path ? [basename(path)] : []));
    output.begin?.(server, files.join(", "));
    if (asked) void watchInputs(server, asked);
    await stop;
    await server.drain(GRACE);
    await server.close();
    output.end?.();
  } catch (problem) {
    if (!(problem instanceof StartError)) throw problem;
    finish("serve", problem.lines);
  }
  // Sockets, the watcher, and standard input on a terminal would go on for ever.
  process.exit();
}

function outputFor({ json }: Flags): Output {
  if (json) return jsonOutput();
  const { isTTY } = process.stdout;
  return isTTY && process.env.TERM !== "dumb" ? liveOutput() : lineOutput();
}

/** Resolves at the first SIGINT or SIGTERM; the second ends the process. */
function firstSignal(): Promise<void> {
  // Where nobody is left who reads, there is no use going on; a full disk may have room again.
  for (const output of [process.stdout, process.stderr]) {
    output.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "EPIPE") process.exit(1);
    });
  }
  return new Promise((done) => {
    let asked = false;
    for (const [signal, number] of [["SIGINT", 2] as const, ["SIGTERM", 15] as const]) {
      process.on(signal, () => {
        if (asked) process.exit(128 + number);
        asked = true;
        done();
      });
    }
  });
}

type Asked = NonNullable<ReturnType<FlowServer["rebuild"]>>;

/** Builds again whenever an input changes. Imported late: boards need not wait for it. */
async function watchInputs(server: FlowServer, first: Asked): Promise<void> {
  const { watch } = await import("./watch.js");
  let asked = first;
  const again = () => {
    asked = server.rebuild() ?? asked;
    return asked;
  };
  await watch(asked, again, (problem) => server.caught(problem, "watcher"));
}
