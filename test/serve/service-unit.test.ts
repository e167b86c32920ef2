// server/ubootc.service: what its text has to hold.
import { expect, it } from "vitest";
import type { Network } from "../../src/program/index.js";
import { names, networks, text } from "./service-units.js";

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
