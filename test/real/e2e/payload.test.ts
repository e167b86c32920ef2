// The examples' small kernels: that the committed bytes are what their source says, and that the
// one for the Raspberry Pi prints on both UARTs. No U-Boot here, QEMU starts them as kernels.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { Program } from "../../tools/program.js";
import { find, have, run } from "../../tools/tools.js";

const examples = join(import.meta.dirname, "../../../examples");
const pi = join(examples, "zero-client");
const assembler = ["aarch64-linux-gnu-as", "aarch64-linux-gnu-objcopy"] as const;

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "ubootc-payload-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe.runIf(have(...assembler))("is built from hello.S", () => {
  it.each([
    ["zero-client/Image.gz", []],
    ["zero-client-qemu/Image.gz", ["--defsym", "virt=1"]],
    ["zero-client-qemu/fallback.gz", ["--defsym", "virt=1", "--defsym", "fallback=1"]],
  ])("%s", (name, variant) => {
    const [object, image] = ["hello.o", "hello"].map((file) => join(scratch(), file)) as string[];
    const [as, objcopy] = assembler;
    expect(run(as, [join(pi, "hello.S"), "-o", `${object}`, ...variant]).stderr).toBe("");
    expect(run(objcopy, ["-O", "binary", `${object}`, `${image}`]).stderr).toBe("");
    expect(gunzipSync(readFileSync(join(examples, name)))).toEqual(readFileSync(`${image}`));
  });
});

it.runIf(have(...assembler))("intact.bin is built from intact.S", () => {
  const folder = join(import.meta.dirname, "payload");
  const [object, binary] = ["intact.o", "intact.bin"].map((file) => join(scratch(), file));
  expect(run(assembler[0], [join(folder, "intact.S"), "-o", `${object}`]).stderr).toBe("");
  expect(run(assembler[1], ["-O", "binary", `${object}`, `${binary}`]).stderr).toBe("");
  expect(readFileSync(join(folder, "intact.bin"))).toEqual(readFileSync(`${binary}`));
});

const armAssembler = ["arm-linux-gnueabihf-as", "arm-linux-gnueabihf-objcopy"] as const;

it.runIf(have(...armAssembler))("hello-arm.bin is built from hello-arm.S", () => {
  const folder = join(import.meta.dirname, "payload");
  const [object, binary] = ["hello.o", "hello.bin"].map((file) => join(scratch(), file));
  const flags = ["-march=armv7-a", join(folder, "hello-arm.S"), "-o", `${object}`];
  expect(run(armAssembler[0], flags).stderr).toBe("");
  expect(run(armAssembler[1], ["-O", "binary", `${object}`, `${binary}`]).stderr).toBe("");
  expect(readFileSync(join(folder, "hello-arm.bin"))).toEqual(readFileSync(`${binary}`));
});

it.runIf(have("dtc"))("bcm2837-rpi-3-b.dtb is built from its source", () => {
  const file = join(scratch(), "out.dtb");
  const source = join(pi, "bcm2837-rpi-3-b.dts");
  expect(run("dtc", ["-O", "dtb", "-o", file, source]).status).toBe(0);
  expect(readFileSync(join(pi, "bcm2837-rpi-3-b.dtb"))).toEqual(readFileSync(file));
});

describe.runIf(have("qemu-system-aarch64"))("a Raspberry Pi 3 says hello", () => {
  it.each([
    ["PL011", ["-serial", "stdio"]],
    ["the mini UART", ["-serial", "null", "-serial", "stdio"]],
  ])("on %s", async (_, serial) => {
    const kernel = join(scratch(), "Image");
    writeFileSync(kernel, gunzipSync(readFileSync(join(pi, "Image.gz"))));
    const board = new Program(find("qemu-system-aarch64") as string, [
      ...["-machine", "raspi3b", "-display", "none", "-monitor", "none", ...serial],
      ...[
        "-kernel",
        kernel,
        "-dtb",
        join(pi, "bcm2837-rpi-3-b.dtb"),
        "-append",
        "console=tty1 a=b",
      ],
    ]);
    onTestFinished(() => board.stop());
    await board.waitFor("hello from zero-client: console=tty1 a=b\n", 10_000);
  });
});
