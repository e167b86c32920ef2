// `ubootc map` and `ubootc graph` as a user has them.
import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { flowIn, ubootc } from "./flow.js";

const flow = `board rpi_3
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"
dtb pi3 from "pi3.dtb"
client bench-1 { serial "0000000012345678"  first "yes" }
client bench-2 { serial "00000000aabbccdd"  first "no" }

script boot on sdcard "boot.scr" {
  dhcp
  chain netboot
}
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  if {client.first} == "yes" { load pi3 to 0x01000000 }
  boot linux with pi3
}
`;
const clashing = flow.replace("boot linux", "load linux to 0x01000000\n  boot linux");

describe("map", () => {
  it("draws the first client, and says whom else it could", async () => {
    const { stdout, stderr, status } = await ubootc(flowIn(flow), "map");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^script boot on rpi_3\n=+\n\n1\. flow\.boot:10 {2}chain netboot\n/);
    expect(stdout).toContain("script netboot on rpi_3, for bench-1");
    expect(stdout).toContain("0x01000000 ├   324 bytes  loaded    pi3");
    expect(stderr).toBe("for bench-1; --client takes another: bench-2\n");
  });

  it("draws the client that is asked for, with the steps that are its own", async () => {
    const { stdout, stderr } = await ubootc(flowIn(flow), "map", "--client", "bench-2");
    expect(stdout).toContain("script netboot on rpi_3, for bench-2");
    expect(stdout).not.toContain("load pi3");
    expect(stderr).toBe("");
  });

  it.each([
    ["bench-3", "no client is called bench-3; did you mean bench-1?"],
    ["desk", "no client is called desk; the flow has bench-1, bench-2"],
  ])("knows no client %s", async (name, words) => {
    const { stdout, stderr, status } = await ubootc(flowIn(flow), "map", "--client", name);
    expect([stdout, stderr, status]).toEqual(["", `ubootc map: ${words}\n`, 1]);
  });

  it("draws a flow with mistakes in memory, and fails", async () => {
    const folder = flowIn(clashing);
    const { stdout, stderr, status } = await ubootc(folder, "map");
    expect(stderr).toContain("error[region-overlap]");
    expect(stdout).toContain("  !! linux image and pi3 share 324 bytes at 0x01000000");
    expect(status).toBe(1);
    expect((await ubootc(folder, "map", "--svg", "map.svg")).stdout).toBe("");
    expect(readFileSync(join(folder, "map.svg"), "utf8")).toContain('class="clash"');
  });

  it("draws what there is a place for when there is none for something else", async () => {
    const more = 'file huge from "huge"\nscript more on tftp "more.scr" {\n  load huge\n}\n';
    const folder = flowIn(`${flow}${more}`);
    writeFileSync(join(folder, "huge"), "x");
    truncateSync(join(folder, "huge"), 600 << 20);
    const { stdout, stderr, status } = await ubootc(folder, "map");
    expect(stderr).toContain("error[no-room]");
    expect(stdout).toContain("script netboot on rpi_3, for bench-1");
    expect(stdout).toContain("script more on rpi_3\n====================\n\n  it loads nothing\n");
    expect(status).toBe(1);
  });

  it("draws nothing of what means nothing", async () => {
    const folder = flowIn('board rpi_3\nscript boot on sdcard "boot.scr" { load nothing }\n');
    const { stdout, status } = await ubootc(folder, "map", "--svg", "map.svg");
    expect([stdout, status, existsSync(join(folder, "map.svg"))]).toEqual(["", 1, false]);
  });

  it("prints SVG where no file is named", async () => {
    expect((await ubootc(flowIn(flow), "map", "--svg")).stdout).toMatch(/^<svg .*<\/svg>\n$/s);
  });
});

describe("graph", () => {
  it("prints Mermaid, and SVG when asked", async () => {
    const folder = flowIn(flow);
    const { stdout, status } = await ubootc(folder, "graph");
    expect(stdout).toMatch(
      /^flowchart TD\n {2}subgraph script1 \["boot \(sdcard: boot\.scr\)"\]\n/,
    );
    expect(status).toBe(0);
    expect((await ubootc(folder, "graph", "--svg")).stdout).toMatch(/^<svg .*<\/svg>\n$/s);
    expect((await ubootc(folder, "graph", "--svg", "graph.svg")).stdout).toBe("");
    expect(readFileSync(join(folder, "graph.svg"), "utf8")).toContain(
      "<title>flow.boot: flow</title>",
    );
  });

  it("draws a flow with mistakes in memory, and fails", async () => {
    const { stdout, status } = await ubootc(flowIn(clashing), "graph");
    expect(stdout).toMatch(/^flowchart TD\n/);
    expect(status).toBe(1);
  });

  it("says so when the file cannot be written", async () => {
    const { stderr, status } = await ubootc(flowIn(flow), "graph", "--svg", "none/graph.svg");
    expect(stderr).toMatch(/^ubootc graph: .*none/);
    expect(status).toBe(1);
  });
});
