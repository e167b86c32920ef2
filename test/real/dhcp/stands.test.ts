// Datagrams from port 0 for a DHCP server, also on the port of PXE. Needs python3 and root, for a raw
// socket.
import { describe, expect, it } from "vitest";
import { answeredAfter, ports, whole } from "../../dhcp/answered.js";
import { canForge, forge } from "../../tools/forger.js";

describe.runIf(canForge)("datagrams from port 0 (needs python3 and root)", () => {
  it.each(["served", "proxy"])("%s", async (kind) => {
    const events = await answeredAfter(kind, () =>
      forge(
        [ports.server, ...(kind === "proxy" ? [ports.pxe] : [])].map(
          (to) => `0 ${to} ${whole.toString("hex")}`,
        ),
      ),
    );
    expect(events.filter(({ type }) => type === "mishap")).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: "malformed", problem: "it came from no port" }),
    );
  });
});
