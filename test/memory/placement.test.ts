// Placement, as properties: what the compiler places never overlaps, whatever the sizes and the
// board; and what the checks refuse has a byte that two things want.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boards } from "../../src/boards/index.js";
import { checkPlan } from "../../src/check/index.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import type { Files } from "../../src/files/index.js";
import type { Content } from "../../src/image/index.js";
import { type Moment, overlap, planOf } from "../../src/memory/index.js";
import { resolve } from "../../src/program/index.js";
import { readScripts } from "../../src/steps/index.js";
import { runs } from "../tools/runs.js";

/** So many bytes: a kernel's header for its board, then zeros. */
function made(size: number, header: (view: DataView) => void): Content {
  const start = new Uint8Array(64);
  header(new DataView(start.buffer));
  return {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(size, offset + length) - offset));
      if (offset < 64) bytes.set(start.subarray(offset, Math.min(64, offset + bytes.length)));
      return bytes;
    },
  };
}

const arm64 = (size: number, textOffset: number) => (view: DataView) => {
  view.setBigUint64(8, BigInt(textOffset), true);
  view.setBigUint64(16, BigInt(size), true);
  view.setBigUint64(24, 0xan, true);
  view.setUint32(56, 0x644d5241, true);
};
const zimage = (view: DataView) => view.setUint32(0x24, 0x016f2818, true);

interface Case {
  readonly board: string;
  readonly wrapped: boolean;
  readonly sizes: {
    readonly kernel: number;
    readonly bss: number;
    readonly dtb: number;
    readonly initrd: number;
  };
  readonly textOffset: number;
  /** All of it in a FIT: `load` copies the kernel, `noload` starts it where it lies. */
  readonly fit?: "load" | "noload";
  readonly to?: Readonly<Record<string, number>>;
}

/** Plans a script that loads and boots what `each` describes. */
function plan(each: Case) {
  const { board, wrapped, sizes, to = {} } = each;
  const arch = boards.find(({ id }) => id === board)?.arch;
  const header = arch === "arm64" ? arm64(sizes.kernel + sizes.bss, each.textOffset) : zimage;
  const contents = new Map([
    ["kernel", made(sizes.kernel, header)],
    ["dtb", made(sizes.dtb, () => {})],
    ["initrd", made(sizes.initrd, () => {})],
  ]);
  const loads = Object.entries(to).map(([name, at]) => `  load ${name} to 0x${at.toString(16)}\n`);
  const flow = `board ${board}
server 10.0.0.1
kernel kernel from "kernel" ${wrapped ? "as uimage" : ""}
dtb dtb from "dtb"
initrd initrd from "initrd"
${each.fit ? `fit os { dtb dtb  initrd initrd  kernel kernel ${each.fit === "load" ? "" : each.fit} }` : ""}
script boot on sdcard "boot.scr" {
${loads.join("")}  ${each.fit ? "boot os" : "boot kernel with dtb, initrd"}
}
`;
  const text = new TextEncoder().encode(flow);
  const files: Files = {
    open: (path) =>
      contents.get(path) ?? { size: text.length, read: (at, n) => text.subarray(at, at + n) },
  };
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const { program, diagnostics: found } = resolve("case.boot", { files });
  if (!program || found.length > 0) throw new Error(found.map(({ message }) => message).join("\n"));
  const planned = planOf(readScripts(program, report), report);
  const fits = diagnostics.length === 0;
  if (fits) checkPlan(planned, report);
  return { moments: planned.analyses.flatMap(({ moments }) => moments), diagnostics, fits };
}

/** Everything that is in memory, or written, when the kernel is started. */
function regionsOf({ after, loads, start }: Moment) {
  const files = new Set([...after.values(), ...loads]);
  const { landing, kernel, unpack } = start ?? {};
  return [
    ...[...files].map((file) => ({ ...file, name: file.provision.name })),
    ...(unpack ? [{ ...unpack, name: "unpacking" }] : []),
    ...(landing && !landing.inPlace
      ? landing.writes.map((region) => ({ ...region, name: "unpacked" }))
      : []),
    ...(landing?.inPlace && !landing.late && kernel
      ? landing.writes.map((region) => ({ ...region, name: "kernel" }))
      : []),
  ];
}

