// The files that export a root, read by the programs they are for. Needs nfs-ganesha and exportfs.
import { describe, expect, it } from "vitest";
import { flows, serverOf } from "../../generate/server-files.js";
import { have } from "../../tools/tools.js";
import { haveLab, Lab } from "../e2e/lab.js";
import { exportfs, ganesha, pathsIn } from "./programs.js";

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
