// The virtual board as a whole: how a boot ends, and what a command that is watched tells.
import { expect, it } from "vitest";
import { type CommandRun, simulate } from "../../src/simulator/index.js";
import { board, debian, run, scriptImage, world } from "./worlds.js";

const chain = `dhcp
tftpboot 0x40300000 192.168.0.250:second.scr && source 0x40300000
echo end $?
`;

it("runs a chain of two scripts and shows what U-Boot prints", () => {
  const given = {
    tftp: { "second.scr": scriptImage("echo second\nfalse") },
    environment: { autoload: "no", ethact: "virtio-net#31" },
  };
  const { ending, console, environment } = run({ image: scriptImage(chain) }, given);
  expect(console).toBe(`BOOTP broadcast 1
DHCP client bound to address 192.168.0.100 (5 ms)
Using virtio-net#31 device
TFTP from server 192.168.0.250; our IP address is 192.168.0.100
Filename 'second.scr'.
Load address: 0x40300000
Loading: *\b#
\t 86.9 KiB/s
done
Bytes transferred = 89 (59 hex)
## Executing script at 40300000
second
end 1
`);
  expect(ending).toEqual({ kind: "prompt", status: 0 });
  expect(environment.get("filesize")).toBe("59");
});

it("tells of each command where it is, what it wrote and what it changed", () => {
  const given = { tftp: { "second.scr": scriptImage("setenv a $b\n") }, environment: { b: "B" } };
  const text =
    "setenv ipaddr 192.168.0.9; tftpboot 40300000 192.168.0.250:second.scr\nsource 40300000";
  const seen: CommandRun[] = [];
  run({ text, name: "first.scr" }, given, { onCommand: (each) => seen.push(each) });
  const shown = seen.map(({ words, running, variables, writes, status }) => {
    const at = running.map(({ name, text, start, end }) => [name, text.slice(start, end)]);
    return { words: words.join(" "), at, set: [...variables.keys()], writes, status };
  });
  expect(shown).toEqual([
    {
      words: "setenv ipaddr 192.168.0.9",
      at: [["first.scr", "setenv ipaddr 192.168.0.9"]],
      set: ["ipaddr"],
      writes: [],
      status: 0,
    },
    {
      words: "tftpboot 40300000 192.168.0.250:second.scr",
      at: [["first.scr", "tftpboot 40300000 192.168.0.250:second.scr"]],
      set: ["ethact", "filesize", "fileaddr"],
      writes: [{ address: 0x40300000, size: 84, name: "second.scr" }],
      status: 0,
    },
    {
      words: "setenv a B",
      at: [
        ["first.scr", "source 40300000"],
        ["second.scr", "setenv a $b"],
      ],
      set: ["a"],
      writes: [],
      status: 0,
    },
    {
      words: "source 40300000",
      at: [["first.scr", "source 40300000"]],
      set: [],
      writes: [],
      status: 0,
    },
  ]);
});

/** Commands that came later than U-Boot 2023.01, or went: not simulated, or not there. */
it.each([
  ["spawn", "2025.04", "2025.07"],
  ["wait", "2025.04", "2025.07"],
  ["history", "2023.10", "2024.01"],
  ["pmbus", "2026.07", "2026.10"],
  ["ufetch", "2025.01", "2025.04"],
  ["sm3sum", "2026.01", "2026.04"],
  ["rkmtd", "2023.10", "2024.01"],
  ["armffa", "2023.07", "2023.10"],
  ["memsize", "2026.01", "2026.04"],
  ["bootstd", "2025.01", "2025.04"],
  ["i3c", "2025.07", "2025.10"],
  ["reiserls", "2024.07", "2024.04"],
])("has %s by release", (name, without, having) => {
  const absent = run({ text: name }, {}, { release: without });
  expect(absent.console).toBe(`Unknown command '${name}' - try 'help'\n`);
  const ended = run({ text: name }, {}, { release: having });
  expect(ended.console).not.toContain("Unknown command");
});

it("has [ since 2026.07", () => {
  const text = "[ 1 = 1 ]; echo $?";
  expect(run({ text }, {}, { release: "2026.04" }).console).toMatch(/^Unknown command[\s\S]*1\n$/);
  expect(run({ text }, {}, { release: "2026.07" }).console).toBe("0\n");
});

const targets = ["qfw", "usb", "scsi", "virtio", "nvme", "dhcp"];

