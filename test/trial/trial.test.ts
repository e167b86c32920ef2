// Boots on the desk as a person sees them: the console beside the lines of the flow, and the table of
// everything that can go wrong. Golden text.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findBoard } from "../../src/boards/index.js";
import { contentOf, encodeUImage } from "../../src/image/index.js";
import {
  alike,
  allFaults,
  bootDesk,
  clientNames,
  isBad,
  looseDesk,
  surveyText,
  traceText,
  transcriptText,
  verdictOf,
} from "../../src/trial/index.js";
import { inputs } from "../compile/inputs.js";
import { isQuick, some } from "../tools/runs.js";
import { bench, deskOf, example } from "./flows.js";

const golden = (name: string) => join(import.meta.dirname, "golden", name);

describe.each(some(["zero-client-qemu", "zero-client"]))("%s", (name) => {
  const built = bench(example(name));
  const desk = deskOf(built);

  it("boots, each line beside the one it comes from", async () => {
    const boot = bootDesk(desk);
    expect(verdictOf(boot)).toMatchObject({ severity: "booted", intended: true, problems: [] });
    await expect(transcriptText(boot)).toMatchFileSnapshot(golden(`${name}.console.txt`));
    await expect(traceText(boot)).toMatchFileSnapshot(golden(`${name}.trace.txt`));
  });

  it("ends where the table says, whatever fails", async () => {
    const survey = allFaults(desk);
    expect(survey.rows.filter(isBad)).toEqual([]);
    await expect(surveyText(name, survey)).toMatchFileSnapshot(golden(`${name}.faults.txt`));
  });

  it.skipIf(isQuick)("is no worse when two things fail at once", () => {
    const { rows, tried } = allFaults(desk, 2);
    expect(tried).toBeGreaterThan(100);
    // Without the pairs of which one alone does the same.
    expect(rows.length).toBeLessThan(tried);
    expect(rows.filter(isBad)).toEqual([]);
  });

  it("says all that the console says", () => {
    const { said, console } = bootDesk(desk, { faults: [{ kind: "dhcp" }] });
    expect(said.map(({ text }) => text).join("")).toBe(console);
  });
});

it.skipIf(isQuick)(
  "tells a flow that pauses between its attempts from one that hangs, however much it prints",
  () => {
    const desk = deskOf(bench(example("uboot-card")));
    const corrupt = {
      kind: "transfer",
      protocol: "tftp",
      what: { declared: "linux" },
      failure: "corrupt",
    } as const;
    const boot = bootDesk(desk, { faults: [corrupt] });
    expect(boot.ending).toMatchObject({ kind: "limit", limit: "output" });
    expect(verdictOf(boot).severity).toBe("trying");
  },
);

describe.each([false, true])(
  "a flow that prints what looks like a failure (stripped: %s)",
  (strip) => {
    const text = `board qemu_arm64
script boot on sdcard "boot.scr" {
  print "menu failed: no choice"
  fail "no kernel"
}
`;
    const desk = deskOf(bench("t.boot", text, { strip }));

    it("ends with what the script itself says", () => {
      expect(verdictOf(bootDesk(desk)).text).toBe("prompt: boot failed: t.boot:4: no kernel");
    });

    it("is read the same when the build is only found", () => {
      const { lineOf: _, ...found } = desk;
      expect(verdictOf(bootDesk(found)).text).toBe("prompt: boot failed: t.boot:4: no kernel");
    });
  },
);

/** A script as people write it: nothing looks at what a command comes to. */
const careless = `load virtio 0:1 0x44000000 old.uImage
dhcp
tftpboot 0x44000000 linux.uImage
bootm 0x44000000 - $fdtcontroladdr
`;

