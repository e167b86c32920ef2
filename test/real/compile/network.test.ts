// dnsmasq's own word that server/dnsmasq.conf is a configuration. Needs dnsmasq.
import { expect, it } from "vitest";
import { configuration, networks } from "../../compile/networks.js";
import { have } from "../../tools/tools.js";
import { dnsmasq } from "../generate/programs.js";

it.runIf(have("dnsmasq")).each(Object.keys(networks))("%s is read by dnsmasq", (name) => {
  const said = dnsmasq(configuration(networks[name] ?? ""));
  expect(said).toBe("dnsmasq: syntax check OK.");
});
