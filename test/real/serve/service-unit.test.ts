// server/ubootc.service, read and judged by systemd. Needs systemd-analyze.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../../cli/cli.js";
import { names, networks, text } from "../../serve/service-units.js";
import { have, run } from "../../tools/tools.js";
import { systemd } from "../generate/programs.js";

describe.runIf(have("systemd-analyze"))("systemd-analyze", () => {
  it.each(names)("has nothing to object to: %s", (flow) => {
    expect(systemd(text(flow))).toBe("");
  });

  it.each(Object.entries(networks))("nor to DHCP: %s", (_, network) => {
    expect(systemd(text("a.boot", network))).toBe("");
  });

  it("finds it little exposed", () => {
    // 10 is a service without any protection.
    const most = ["--threshold=20", "--offline=true", "--no-pager"];
    const file = join(emptyFolder(), "ubootc.service");
    writeFileSync(file, text("a.boot", networks.served));
    const { status, stdout } = run("systemd-analyze", ["security", ...most, file]);
    expect(stdout).toMatch(/Overall exposure level for ubootc.service: 1\.\d OK/);
    expect(status).toBe(0);
  });
});
