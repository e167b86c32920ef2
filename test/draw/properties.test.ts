// What holds of every axis and of everything that is put into lanes.
import fc from "fast-check";
import { expect, it } from "vitest";
import { axisOf } from "../../src/draw/axis.js";
import { inLanes } from "../../src/draw/lanes.js";
import { overlap } from "../../src/memory/index.js";

const MEMORY = 0x40000000;
const region = fc
  .tuple(fc.nat(MEMORY - 1), fc.integer({ min: 1, max: MEMORY }))
  .map(([start, size]) => ({ start, size: Math.min(size, MEMORY - start) }));
const regions = fc.array(region, { maxLength: 12 });

it("an axis goes on and on, a line of text at least, and is true where it is not broken", () => {
  fc.assert(
    fc.property(regions, regions, (items, reserved) => {
      const { stretches, height, y } = axisOf(items, reserved, { start: 0, size: MEMORY });
      let end = 0;
      let bottom = 0;
      for (const each of stretches) {
        expect([each.start, each.y]).toEqual([end, bottom]);
        expect(each.height).toBeGreaterThanOrEqual(21);
        if (items.some((item) => overlap(item, each))) expect(each.broken).toBe(false);
        end += each.size;
        bottom += each.height;
      }
      expect([end, bottom]).toEqual([MEMORY, height]);
      for (const { start, size } of items) expect(y(start)).toBeLessThan(y(start + size));
    }),
  );
});

it("what is in one lane does not meet, and lanes are as many as meet", () => {
  fc.assert(
    fc.property(regions, (items) => {
      const reach = ({ start, size }: { start: number; size: number }) => ({
        from: start,
        to: start + size,
      });
      const placed = inLanes(items, reach);
      for (const [index, a] of placed.entries()) {
        expect(a.lane).toBeLessThan(a.lanes);
        for (const b of placed.slice(index + 1)) {
          if (!overlap(a.item, b.item)) continue;
          expect(a.lane).not.toBe(b.lane);
          expect(a.lanes).toBe(b.lanes);
        }
      }
    }),
  );
});
