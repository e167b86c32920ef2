// The virtual board beside real U-Boot: one long script, run by both in the same world, must print
// the same. Rates, times and what depends on them are made alike before.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { simulate } from "../../../src/simulator/index.js";
import { alike } from "../../simulator/alike.js";
import {
  content,
  debian,
  files,
  lease,
  scriptImage,
  served,
  world,
} from "../../simulator/worlds.js";
import { haveLab, Lab } from "../e2e/lab.js";
import { rows } from "./rows.js";

const environment = {
  ...{ bootdelay: "-1", ethaddr: "52:54:00:00:00:01", "serial#": "00000000aabbccdd" },
  ...{ tftptimeout: "1000", tftptimeoutcountmax: "1" },
};

const script = rows
  .map((text, index) => `echo "== ${index}"\n${text}\necho "status $?"\n`)
  .join("");

/** What each row printed. */
function parts(console: string): string[] {
  const found = alike(console).split(/^== \d+\n/m);
  return found.slice(1);
}

describe.runIf(haveLab())("the virtual board beside U-Boot", { timeout: 600_000 }, () => {
  it("prints the same", async () => {
    const lab = await Lab.open();
    const [sdcard, tftp] = [lab.directory("sdcard"), lab.directory("tftp")];
    for (const [directory, all] of [
      [sdcard, { ...files, "rows.scr": scriptImage(script) }],
      [tftp, { ...files, ...served }],
    ] as const) {
      for (const [name, each] of Object.entries(all)) {
        mkdirSync(join(directory, name, ".."), { recursive: true });
        const whole = typeof each === "string" ? content(each) : each;
        writeFileSync(join(directory, name), whole.read(0, whole.size));
      }
    }
    await lab.dhcp({ hosts: { [environment.ethaddr]: lease.address } });
    await lab.tftp(tftp);
    const board = await lab.board({ sdcard, environment });
    await board.waitFor("=> ", 30_000);
    board.type("load virtio 0:1 44000000 rows.scr; source 44000000; echo THE END\r");
    await board.waitFor("echo THE END\n", 5000);
    const dump = process.env.UBOOTC_DUMP;
    // From the first character only: from each of them it would take minutes.
    const real = await board.waitFor(/(?<![\s\S])[\s\S]*^THE END$/m, 150_000).catch((error) => {
      if (dump) writeFileSync(dump, board.output);
      throw error;
    });
    if (dump) writeFileSync(dump, real);
    const { console } = simulate(
      { image: scriptImage(script) },
      {
        ...debian,
        world: world({
          tftp: { ...files, ...served },
          card: { ...files, "rows.scr": scriptImage(script) },
          environment: { ...environment, ethact: "virtio-net#32" },
        }),
      },
    );
    if (dump) writeFileSync(`${dump}.simulated`, console);
    const [simulated, seen] = [parts(console), parts(real.replace(/^THE END$/m, ""))];
    const different = rows
      .map((row, index) => ({ row, real: seen[index], simulated: simulated[index] }))
      .filter((each) => each.real !== each.simulated);
    expect(different).toEqual([]);
  });
});
