// The catalogue of boards: what U-Boot's stock configuration of each is like. Data from U-Boot's
// source tree, not read off hardware; a maker's own build may differ.
import { distance } from "fastest-levenshtein";
import { allwinner } from "./allwinner.js";
import { amlogic } from "./amlogic.js";
import type { Board } from "./board.js";
import { nxp } from "./nxp.js";
import { qemu } from "./qemu.js";
import { raspberryPi } from "./raspberry-pi.js";
import { riscv } from "./riscv.js";
import { rockchip } from "./rockchip.js";
import { stm32 } from "./stm32.js";
import { tegra } from "./tegra.js";
import { ti } from "./ti.js";
import { xilinx } from "./xilinx.js";

export * from "./board.js";
export {
  commandOption,
  commandState,
  disabledCommands,
  isOwnCommand,
  ownCommands,
  releaseHas,
  surveyed,
  vendorOf,
} from "./commands.js";
export { defaultEnvironment } from "./environment.js";
export { freeMemory } from "./memory.js";
export * from "./pi-bootloader.js";
export * from "./pi-config.js";
export * from "./pi-filters.js";

/** All boards, by family. */
export const boards: readonly Board[] = [
  ...raspberryPi,
  ...qemu,
  ...ti,
  ...allwinner,
  ...rockchip,
  ...nxp,
  ...stm32,
  ...xilinx,
  ...amlogic,
  ...tegra,
  ...riscv,
];

const byId: ReadonlyMap<string, Board> = new Map(boards.map((board) => [board.id, board]));

/** The board of exactly this name. */
export const findBoard = (id: string): Board | undefined => byId.get(id);

/**
 * The names somebody who wrote `id` may have meant, the likeliest first, at most `limit`: those
 * that differ in a few characters, and those whose title contains it.
 */
export function nearestBoards(id: string, limit = 3): string[] {
  const wanted = plain(id);
  const far = Math.max(2, Math.ceil(wanted.length / 2));
  return boards
    .map((board) => ({ id: board.id, score: score(wanted, board) }))
    .filter(({ score }) => score <= far)
    .sort((a, b) => a.score - b.score)
    .slice(0, limit)
    .map((board) => board.id);
}

/** People mix up case and `_-.` more than anything else. */
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

function score(wanted: string, board: Board): number {
  const apart = distance(wanted, plain(board.id));
  const named = wanted.length > 2 && plain(board.id + board.title).includes(wanted);
  return named ? Math.min(0.5, apart) : apart;
}