it.each([
  ["echo hello", { kind: "prompt", status: 0 }],
  ["false", { kind: "prompt", status: 1 }],
  ["reset; echo never", { kind: "reset", why: "reset" }],
  ["poweroff", { kind: "poweroff" }],
  ["while true; do sleep 60; done", { kind: "limit", limit: "time" }],
  ["while true; do true; done", { kind: "limit", limit: "steps" }],
  // Built into this board, or nobody knows whether it is.
  ["led status on", { kind: "unknown-command", name: "led" }],
  ["bootflow list", { kind: "unknown-command", name: "bootflow list" }],
  // U-Boot goes on by itself: where it looks, and what it finds.
  ["boot", { kind: "search", by: "bootflow scan -lb", targets, finds: "/boot.scr on virtio 0:1" }],
  ["bootflow scan mmc", { kind: "search", by: "bootflow scan mmc", targets: ["mmc"] }],
  ["setenv boot_targets nvme0; bootflow scan -b", { by: "bootflow scan -b", targets: ["nvme0"] }],
  ["setenv bootcmd echo mine; boot", { kind: "prompt", status: 0 }],
  // Known not to be built in, and no command of U-Boot at all.
  ["mmc dev 0", { kind: "prompt", status: 1 }],
  ["nosuch", { kind: "prompt", status: 1 }],
])("ends: %s", (text, ending) => {
  expect(run({ text }, { card: { "boot.scr": "" } }).ending).toMatchObject(ending);
});

it.each([
  [
    "label b\nlinux a\nfdtdir /",
    { kind: "unknown-command", name: "sysboot fdtdir without fdtfile" },
  ],
  [
    "label b\nlinux a\nfdt a\nfdtoverlays b",
    { kind: "unknown-command", name: "sysboot fdtoverlays" },
  ],
  ["label b\nlinux a\nfdt a\nkaslrseed", { kind: "unknown-command", name: "sysboot kaslrseed" }],
  ["label b\nappend initrd=a", { name: "sysboot initrd= at the end of append" }],
  ["menu background a", { kind: "unknown-command", name: "sysboot menu background" }],
  [
    "menu title waits\nlabel b",
    { kind: "hang", why: "a menu without a timeout waits for a choice" },
  ],
  ["menu title asks\ntimeout 10\nlabel b", { kind: "prompt", status: 0 }],
  ["label b\nlinux a\ninitrd a", { kind: "prompt", status: 0 }],
])("boots a label, or ends where it does not know: %j", (menu, ending) => {
  const environment = {
    kernel_addr_r: "41000000",
    fdt_addr_r: "42000000",
    ramdisk_addr_r: "43000000",
  };
  const text = "sysboot virtio 0:1 any 40300000 /menu";
  expect(run({ text }, { card: { menu, a: "" }, environment }).ending).toMatchObject(ending);
});

it("asks a newer board for the kernel first", () => {
  const { console } = run(
    { text: "sysboot virtio 0:1 any 40300000 /menu; sysboot virtio 0:1 any 40300000" },
    { card: { menu: "label a\nlinux k\ninitrd i\n" }, environment: { kernel_addr_r: "41000000" } },
    { release: "2026.07" },
  );
  expect(console).toBe(`Retrieving file: /menu
1:\ta
Retrieving file: /k
** Unable to read file /k **
Skipping a for failure retrieving kernel
Retrieving file: /menu
1:\ta
Retrieving file: /k
** Unable to read file /k **
Skipping a for failure retrieving kernel
`);
});

it("searches as the older scripts do, where a board has those", () => {
  const older = { ...debian, board: board("pine64_plus") };
  const ends = (text: string, environment = {}) =>
    simulate({ text }, { ...older, world: world({ environment }) }).ending;
  const targets = ["fel", "mmc0", "usb0", "pxe", "dhcp"];
  expect(ends("boot")).toEqual({ kind: "search", by: "run distro_bootcmd", targets });
  const one = { kind: "search", by: "run bootcmd_mmc0", targets: ["mmc0"] };
  expect(ends("echo a; run bootcmd_mmc0")).toEqual(one);
  expect(ends("run bootcmd_mmc0", { bootcmd_mmc0: "reset" })).toMatchObject({ kind: "reset" });
});

it("takes an end for given that somebody says", () => {
  const assumed = new Map([
    ["led status", 0],
    ["gpio input 12", 1],
    ["pxe", 1],
  ]);
  const text = "led status on; echo $?; gpio input 12; echo $?; pxe get; echo $?; gpio input 1";
  const { console, ending } = simulate({ text }, { ...debian, world: { ...world(), assumed } });
  expect(console).toBe("0\n1\n1\n");
  expect(ending).toMatchObject({ kind: "unknown-command", name: "gpio input 1" });
});

it("shows where the board's own words would stand", () => {
  const { console } = run({ text: "bdinfo; part list virtio 0; virtio info && echo there" });
  expect(console).toBe(`[bdinfo: the board's own words]
[part list virtio 0: the board's own words]
[virtio info: the board's own words]
there
`);
});
