// The page that Prometheus reads, on a port of its own: GET /metrics and nothing else.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SafetyNet } from "../ground/index.js";

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
  ): Promise<MetricsServer> {
    const server = createServer(
      { requestTimeout: 5000, headersTimeout: 5000 },
      net.under("metrics request", (request: IncomingMessage, response: ServerResponse) => {
        const known = request.method === "GET" && request.url?.split("?")[0] === "/metrics";
        response.writeHead(known ? 200 : 404, { "Content-Type": "text/plain; version=0.0.4" });
        response.end(known ? page() : "the metrics are at /metrics\n");
      }),
    );
    server.maxConnections = 16;
    return new Promise((done, failed) => {
      server.once("error", failed);
      server.listen(port, address, () => {
        server.off("error", failed);
        server.on("error", () => {});
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
