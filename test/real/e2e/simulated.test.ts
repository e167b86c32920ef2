// The same faults on real U-Boot and on the virtual board: both say that the same steps failed, and
// both end with the same kernel or at the prompt.
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseFault } from "../../../src/language/index.js";
import { readFault } from "../../../src/program/index.js";
import { bootDesk, verdictOf } from "../../../src/trial/index.js";
import { bench, deskOf, example } from "../../trial/flows.js";
import { exampleFlow, writeFlow } from "./flows.js";
import { haveLab, Lab } from "./lab.js";

/** A board that waits for nobody and gives up on a server soon. */
const environment: Readonly<Record<string, string>> = {
  ...{ "serial#": "0000000012345678", ethaddr: "52:54:00:00:00:01" },
  ...{ bootdelay: "0", tftptimeout: "1000", tftptimeoutcountmax: "1", boot_targets: "virtio0" },
};

const script = "netboot-0000000012345678.scr";
type Spoil = (file: string) => void;
const remove: Spoil = (file) => rmSync(file);
const corrupt: Spoil = (file) => {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(100) ^ 0xff, 100);
  writeFileSync(file, bytes);
};

/** A fault, and what is done to a file of the real server for it. */
const faults: readonly (readonly [faults: readonly string[], file?: string, spoil?: Spoil])[] = [
  [[]],
  [["tftp netboot not-found"], script, remove],
  [["tftp netboot corrupt after 100"], script, corrupt],
  [["tftp netboot short after 0"], script, (file) => truncateSync(file)],
  [["tftp netboot short after 200"], script, (file) => truncateSync(file, 200)],
  [["tftp linux not-found"], "linux.uImage", remove],
  [["tftp linux corrupt after 100"], "linux.uImage", corrupt],
  [["tftp linux short after 200"], "linux.uImage", (file) => truncateSync(file, 200)],
  [["environment serial# unset", "tftp fallback not-found"], "fallback.scr", remove],
  [["environment serial# unset", "tftp rescue corrupt after 100"], "rescue.uImage", corrupt],
  [["server 192.168.0.250 timeout"]],
];

/** What the scripts said of their failures, in order. */
const failuresIn = (console: string) =>
  console.split(/\r?\n/).filter((line) => /^[\w-]+(?: failed)?: .*\.boot:\d+/.test(line));

/** How the virtual board goes, and how it ends in the words of the stand-in kernels. */
function simulated(texts: readonly string[]) {
  const path = example("zero-client-qemu").replace("zero-client-qemu.boot", "zero-client.boot");
  const built = bench(path, exampleFlow());
  const given = texts.map((text) => {
    const { fault } = parseFault({ name: "--fault", text });
    const read =
      fault &&
      readFault(fault, {
        program: built.program,
        scope: { parameters: new Map() },
        report: () => {},
      });
    if (!read) throw new Error(`no fault: ${text}`);
    return read;
  });
  const boot = bootDesk(deskOf(built, "bench-1"), {
    ...{ faults: given, environment, release: "2023.01" },
  });
  const { text } = verdictOf(boot);
  const end = text.startsWith("boots linux")
    ? "hello from zero-client-qemu"
    : text.startsWith("boots rescue")
      ? "hello from fallback"
      : "=> ";
  return { end, failures: failuresIn(boot.console) };
}

describe.runIf(haveLab())("a fault", { timeout: 360_000 }, () => {
  it.each(faults.map((row) => [row[0].join(" and ") || "nothing wrong", row] as const))(
    "%s",
    async (_, [texts, file, spoil]) => {
      const { end, failures } = simulated(texts);
      const lab = await Lab.open();
      const { sdcard, tftp } = writeFlow(lab.directory("flow"), exampleFlow());
      await lab.dhcp();
      if (file !== undefined) spoil?.(join(tftp, file));
      if (!texts.some((each) => each.startsWith("server"))) await lab.tftp(tftp);
      const { "serial#": serial = "", ...rest } = environment;
      const without = texts.includes("environment serial# unset");
      const console = await lab.board({
        sdcard,
        environment: without ? rest : { "serial#": serial, ...rest },
      });
      await console.waitFor(/hello from [\w-]+: |=> /, 60_000);
      expect(console.output).toContain(end);
      expect(failuresIn(console.output)).toEqual(failures);
    },
  );
});

it("is tried with the example that people start with", () => {
  expect(readFileSync(example("zero-client-qemu"), "utf8")).toContain("chain fallback");
});
