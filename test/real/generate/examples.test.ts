// Each file for the server that the examples for Raspberry Pis have, read by the program it is for. Needs
// dnsmasq, exportfs, nfs-ganesha, findmnt and systemd.
import { describe, expect, it } from "vitest";
import { examples, outcome } from "../../generate/examples.js";
import { have } from "../../tools/tools.js";
import { haveLab } from "../e2e/lab.js";
import { dnsmasq, exportfs, findmnt, ganesha, pathsIn, systemd } from "./programs.js";

describe.each(Object.keys(examples))("%s", (name) => {
  const files = outcome(name);
  const server = (file: string) => files.get(`server/${file}`);

  it.runIf(have("dnsmasq"))("is read by dnsmasq", () => {
    expect(dnsmasq(server("dnsmasq.conf") ?? "")).toBe("dnsmasq: syntax check OK.");
  });

  it.runIf(have("exportfs", "unshare"))("is read by exportfs", () => {
    const exports = server("exports") ?? "";
    const { status, stderr, table } = exportfs(exports);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const path of pathsIn(exports)) expect(table).toContain(`${path}\t`);
  });

  it.runIf(haveLab("ganesha.nfsd", "rpcbind"))("is read by nfs-ganesha", async () => {
    const said = await ganesha(server("ganesha.conf") ?? "");
    expect(said).toContain("Configuration file successfully parsed");
    expect(said).not.toContain("Config File");
  });

  it.runIf(have("findmnt"))("is read by findmnt", () => {
    const said = findmnt(server("fstab") ?? "");
    expect(said).toBe("Success, no errors or warnings detected");
  });

  it.runIf(have("systemd-analyze"))("is read by systemd", () => {
    const unit = server("ubootc.service");
    // Where boards change their files, the folder itself is served.
    expect(unit === undefined).toBe(server("fstab")?.includes("/boot/firmware"));
    if (unit !== undefined) expect(systemd(unit)).toBe("");
  });
});
