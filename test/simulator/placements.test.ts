// The placements that real U-Boot was asked about (../real/e2e/placements.test.ts): the virtual board comes
// to the same verdict about each, whatever the checks say of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bytesOf, contentOf } from "../../src/image/index.js";
import { simulate, type World } from "../../src/simulator/index.js";
import { some } from "../tools/runs.js";
import { bootFiles } from "./boot-files.js";
import { compileUnchecked, flowOf, rows, writeInputs } from "./placement-rows.js";
import { debian } from "./worlds.js";

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "ubootc-placements-"));
  writeInputs(place);
  writeFileSync(join(place, "virt.dtb"), bytesOf(bootFiles()["virt.dtb"] ?? contentOf(nothing)));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const nothing = new Uint8Array(0);
const memory = { ...debian.board.memory, size: 0x40000000 };
const board = { ...debian.board, memory };

/** Whether kernel, tree and initrd arrive whole. */
function boots(): boolean {
  const card = (name: string) => {
    try {
      return contentOf(readFileSync(join(place, "sdcard", name)));
    } catch {
      return undefined;
    }
  };
  const partition = { type: "fat", bootable: true, read: card };
  const world: World = {
    devices: new Map([["virtio 0", { partitions: new Map([[1, partition]]) }]]),
    environment: {},
  };
  const image = card("boot.scr");
  if (!image) throw new Error("no script");
  const { ending } = simulate({ image }, { ...debian, board, world });
  if (ending.kind !== "booted") return false;
  const handed = [ending.kernel, ending.dtb, ending.initrd];
  return handed.every((each) => each !== undefined && each.wrong === undefined);
}

it.each(some(rows))("$name", (row) => {
  const errors = compileUnchecked(place, flowOf(row));
  expect(boots()).toBe(errors.length === 0 || row.survives !== undefined);
});
