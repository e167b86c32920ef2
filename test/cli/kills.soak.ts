// Five hundred kills, half of them before a rename, the others before any call that changes something.
import { expect, it } from "vitest";
import { ALL_CALLS, Killing, killAll, RENAMES } from "./kills.js";

const KILLS = 500;

it("0 of 500 killed builds are mixed", async () => {
  const killing = new Killing();
  await killing.prepare(5);
  const most = (await killing.build("one", [], 0)) ?? 0;
  const renames = (await killing.build("other", RENAMES, 0)) ?? 0;
  const places = Array.from({ length: KILLS }, (_, n) => {
    const [calls, count] = n % 2 === 0 ? [RENAMES, renames] : [ALL_CALLS, most];
    return [calls, 1 + (Math.floor(n / 2) % count)] as const;
  });
  const { kills, mixed, plainlyMixed } = await killAll(killing, places);
  console.log(`${kills} kills: ${mixed} mixed; ${plainlyMixed} to programs that know no journal`);
  expect(kills).toBeGreaterThan(KILLS / 2);
  expect(mixed).toBe(0);
  await killing.build("one", [], 0);
  expect(killing.plainly).toBe("one");
  expect(killing.leftovers).toEqual([]);
});
