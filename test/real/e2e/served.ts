// The example for QEMU as a person serves it: in a folder of its own, with a `network`, and
// `ubootc serve` inside a laboratory that has no other server.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../../tools/program.js";
import { run } from "../../tools/tools.js";
import { Lab } from "./lab.js";

const repository = join(import.meta.dirname, "../../..");

/** The built command. */
export const command = join(repository, "dist/bin/main.js");

/** The flow's first client, whose address is kept for it: 192.168.0.31. */
export const bench1 = {
  "serial#": "0000000012345678",
  ethaddr: "52:54:00:00:00:01",
  bootdelay: "0",
};
/** A board that the flow does not know. */
export const unknown = {
  "serial#": "00000000ffffffff",
  ethaddr: "52:54:00:00:00:03",
  bootdelay: "0",
};

/** Our DHCP server is the only one. */
export const RANGE = `network {
  dhcp range 192.168.0.100..192.168.0.199
  lease 10min  router 192.168.0.1  dns 192.168.0.1  interface br0
}
`;

/** A laboratory without any server, and the flow with `network` in a folder of its own, built. */
export async function prepare(
  network: string,
  change: (flow: string, folder: string) => string = (flow) => flow,
) {
  const lab = await Lab.open();
  const folder = lab.directory("flow");
  cpSync(join(repository, "examples/zero-client-qemu"), folder, { recursive: true });
  const flow = join(folder, "zero-client-qemu.boot");
  const text = readFileSync(flow, "utf8")
    .replace("bench-1 {", `bench-1 { mac ${bench1.ethaddr}  address 192.168.0.31 `)
    .replace("bench-2 {", "bench-2 { mac 52:54:00:00:00:02  address 192.168.0.39 ");
  writeFileSync(flow, change(text.replace("client bench-1", `${network}client bench-1`), folder));
  return { lab, folder, flow, ...buildInto(lab, flow) };
}

/** What `ubootc build` makes of a flow, in a folder of the laboratory. */
export function buildInto(lab: Lab, flow: string) {
  const out = lab.directory("out");
  const { status, stderr } = run(process.execPath, [command, "build", flow, "-o", out]);
  if (status !== 0) throw new Error(stderr);
  return { sdcard: join(out, "sdcard"), tftp: join(out, "tftp"), server: join(out, "server") };
}

const bind = "net_bind_service";
const only = ["--bounding-set", `-all,+${bind}`, "--inh-caps", `-all,+${bind}`];
/** Takes every right from a command but that to low ports, as the unit of a build does. */
export const asUnit = ["setpriv", "--no-new-privs", ...only, "--ambient-caps", `-all,+${bind}`];

/** Starts `ubootc serve` inside, behind `through`, and waits until it listens. */
export async function serve(
  lab: Lab,
  args: readonly string[],
  through: readonly string[] = [],
): Promise<Program> {
  const { address } = lab.network;
  const [tool = process.execPath, ...rest] = [...through, process.execPath];
  const all = [...rest, command, "serve", "--address", address, ...args];
  const server = lab.network.start(tool, all);
  await server.waitFor(`serving on tftp ${address}:69`, 30_000);
  return server;
}