const MiB = 0x100000;
const usable = boards.filter(({ arch }) => arch === "arm64" || arch === "arm").map(({ id }) => id);
const cases = fc.record({
  board: fc.constantFrom(...usable),
  wrapped: fc.boolean(),
  sizes: fc.record({
    kernel: fc.integer({ min: 64, max: 60 * MiB }),
    bss: fc.integer({ min: 0, max: 8 * MiB }),
    dtb: fc.integer({ min: 64, max: MiB }),
    initrd: fc.integer({ min: 64, max: 80 * MiB }),
  }),
  textOffset: fc.constantFrom(0, 0x80000),
});

describe("what is placed here", () => {
  it("never overlaps in a FIT either, nor what comes out of it", () => {
    const inFits = fc.tuple(cases, fc.constantFrom("load" as const, "noload" as const));
    fc.assert(
      fc.property(inFits, ([each, fit]) => {
        const { moments, fits, diagnostics } = plan({ ...each, fit, wrapped: false });
        fc.pre(fits);
        const memory = /overlap|overwrites|outside|reserved/;
        expect(diagnostics.filter(({ code }) => memory.test(code))).toEqual([]);
        for (const { start } of moments) {
          if (!start) continue;
          const { kernel, landing, dtb, initrd } = start;
          const written = [...landing.writes, ...(dtb ? [dtb] : [])];
          const kept = fit === "load" ? [kernel] : initrd ? [initrd] : [];
          for (const a of written) for (const b of kept) expect(overlap(a, b)).toBe(false);
          for (const a of landing.writes) if (dtb) expect(overlap(a, dtb)).toBe(false);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it("never overlaps, on any board, for any sizes", () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { moments, fits } = plan(each);
        fc.pre(fits);
        for (const moment of moments) {
          const regions = regionsOf(moment);
          for (const [index, a] of regions.entries()) {
            for (const b of regions.slice(index + 1)) {
              if (a.name !== b.name && !bothUnpacked(a.name, b.name)) {
                expect(overlap(a, b), `${a.name} and ${b.name}`).toBe(false);
              }
            }
          }
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it("has nothing that the memory checks object to", () => {
    const memory = /overlap|overwrites|outside|reserved/;
    fc.assert(
      fc.property(cases, (each) => {
        const { diagnostics, fits } = plan(each);
        fc.pre(fits);
        expect(diagnostics.filter(({ code }) => memory.test(code))).toEqual([]);
      }),
      { numRuns: runs(400) },
    );
  });
});

/** A kernel moves from where it is unpacked to where it runs: those two may overlap. */
const bothUnpacked = (a: string, b: string) =>
  [a, b].every((name) => name === "unpacked" || name === "kernel");

describe("what is refused", () => {
  it("has a byte that two things want", () => {
    const address = fc.integer({ min: 0, max: 0x4000 }).map((page) => 0x40000000 + page * 0x8000);
    const fixed = fc.record({ kernel: address, dtb: address, initrd: address });
    fc.assert(
      fc.property(cases, fixed, (each, to) => {
        const { diagnostics } = plan({ ...each, board: "qemu_arm64", to });
        for (const { code, message, labels } of diagnostics) {
          if (!/overlap|overwrites/.test(code)) continue;
          const text = [message, ...labels.map((label) => label.text)].join(" ");
          const ranges = [...text.matchAll(/(0x[0-9a-f]+)\.\.(0x[0-9a-f]+)/g)].map(
            ([, start, end]) => ({ start: Number(start), size: Number(end) - Number(start) }),
          );
          const [a, b] = [ranges[0], ranges.at(-1)];
          expect(a && b && overlap(a, b), text).toBe(true);
        }
      }),
      { numRuns: runs(400) },
    );
  });
});
