// Port 69 without being root all the time: sockets that systemd opened, and the rights of root
// given up. What is said about the other ways is in privileged-port.test.ts.
import { chmodSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { Flow, get, main, serve } from "../../serve/serving.js";
import { fetch, Peer } from "../../tftp/socket.js";
import { Program } from "../../tools/program.js";
import { have, run } from "../../tools/tools.js";

const SECONDS = 1000;
const file = "fallback.scr";

/** A port that is free now. */
async function freePort(): Promise<number> {
  const peer = await Peer.open();
  const { port } = peer;
  peer.close();
  // Not free until it is closed, which is in the next turn of the loop.
  await pause(50);
  return port;
}

const activate = "systemd-socket-activate";

/** systemd as far as sockets go: starts the server at the first datagram or connection. */
function activated(options: readonly string[], ...args: string[]): Program {
  const program = new Program(activate, [...options, process.execPath, main, "serve", ...args]);
  onTestFinished(() => program.stop());
  return program;
}

describe.runIf(have(activate))("sockets of systemd", { timeout: 240 * SECONDS }, () => {
  it("are served on, the request that woke the server first", async () => {
    const port = await freePort();
    const program = activated(["--datagram", "-l", `127.0.0.1:${port}`], new Flow().path);
    await program.waitFor("Listening on", 5 * SECONDS);
    const client = await Peer.open();
    onTestFinished(() => client.close());
    client.ask(port, file);
    expect((await client.next(20 * SECONDS))?.packet).toMatchObject({ kind: "DATA", block: 1 });
    await program.waitFor(`serving on tftp 127.0.0.1:${port}\n`, 5 * SECONDS);
    expect((await fetch(port, "large.bin", { options: "windowsize 4" })).bytes.length).toBe(
      100_000,
    );
  });

  it.each([["many"], ["one", "--single-port"]])(
    "for both families know who asks: %s",
    async (_, ...more) => {
      const port = await freePort();
      const program = activated(["--datagram", "-l", `${port}`], ...more, new Flow().path);
      await program.waitFor("Listening on", 5 * SECONDS);
      const waker = await Peer.open();
      waker.ask(port, "none");
      expect((await waker.next(20 * SECONDS))?.packet).toMatchObject({ kind: "ERROR", code: 1 });
      waker.close();
      for (const server of ["127.0.0.1", "::1"]) {
        expect((await fetch(port, "large.bin", { server })).bytes.length).toBe(100_000);
        await program.waitFor(`${server}: fetched large.bin`, 5 * SECONDS);
      }
    },
  );

  it("are HTTP when they are streams", async () => {
    const port = await freePort();
    const flow = new Flow();
    const listen = ["-l", `127.0.0.1:${port}`];
    const program = activated(listen, "--address", "127.0.0.1", "--port", "0", flow.path);
    await program.waitFor("Listening on", 5 * SECONDS);
    expect(await get(port, file)).toContain("rescue");
    await program.waitFor(new RegExp(`serving on tftp .*, http 127.0.0.1:${port}\n`), 5 * SECONDS);
  });

  it("of other kinds are refused", async () => {
    const flow = new Flow();
    const sh = `LISTEN_FDS=1 LISTEN_PID=$$ exec ${process.execPath} ${main} serve ${flow.path}`;
    const { status, stderr } = run("sh", ["-c", `exec 3</dev/null; ${sh}`]);
    expect(stderr).toBe("ubootc serve: descriptor 3 of LISTEN_FDS is not a socket of UDP or TCP\n");
    expect(status).toBe(1);
  });

  it("of another process are nobody's business", async () => {
    process.env.LISTEN_FDS = "1";
    process.env.LISTEN_PID = "1";
    onTestFinished(() => {
      delete process.env.LISTEN_FDS;
      delete process.env.LISTEN_PID;
    });
    const { tftp } = await serve(new Flow().path);
    expect((await fetch(tftp, file)).bytes.length).toBeGreaterThan(100);
  });
});

describe.runIf(process.getuid?.() === 0 && have("id", "setpriv"))(
  "--user",
  {
    timeout: 240 * SECONDS,
  },
  () => {
    const nobody = Number(run("id", ["-u", "nobody"]).stdout);

    it("is who the server is once it has its ports", async () => {
      const flow = new Flow();
      chmodSync(flow.folder, 0o755);
      const { program, tftp } = await serve(flow.path, "--user", "nobody");
      // Said when the ports are taken; the rights go right after.
      for (let tries = 0; tries < 100 && !statusOf(program).includes(`Uid:\t${nobody}`); tries++) {
        await pause(20);
      }
      const all = Array(4).fill(nobody).join("\t");
      expect(statusOf(program)).toContain(`Uid:\t${all}\n`);
      expect(statusOf(program)).toMatch(/^CapEff:\t0+$/m);
      expect(statusOf(program)).not.toMatch(/^Groups:.*\b0\b/m);
      expect((await fetch(tftp, file)).bytes.length).toBeGreaterThan(100);
    });

    const statusOf = ({ pid }: Program) => readFileSync(`/proc/${pid}/status`, "utf8");

    it("has to be one, and takes root", () => {
      const flow = new Flow();
      const serveAs = (user: string, ...through: string[]) => {
        const where = ["--address", "127.0.0.1", "--port", "0", flow.path, "--user", user];
        const [tool = "", ...args] = [...through, process.execPath, main, "serve", ...where];
        return run(tool, args);
      };
      expect(serveAs("no-such-user").stderr).toContain("there is no user no-such-user");
      expect(serveAs("-u").stderr).toContain("there is no user -u");
      const other = ["setpriv", "--reuid", `${nobody}`, "--clear-groups"];
      expect(serveAs("nobody", ...other).stderr).toContain("only root can become another --user");
      const bound = ["setpriv", "--bounding-set", "-setuid", "--inh-caps", "-setuid"];
      const refused = serveAs("nobody", ...bound);
      expect(refused.stderr).toMatch(/^ubootc serve: cannot become another --user: .*\n$/m);
      expect(refused.status).toBe(1);
      // The folder is one that only root can look into.
      const closed = serveAs("nobody");
      expect(closed.stderr).toMatch(/^ubootc serve: nobody cannot read .*: permission denied\n$/m);
      expect(closed.status).toBe(1);
    });
  },
);
