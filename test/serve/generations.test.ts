// Which build a board gets while builds come and go, by a clock that is set by hand.
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/image/index.js";
import { Generations } from "../../src/serve/generations.js";
import type { Served } from "../../src/serve/served.js";
import type { Snapshot } from "../../src/serve/snapshot.js";

const MINUTE = 60_000;

/** A snapshot with a script of each board, and files that say which build they are of. */
function build(generation: number, ...more: string[]): Snapshot & { closed: boolean } {
  const names = ["boot.scr", "linux", "dtb", ...more];
  const find = (name: string): Served | undefined => {
    if (!names.includes(name)) return undefined;
    const content = contentOf(Buffer.from(`${name} ${generation}`));
    const begins = name.endsWith(".scr");
    return { name, content, begins, kind: begins ? "script" : "file", ways: [] };
  };
  const snapshot = {
    ...{ generation, names, find, held: new Map(), closed: false },
    ...{
      nearest: () => undefined,
      identity: () => ({}),
      clientAt: () => undefined,
      clientWith: () => undefined,
    },
    close() {
      if (snapshot.closed) throw new Error("closed twice");
      snapshot.closed = true;
    },
  };
  return snapshot;
}

function start() {
  let now = 0;
  const first = build(1);
  const generations = new Generations(first, () => now);
  const open = (name: string, address = "a") => {
    const file = generations.open(name, address);
    if (typeof file === "string") throw new Error(file);
    return file;
  };
  const get = (name: string, address = "a") => {
    const file = open(name, address);
    file.close();
    return Buffer.from(file.content.read(0, file.content.size)).toString();
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { first, generations, open, get, pass };
}

describe("a board", () => {
  it("stays with the build its boot began with", () => {
    const { generations, get } = start();
    expect(get("boot.scr")).toBe("boot.scr 1");
    generations.replace(build(2));
    expect(get("/linux")).toBe("linux 1");
    expect(get("linux", "b")).toBe("linux 2");
    expect(get("boot.scr")).toBe("boot.scr 2");
    expect(get("dtb")).toBe("dtb 2");
  });

  it("gets the newest after a long silence", () => {
    const { generations, get, pass } = start();
    get("linux");
    generations.replace(build(2));
    pass(4 * MINUTE);
    expect(get("linux")).toBe("linux 1");
    pass(5 * MINUTE);
    expect(get("linux")).toBe("linux 2");
  });

  it("may ask for what only the newest has, and stays where it is", () => {
    const { generations, get } = start();
    get("boot.scr");
    generations.replace(build(2, "extra"));
    expect(get("extra")).toBe("extra 2");
    expect(get("linux")).toBe("linux 1");
  });

  it("gets nothing for a name that no build has", () => {
    const { generations } = start();
    expect(generations.open("none", "a")).toBe("not found");
    expect(generations.open("../linux", "a")).toBe("not found");
  });
});

describe("a build is closed", () => {
  it("at once when nobody uses it", () => {
    const { first, generations } = start();
    generations.replace(build(2));
    expect(first.closed).toBe(true);
  });

  it("when its last board begins again", () => {
    const { first, generations, get } = start();
    get("boot.scr", "a");
    get("boot.scr", "b");
    generations.replace(build(2));
    get("boot.scr", "a");
    expect(first.closed).toBe(false);
    get("boot.scr", "b");
    expect(first.closed).toBe(true);
  });

  it("when its last transfer ends", () => {
    const { first, generations, open, get, pass } = start();
    const transfer = open("linux");
    generations.replace(build(2));
    get("boot.scr");
    pass(10 * MINUTE);
    get("boot.scr", "b");
    expect(first.closed).toBe(false);
    transfer.close();
    transfer.close();
    expect(first.closed).toBe(true);
  });

  it("when there are too many: its boards get the newest", () => {
    const { first, generations, get } = start();
    get("boot.scr", "old");
    for (let generation = 2; generation < 20; generation++) {
      generations.replace(build(generation));
      get("boot.scr", `board ${generation}`);
    }
    expect(first.closed).toBe(true);
    expect(generations.count).toBeLessThanOrEqual(9);
    expect(get("linux", "old")).toBe("linux 19");
  });
});

it("never forgets to close one, whatever happens", () => {
  const { first, generations, open, pass } = start();
  const builds = [first];
  const transfers: { close(): void }[] = [];
  let state = 1;
  const random = (below: number) => {
    state = (state * 48271) % 0x7fffffff;
    return state % below;
  };
  for (let step = 0; step < 5000; step++) {
    const name = ["boot.scr", "linux", "dtb"][random(3)] ?? "dtb";
    if (random(10) > 0) transfers.push(open(name, `board ${random(12_000)}`));
    else {
      const next = build(builds.length + 1);
      builds.push(next);
      generations.replace(next);
    }
    if (random(3) > 0) transfers.splice(random(transfers.length), 1)[0]?.close();
    pass(random(1000));
  }
  for (const transfer of transfers) transfer.close();
  pass(10 * MINUTE);
  open("boot.scr", "last").close();
  expect(builds.filter(({ closed }) => !closed)).toEqual([builds.at(-1)]);
  expect(generations.count).toBe(1);
});
