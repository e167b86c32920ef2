// The folder server/ of a build: as text, and read by the programs it is for.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { serverFiles } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";
import { haveLab, Lab } from "../e2e/lab.js";
import { have } from "../tools/tools.js";
import { exportfs, ganesha, pathsIn } from "./programs.js";

const script = (body = "root rootfs") => `
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  bootargs { ${body} }
}
`;

const clients = `
client bench-1 { serial "0000000012345678"  address "192.168.0.31" }
client bench-2 { serial "00000000aabbccdd"  address "192.168.0.32" }
`;

/** What the roots of a flow can be like. */
const flows: Readonly<Record<string, string>> = {
  "one root for all, with their addresses": `nfsroot rootfs at "/srv/rootfs/"\n${clients}${script()}`,
  "a root for each, NFS 4.1": `nfsroot rootfs at "/srv/{client.name}" { version 4.1  export "async,crossmnt" }\n${clients}${script()}`,
  "no addresses, read-only": `nfsroot rootfs at "/srv/rootfs" { mode ro }\nclient bench-1 { serial "0001" }\n${script()}`,
  "a network of its own, and a second root": `nfsroot rootfs at "/srv/a" { to 10.42.0.0/16 }\nnfsroot other at "/srv/b" { protocol udp  export "root_squash" }\n${clients}${script()}`,
  "options of each client": `nfsroot rootfs at "/srv/rootfs" { export "{client.export}" }\n${clients.replace('0.31" ', '0.31"  export "async,root_squash" ').replace('0.32" ', '0.32"  export "sync" ')}${script()}`,
  "a path that only the board knows, and no root to serve": `nfsroot rootfs at "/srv/\${serial#}"\n${clients}${script()}`,
};

/** The texts of server/, by name; without the unit, which has a test of its own. */
function serverOf(flow: string): ReadonlyMap<string, string> {
  const text = `board rpi_3\nserver 192.168.0.250\n${flow}`;
  const { artifacts, program } = compile("lab.boot", { files: memoryFiles({ "lab.boot": text }) });
  if (!artifacts || !program) throw new Error("has errors");
  const files = serverFiles(program, artifacts).filter(({ name }) => name !== "ubootc.service");
  return new Map(
    files.map(({ name, content }) => [name, Buffer.from(bytesOf(content)).toString()]),
  );
}

describe.each(Object.entries(flows))("%s", (title, flow) => {
  it("is written down", async () => {
    const files = [...serverOf(flow)].map(([name, text]) => `=== ${name}\n${text}`);
    const golden = join(import.meta.dirname, "expected", `${title.replace(/[ ,]+/g, "-")}.txt`);
    await expect(files.join("\n")).toMatchFileSnapshot(golden);
  });
});

const roots = Object.entries(flows).filter(([, flow]) => serverOf(flow).has("exports"));

describe.runIf(haveLab("ganesha.nfsd", "rpcbind"))("nfs-ganesha", () => {
  it.each(roots)("exports it: %s", async (_, flow) => {
    const said = await ganesha(serverOf(flow).get("ganesha.conf") ?? "");
    expect(said).toContain("Configuration file successfully parsed");
    expect(said).not.toContain("Config File");
  });

  it("would say what is wrong", async () => {
    const [, flow = ""] = roots[0] ?? [];
    const configuration = serverOf(flow).get("ganesha.conf")?.replace("SecType", "SecTipe");
    const lab = await Lab.open();
    const what = { directory: lab.directory("root"), path: "/srv/rootfs" };
    const server = lab.nfs({ ...what, configuration: configuration ?? "" });
    const said = await server.then(({ output }) => output, String);
    expect(said).toMatch(/Config File.*SecTipe/);
  });
});

describe.runIf(have("exportfs", "unshare"))("exportfs", () => {
  it.each(roots)("exports it: %s", (_, flow) => {
    const exports = serverOf(flow).get("exports") ?? "";
    const { status, stderr, table } = exportfs(exports);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const path of pathsIn(exports)) expect(table).toContain(`${path}\t`);
  });
});