describe("a script that carries on after a failure", () => {
  const kernel = (title: string, size: number) => {
    const payload = [contentOf(inputs.get("Image") ?? new Uint8Array(size))];
    const { image } = encodeUImage({
      ...{ type: "kernel", os: "linux", arch: "arm64", name: title, payload },
      ...{ load: 0x40400000, entry: 0x40400000 },
    });
    if (!image) throw new Error("no image");
    return image;
  };
  const board = findBoard("qemu_arm64");
  if (!board) throw new Error("no board");
  const desk = looseDesk({
    board,
    start: { text: careless, name: "boot.cmd" },
    served: (name) => (name === "linux.uImage" ? kernel("new", 64) : undefined),
    devices: new Map([
      [
        "virtio 0:1",
        {
          read: (name) => (name === "old.uImage" ? kernel("old", 64) : undefined),
          names: () => ["old.uImage"],
        },
      ],
    ]),
    environment: {},
  });

  it("boots the older bytes, and the table says so", () => {
    const survey = allFaults(desk);
    expect(survey.rows.filter(isBad).length).toBeGreaterThan(0);
    expect(surveyText("careless", survey)).toMatchInlineSnapshot(`
      "careless: boots linux.uImage with the firmware's device tree when nothing is wrong; 12 ways it can go wrong

        starts something that was not meant: 5 of 12
          boots old.uImage with the firmware's device tree; the kernel is stale: what was to come did not, and old.uImage was still there
            dhcp timeout
            server 192.168.0.250 timeout
            tftp "linux.uImage" timeout, not-found
          boots linux.uImage and old.uImage with the firmware's device tree; the kernel is mixed: bytes of linux.uImage and old.uImage
            tftp "linux.uImage" short

        resets: 1 of 12
          reset: there is no device tree
            environment fdtcontroladdr unset

        ends at the prompt: 1 of 12
          prompt: ERROR: can't get kernel image!
            tftp "linux.uImage" corrupt

        boots the same in the end: 5 of 12
          boots linux.uImage with the firmware's device tree
            virtio 0:1 missing
            virtio 0:1 "old.uImage" missing, short, corrupt
            tftp "C0A80064.img" timeout
      "
    `);
  });

  it("is shown with the lines of the script", () => {
    const boot = bootDesk(desk, { faults: [{ kind: "dhcp" }] });
    expect(transcriptText(boot)).toMatchInlineSnapshot(`
      "boot.cmd:1  8388672 bytes read in 420 ms (19 MiB/s)
      boot.cmd:2  BOOTP broadcast 1
                  BOOTP broadcast 2
                  BOOTP broadcast 3
                  BOOTP broadcast 4
                  BOOTP broadcast 5
                  BOOTP broadcast 6
                  BOOTP broadcast 7

                  Retry time exceeded; starting again
      boot.cmd:3  *** ERROR: \`serverip' not set
      boot.cmd:4  ## Booting kernel from Legacy Image at 44000000 ...
                     Image Name:   old
                     Created:      1970-01-01   0:00:00 UTC
                     Image Type:   AArch64 Linux Kernel Image (uncompressed)
                     Data Size:    8388608 Bytes = 8 MiB
                     Load Address: 40400000
                     Entry Point:  40400000
                     Verifying Checksum ... OK
                  ## Flattened Device Tree blob at 5fe00000
                     Booting using the fdt blob at 0x5fe00000
                  Working FDT set to 5fe00000
                     Loading Kernel Image to 40400000
                     Loading Device Tree to 000000005d7fc000, end 000000005d7ff0ad ... OK
                  Working FDT set to 5d7fc000

                  Starting kernel ...

      "
    `);
    expect(verdictOf(boot)).toMatchInlineSnapshot(`
      {
        "intended": false,
        "problems": [
          "the kernel is stale: what was to come did not, and old.uImage was still there",
        ],
        "severity": "wrong",
        "text": "boots old.uImage with the firmware's device tree",
      }
    `);
  });
});

const many = (count: number, more = "") => `board qemu_arm64
server 192.168.0.250
kernel linux from "Image.gz" as uimage
dtb    tree  from "board.dtb"
${Array.from({ length: count }, (_, index) => `client c${index} { serial "${index}"  kind "${index % 3}" }`).join("\n")}
script boot on sdcard "boot.scr" { chain netboot }
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  bootargs "kind={client.kind}"
  ${more}
  boot linux with tree
}
`;

describe("clients that are alike", () => {
  const groupsOf = (text: string) => {
    const built = bench("many.boot", text);
    return alike(built, built.program.clients).map(clientNames);
  };

  it("are one when a value is only handed on", () => {
    expect(groupsOf(many(10))).toEqual(["c0, c1 and 8 more like them"]);
  });

  it.each([
    ['if {client.kind} == "1" { load tree }', 2],
    ['if ${board_name} == "{client.kind}" { load tree }', 3],
    ['set fdtfile "{client.kind}"', 3],
    ['print "{client.kind}"', 1],
  ])("%s: %i kinds", (statement, kinds) => {
    expect(groupsOf(many(9, statement))).toHaveLength(kinds);
  });

  it("take turns with servers, and are told apart then", () => {
    const two = many(9).replace("server 192.168.0.250", "server 192.168.0.250, 192.168.0.251");
    expect(groupsOf(two)).toHaveLength(2);
  });
});
