// What a DHCP server stands: callbacks that throw. Each costs a datagram, and the next is answered.
import { afterEach, expect, it, vi } from "vitest";
import { SafetyNet } from "../../src/ground/index.js";
import { answeredAfter } from "./answered.js";

afterEach(() => void vi.restoreAllMocks());

it("callbacks that throw", async () => {
  const thrown = new Set<string>();
  const really = SafetyNet.prototype.run;
  vi.spyOn(SafetyNet.prototype, "run").mockImplementation(function (this: SafetyNet, place, what) {
    return really.call(this, place, () => {
      if (thrown.has(place)) return what();
      thrown.add(place);
      throw new Error(`sabotage in ${place}`);
    });
  });
  const events = await answeredAfter("served", () => {});
  expect([...thrown]).toEqual(expect.arrayContaining(["dhcp report", "dhcp datagram"]));
  const told = events.flatMap((event) => (event.type === "mishap" ? event.place : []));
  expect(told).toEqual(expect.arrayContaining(["dhcp report", "dhcp datagram"]));
});
