// server/ubootc.service, judged by systemd itself.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DhcpNetwork } from "../../src/dhcp/index.js";
import { serviceUnit } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";
import type { Network } from "../../src/program/index.js";
import { emptyFolder } from "../cli/cli.js";
import { systemd } from "../generate/programs.js";
import { have, run } from "../tools/tools.js";

const names = ["zero-client.boot", "100%.boot", "a $b 'c'.boot", "line\nbreak.boot"];

function text(name: string, network?: Network): string {
  const { content } = serviceUnit({ name, ...(network && { network }) });
  return Buffer.from(bytesOf(content)).toString();
}

const boot = { server: "192.168.4.10" };
const subnet = "192.168.4.0/24";
const networks: Readonly<Record<DhcpNetwork["kind"], Network>> = {
  proxy: { dhcp: { kind: "proxy", subnet, boot } },
  served: {
    dhcp: {
      ...{ kind: "served", subnet, boot, lease: 600, dns: [], hosts: [] },
      ranges: [{ first: "192.168.4.100", last: "192.168.4.199" }],
    },
  },
};

it("names the flow as one argument", () => {
  const starts = names.map((name) => /^ExecStart=.* serve (.*)$/m.exec(text(name))?.[1]);
  const escaped = ["zero-client.boot", "100%%.boot", `"a $$b 'c'.boot"`, '"line\\nbreak.boot"'];
  expect(starts).toEqual(escaped);
});

it("answers DHCP where the flow has a network, and keeps the leases where it lends addresses", () => {
  const command = (network?: Network) => /^ExecStart=.*$/m.exec(text("a.boot", network))?.[0];
  expect(command()).toBe("ExecStart=/usr/bin/env ubootc serve a.boot");
  expect(command(networks.proxy)).toBe("ExecStart=/usr/bin/env ubootc serve --dhcp a.boot");
  expect(command(networks.served)).toBe(
    "ExecStart=/usr/bin/env ubootc serve --dhcp --leases %S/ubootc/leases.json a.boot",
  );
  expect(text("a.boot", networks.served)).toContain("\nStateDirectory=ubootc\n");
});

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
