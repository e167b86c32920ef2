// Lines for boards that the flow does not have: a filter that none of them matches, or a setting that
// their models pass over. Looked at is what the flow itself says; an image's config.txt is for all.
import {
  type Board,
  configModels,
  filterModel,
  filterSerial,
  type PiModel,
} from "../../boards/index.js";
import { diagnose, type Report } from "../../diagnostics/index.js";
import type { Firmware, Program } from "../../program/index.js";
import type { FlowCheck } from "../contract.js";

export const configIdle: FlowCheck = ({ program }, report) => {
  for (const firmware of program.firmware) look(firmware, program, report);
};

function look(firmware: Firmware, program: Program, report: Report): void {
  const boards = boardsOf(firmware, program);
  const all = modelsOf(boards);
  if (!all) return;
  const names = boards.map(({ id }) => id);
  let reached = all;
  let isIdle = false;
  for (const { filter, key = "", span } of firmware.config) {
    if (filter !== undefined) {
      reached = reach(filter, all, reached);
      isIdle = reached.size === 0 || isNobody(filter, program);
      if (isIdle) report(diagnose("config-idle", { name: `[${filter}]`, boards: names }, span));
      continue;
    }
    const models = configModels.get(key);
    if (isIdle || !models || models.some((each) => reached.has(each))) continue;
    report(diagnose("config-idle", { name: key, boards: names, models }, span));
  }
}

function boardsOf({ forEachClient }: Firmware, { board, clients }: Program): readonly Board[] {
  const given = clients.map((client) => client.board);
  return [...new Set(forEachClient ? given : [board, ...given])];
}

/** The generations that are among `boards`; undefined where not all are Raspberry Pis. */
function modelsOf(boards: readonly Board[]): ReadonlySet<PiModel> | undefined {
  const models = boards.map(({ piModels = [] }) => piModels);
  const isKnown = models.length > 0 && models.every((each) => each.length > 0);
  return isKnown ? new Set(models.flat()) : undefined;
}

/** Which of `all` the lines after `filter` are for; a filter of another kind changes nothing. */
function reach(
  filter: string,
  all: ReadonlySet<PiModel>,
  before: ReadonlySet<PiModel>,
): ReadonlySet<PiModel> {
  if (/^all$/i.test(filter)) return all;
  const model = filterModel(filter);
  if (model === undefined) return before;
  return new Set(all.has(model) ? [model] : []);
}

/** Whether `filter` is for the serial number of a board that is no client of the flow. */
function isNobody(filter: string, { clients }: Program): boolean {
  const digits = filterSerial(filter);
  const serials = clients.flatMap(({ values }) => values.get("serial")?.text.toLowerCase() ?? []);
  if (digits === undefined || serials.length === 0) return false;
  const wanted = digits.padStart(8, "0");
  return !serials.some((serial) => serial.endsWith(wanted));
}
