// FITs on the virtual board, as the tests of a flow see them: what is in a FIT has the names of the flow,
// what is not whole or not signed is refused, and no fault makes it boot something else.
import { describe, expect, it } from "vitest";
import { bytesOf, contentOf, readFit } from "../../src/image/index.js";
import {
  allFaults,
  type Bench,
  bootDesk,
  type Desk,
  isBad,
  runTest,
  verdictOf,
} from "../../src/trial/index.js";
import { bench, deskOf } from "./flows.js";

const flow = (board: string, more = "") => `board qemu_arm64 ${board}
server 192.168.0.250
${more}
kernel linux from "Image.gz"
dtb tree from "labelled.dtb"
overlay spi from "spi.dtbo"
initrd ram from "initrd.gz"
fit os { kernel linux  dtb tree  initrd ram  config "plain" { }  config "wired" { overlay spi }  external }
script boot on sdcard "boot.scr" as fit {
  dhcp
  try { chain netboot } else { fail "nothing was started" }
}
script netboot on tftp "netboot.scr" as fit {
  bootargs "from the FIT"
  boot os config "wired"
}
test "boots" {
  expect boot linux with tree, ram, spi from tftp
  expect bootargs exactly "from the FIT"
}
test "not what is not whole" {
  fault tftp os corrupt
  expect fail "nothing was started"
  expect no console "Starting kernel"
}
test "nor half of it" {
  fault tftp os short
  expect fail "nothing was started"
}
test "nor a script that is not whole" {
  fault tftp netboot corrupt
  expect console "is damaged"
  expect fail "nothing was started"
}
`;

const overlays = '{ commands "fdt apply" }';
const keyed = '{ verified_boot yes  commands "fdt apply" }';

describe.each([
  ["with hashes", overlays, ""],
  ["signed", keyed, 'sign "dev.pem"'],
])("a FIT %s", (_, board, sign) => {
  const built = bench("flow.boot", flow(board, sign));

  it("does as the tests of the flow expect", () => {
    const results = built.program.tests.map((test) => runTest(built, test));
    expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  });

  it("has the names of the flow, and no fault boots what is not whole", () => {
    const survey = allFaults(deskOf(built));
    expect(survey.rows.filter(isBad)).toEqual([]);
    expect(verdictOf(bootDesk(deskOf(built))).text).toBe("boots linux with tree with spi, ram");
  });

  it("is not started when a byte of any image in it is another", () => {
    const { desk, at } = spoiling(built);
    for (const name of ["linux", "tree", "ram", "spi"]) {
      const boot = bootDesk(desk(at(name)));
      expect(boot.console, name).toContain(`'${name}' image node`);
      expect(verdictOf(boot).text, name).toContain("nothing was started");
    }
  });
});

describe("a board with the flow's key", () => {
  it("looks at signatures with the words of U-Boot", () => {
    const built = bench("flow.boot", flow(keyed, 'sign "dev.pem"'));
    expect(bootDesk(deskOf(built)).console).toContain(
      "   Using 'wired' configuration\n   Verifying Hash Integrity ... sha256,rsa2048:dev+ OK\n",
    );
    // In the description of the kernel: no hash is about it.
    const { desk, text } = spoiling(built);
    const other = bootDesk(desk(text.indexOf("linux", text.indexOf("linux") + 1)));
    expect(other.console).toContain(
      "Verifying Hash Integrity ... sha256,rsa2048:dev-  error!\n" +
        "Verification failed for '<NULL>' hash node in 'wired' config node\n" +
        "Failed to verify required signature 'key-dev'\nBad Data Hash\n",
    );
    expect(verdictOf(other).text).toContain("nothing was started");
  });

  it("starts nothing that is not signed", () => {
    const signed = deskOf(bench("flow.boot", flow(keyed, 'sign "dev.pem"')));
    const unsigned = deskOf(
      bench("flow.boot", flow('{ fit_signature yes  commands "fdt apply" }')),
    );
    const { control } = signed.world;
    if (!control) throw new Error("the board has no key");
    const board = { ...unsigned, world: { ...unsigned.world, control }, found: false };
    const { console } = bootDesk(board);
    expect(console).toContain("No 'signature' subnode found for '<NULL>' hash node in");
    expect(console).not.toContain("Starting kernel");
  });
});

/** The FIT of `built`, and the desk where one byte of it is another. */
function spoiling(built: Bench) {
  const desk = deskOf(built);
  const { lan } = desk.world;
  const answer = lan?.fetch("tftp", "192.168.0.250", "os.itb");
  if (!lan || answer?.kind !== "file") throw new Error("no FIT is served");
  const whole = Buffer.from(bytesOf(answer.content));
  const spoilt = (at: number): Desk => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x20, at);
    const fetch: typeof lan.fetch = (protocol, server, name) => {
      const given = lan.fetch(protocol, server, name);
      return name === "os.itb" ? { kind: "file", content: contentOf(bytes) } : given;
    };
    return { ...desk, world: { ...desk.world, lan: { ...lan, fetch } } };
  };
  const { images } = readFit(contentOf(whole));
  const at = (name: string) => {
    const data = images.find((image) => image.name === name)?.data;
    return whole.indexOf(bytesOf(data ?? contentOf(new Uint8Array(0)))) + 40;
  };
  return { desk: spoilt, at, text: whole };
}
