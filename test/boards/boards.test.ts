// What must hold of every board, whatever its values.
import { describe, expect, it } from "vitest";
import {
  boards,
  commandState,
  defaultEnvironment,
  disabledCommands,
  findBoard,
  freeMemory,
  nearestBoards,
  type Region,
  surveyed,
} from "../../src/boards/index.js";

const overlaps = (a: Region, b: Region) => a.start < b.start + b.size && b.start < a.start + a.size;

/** Default addresses that lie in reserved memory, and why the catalogue keeps them. */
const inReservedMemory: Readonly<Record<string, string>> = {
  "am62x_evm_a53 scriptaddr": "TF-A moved to the start of the DRAM, the environment did not follow",
};

describe.each(boards)("$id", (board) => {
  const { memory } = board;

  it("has its default addresses in the DRAM, and free unless the list says why", () => {
    const free = freeMemory(board);
    for (const [name, start] of Object.entries(board.addresses)) {
      expect(start, name).toBeGreaterThanOrEqual(memory.base);
      expect(start, name).toBeLessThan(memory.base + memory.size);
      if (free.some((region) => overlaps(region, { start, size: 1 }))) continue;
      expect(inReservedMemory, `${board.id} ${name}`).toHaveProperty([`${board.id} ${name}`]);
    }
  });

  it("has its memory in order", () => {
    const whole = { start: memory.base, size: memory.size };
    for (const reservation of memory.reserved) {
      expect(reservation.start).toBeGreaterThanOrEqual(whole.start);
      expect(reservation.start + reservation.size).toBeLessThanOrEqual(whole.start + whole.size);
      for (const other of memory.reserved)
        if (other !== reservation) expect(overlaps(reservation, other)).toBe(false);
      for (const region of freeMemory(board)) expect(overlaps(region, reservation)).toBe(false);
    }
    expect(memory.size - memory.reservedTop.size).toBeGreaterThan(0x4000000);
    const taken = [...memory.reserved, memory.reservedTop].reduce((sum, { size }) => sum + size, 0);
    const free = freeMemory(board).reduce((sum, { size }) => sum + size, 0);
    expect(free + taken).toBe(memory.size);
  });

  it("says where every value comes from", () => {
    for (const name of ["addresses", "dramBase", "defconfig", "environment", "bootmLen"])
      expect(board.sources[name], name).toMatch(/\w\.\w|_defconfig|Kconfig/);
    if (board.firmwareDtb !== undefined) expect(board.sources).toHaveProperty("firmwareDtb");
    if (board.console.length > 0 && board.environment.console === undefined)
      expect(board.sources).toHaveProperty("console");
    if (board.compatible.length > 0) expect(board.sources).toHaveProperty("compatible");
    const claims = [memory, ...memory.reserved, ...memory.reservedTop.parts, board.serial];
    for (const claim of claims) if (claim) expect(claim.source).not.toBe("");
  });

  it("has a serial number of the form it describes", () => {
    if (board.serial) expect(board.serial.example).toMatch(board.serial.pattern);
  });

  it("knows each surveyed command, and only those", () => {
    expect(board.commands.size + disabledCommands(board).length).toBe(surveyed.size);
    expect(commandState(board, "tftpboot")).toBe("enabled");
    expect(commandState(board, "conitrace")).toBe("unknown");
  });

  it("has the command that starts its kernels", () => {
    expect(commandState(board, board.boot.command)).toBe("enabled");
  });
});

describe("the catalogue", () => {
  it("tells boards of different makers apart by their device trees", () => {
    const owners = new Map<string, Set<string>>();
    for (const { id, compatible } of boards) {
      for (const each of compatible) {
        const family = id.split(/[_-]/)[0] ?? id;
        owners.set(each, (owners.get(each) ?? new Set()).add(family));
      }
    }
    for (const [name, families] of owners) expect([name, ...families]).toHaveLength(2);
    expect(findBoard("rpi_3")?.compatible).toEqual(["brcm,bcm2837"]);
    expect(findBoard("sandbox")?.compatible).toEqual([]);
  });

  it("has each board once", () => {
    expect(new Set(boards.map(({ id }) => id)).size).toBe(boards.length);
    for (const board of boards) expect(findBoard(board.id)).toBe(board);
    expect(findBoard("rpi-3")).toBeUndefined();
  });

  it("keeps no exception that is none", () => {
    for (const name of Object.keys(inReservedMemory)) {
      const [id = "", address = ""] = name.split(" ");
      const board = findBoard(id);
      const start = board?.addresses[address] ?? Number.NaN;
      expect(
        board?.memory.reserved.some((at) => overlaps(at, { start, size: 1 })),
        name,
      ).toBe(true);
    }
  });
});

describe("free memory", () => {
  it("leaves the VideoCore, the firmware's tree and U-Boot alone on a Pi", () => {
    const board = findBoard("rpi_3");
    expect(board && freeMemory(board)).toEqual([{ start: 0x1000, size: 0x1a2ff000 }]);
  });

  it("is in pieces where firmware sits in the middle", () => {
    const board = findBoard("odroid-c2");
    expect(board && freeMemory(board).map(({ start }) => start)).toEqual([
      0x1000000, 0x7300000, 0x10200000,
    ]);
  });
});

describe("the default environment", () => {
  it("has the addresses, the limits and how it boots", () => {
    const board = findBoard("p3450-0000");
    expect(board && defaultEnvironment(board)).toMatchObject({
      bootcmd: "bootflow scan",
      bootdelay: "2",
      boot_targets: "usb mmc1 mmc0 pxe dhcp",
      kernel_addr_r: "0x80080000",
      initrd_high: "0xffffffffffffffff",
    });
  });
});

describe("nearest names", () => {
  it.each([
    ["rpi3", "rpi_3"],
    ["RPI-4", "rpi_4"],
    ["raspberry", "rpi"],
    ["beaglebone", "am335x_evm"],
    ["qemu-arm64", "qemu_arm64"],
    ["visionfive2", "starfive_visionfive2"],
    ["imx8mm", "imx8mm_evk"],
    ["rock5b", "rock5b-rk3588"],
  ])("%s: %s", (typed, meant) => expect(nearestBoards(typed)[0]).toBe(meant));

  it("are at most as many as asked for, and none for something else", () => {
    expect(nearestBoards("rpi", 2)).toHaveLength(2);
    expect(nearestBoards("toaster-9000-deluxe-edition")).toEqual([]);
  });
});
