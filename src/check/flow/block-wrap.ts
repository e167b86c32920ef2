// A file for a client whose block number does not begin again at 0 after 65535. U-Boot's own does;
// the firmware of a Raspberry Pi does not, and it fetches what stands `on tftp` and no script loads.
// Sources: raspberrypi/rpi-eeprom#720 and the release notes of the EEPROM.
import type { Board } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";

const LAST_BLOCK = 65535;

interface Reader {
  readonly compatible: readonly string[];
  readonly who: string;
  /** Bytes of a block. */
  readonly blksize: number;
}

const readers: readonly Reader[] = [
  {
    compatible: ["brcm,bcm2837"],
    who: "the boot ROM and the bootcode.bin of a Raspberry Pi 3",
    blksize: 512,
  },
  {
    compatible: ["brcm,bcm2711", "brcm,bcm2712"],
    who: "the EEPROM of a Raspberry Pi from before 2025-09-23",
    blksize: 1468,
  },
];

export const blockWrap: FlowCheck = ({ program, analyses }, report) => {
  const loaded = new Set(analyses.flatMap(({ uses }) => uses.map((use) => use.provision)));
  for (const provision of program.provisions.values()) {
    const { name, input, place, span } = provision;
    if (!input || place !== "tftp" || loaded.has(provision)) continue;
    const { size } = input.content;
    const reader = readersOf(program.board).find(({ blksize }) => size / blksize > LAST_BLOCK);
    if (!reader) continue;
    const { who, blksize } = reader;
    const data = { name, size, blksize, blocks: Math.floor(size / blksize) + 1, who };
    report(diagnose("block-wrap", data, span));
  }
};

function readersOf({ compatible }: Board): readonly Reader[] {
  return readers.filter((each) => each.compatible.some((soc) => compatible.includes(soc)));
}
