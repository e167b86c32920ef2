// The page that Prometheus reads, on a port of its own: GET /metrics and nothing else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SafetyNet } from "../ground/index.js";
import { targetOf } from "./http-target.js";

/** A running server of one page. */
export class MetricsServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @throws when it cannot listen there. */
  static start(
    { address, port }: { readonly address: string; readonly port: number },
    page: () => string,
    net: SafetyNet,
    names: readonly string[] = [],
  ): Promise<MetricsServer> {
    const server = createServer(
      { requestTimeout: 5000, headersTimeout: 5000, requireHostHeader: false },
      (request, response) => {
        const answered = net.run("metrics request", () => answer(request, response, page, names));
        if (!answered) response.destroy();
      },
    );
    server.maxConnections = 16;
    return new Promise((done, failed) => {
      server.once("error", failed);
      server.listen(port, address, () => {
        server.off("error", failed);
        server.on("error", (problem) => net.caught("metrics socket", problem));
        done(new MetricsServer(server));
      });
    });
  }

  /** Where it listens. */
  get address(): { readonly address: string; readonly port: number } {
    return this.#server.address() as AddressInfo;
  }

  /** Frees the port. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  page: () => string,
  names: readonly string[],
): void {
  const target = targetOf(request, names);
  const [status, text] =
    typeof target !== "string"
      ? [target.status, `${target.why}\n`]
      : request.method === "GET" && target.split("?")[0] === "/metrics"
        ? [200, page()]
        : [404, "the metrics are at /metrics\n"];
  response.writeHead(status, { "Content-Type": "text/plain; version=0.0.4" });
  response.end(text);
}
