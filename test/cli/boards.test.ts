// `ubootc boards` as a person and as a program sees it.
import { describe, expect, it } from "vitest";
import { boards } from "../../src/boards/index.js";
import { boardsCommand } from "../../src/cli/boards.js";
import { runInProcess } from "./in-process.js";

const run = (...args: string[]) => runInProcess(boardsCommand(), ...args);

describe("the table", () => {
  it("has a line for each board, under a heading", async () => {
    const { stdout, stderr, failed } = await run();
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["BOARD", ...boards.map((b) => b.id)]);
    expect(stdout).toMatch(/^rpi_3 +arm64 +booti +512 MiB +legacy +Raspberry Pi 3, 64-bit build$/m);
    expect({ stderr, failed }).toEqual({ stderr: "", failed: false });
  });

  it("can be of one architecture", async () => {
    const { stdout } = await run("--arch", "ppc");
    expect(stdout.trimEnd().split("\n").slice(1)).toEqual([
      expect.stringMatching(/^qemu-ppce500 /),
    ]);
  });

  it("refuses an architecture that does not exist", async () => {
    await expect(run("--arch", "vax")).rejects.toThrow(/Allowed choices are arm, arm64/);
  });

  it("is an array in JSON", async () => {
    const found: unknown = JSON.parse((await run("--json")).stdout);
    expect(found).toHaveLength(boards.length);
  });
});

describe("a card", () => {
  it.each(boards.map(({ id }) => id))("%s", async (id) => {
    const { stdout, failed } = await run(id);
    expect(stdout).toContain(`${id}: `);
    // Two boards have an fdtfile of that very name.
    expect(stdout.replace(/^ {2}fdtfile +undefined$/m, "")).not.toMatch(
      /undefined|NaN|\[object| $/m,
    );
    expect(failed).toBe(false);
  });

  it("says what a flow has to know", async () => {
    const { stdout } = await run("am335x_evm");
    expect(stdout).toMatch(/^ {2}DRAM +0x80000000\.\.0x90000000 +256 MiB /m);
    expect(stdout).toMatch(/^ {2}kernel_addr_r +0x82000000$/m);
    expect(stdout).toMatch(/^ {2}command line +1024 characters, 64 words$/m);
    expect(stdout).toMatch(/^ {2}not built in +.*\bsetexpr\b/m);
  });

  it("is an object in JSON", async () => {
    const found: unknown = JSON.parse((await run("rpi_3", "--json")).stdout);
    expect(found).toMatchObject({
      id: "rpi_3",
      addresses: { kernel_addr_r: 0x80000 },
      commands: expect.arrayContaining(["booti"]),
      commandsDisabled: expect.arrayContaining(["bootz"]),
      serial: { pattern: "^[0-9a-f]{16}$" },
    });
  });
});

describe("a board that is not there", () => {
  it("names the nearest ones and fails", async () => {
    expect(await run("rpi3")).toEqual({
      stdout: "",
      stderr: 'ubootc boards: there is no board "rpi3"; did you mean rpi_3, rpi_3_32b, rpi?\n',
      failed: true,
    });
  });

  it("says only that when nothing is near, and nothing unprintable", async () => {
    const { stderr } = await run("\u001b[31mtoaster-9000-deluxe");
    expect(stderr).toBe('ubootc boards: there is no board "\\u001b[31mtoaster-9000-deluxe"\n');
  });

  it("has another architecture than asked for", async () => {
    const { stderr, failed } = await run("rpi_3", "--arch", "arm");
    expect(stderr).toBe("ubootc boards: rpi_3 is arm64, not arm\n");
    expect(failed).toBe(true);
  });
});
