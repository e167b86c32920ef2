// What is simulated: a client of a flow, or a script with a board, a folder for the servers and
// others for the devices.

import { statSync } from "node:fs";
import { join } from "node:path";
import { type Board, findBoard, nearestBoards } from "../../boards/index.js";
import { compile } from "../../compile.js";
import { nearest, type Report } from "../../diagnostics/index.js";
import { type DiskFiles, isProblem, LARGEST, tooLarge } from "../../files/index.js";
import { fileName } from "../../ground/index.js";
import { bytesOf, type Content, contentOf, identify } from "../../image/index.js";
import { parseFault } from "../../language/index.js";
import {
  type Client,
  type Fault,
  type Program,
  readFault,
  type Script,
  startOf,
} from "../../program/index.js";
import {
  alike,
  Bench,
  clientNames,
  type Desk,
  type Folder,
  type LooseParts,
  looseDesk,
  withDevices,
} from "../../trial/index.js";
import { chosenClient } from "../choose-client.js";
import { finish } from "../finish.js";
import { keyMeans } from "../keys/key-means.js";
import { reportAll, reportErrors } from "../report.js";
import type { SimulateFlags } from "./flags.js";

/** A board to switch on, what is wrong then, and whose it is. */
export interface Subject {
  readonly name: string;
  readonly desk: Desk;
  readonly faults: readonly Fault[];
}

/** Exit code of a command line that was not understood. */
const USAGE = 2;

/** What `file` and `flags` ask for; undefined when they cannot be followed, which is said. */
export function desksOf(
  file: string,
  flags: SimulateFlags,
  files: DiskFiles,
): readonly Subject[] | undefined {
  return file.endsWith(".boot") ? ofFlow(file, flags, files) : ofScript(file, flags, files);
}

function ofFlow(
  file: string,
  flags: SimulateFlags,
  files: DiskFiles,
): readonly Subject[] | undefined {
  const extra = ["board", "root"].find(
    (each) => Object.keys(flags[each as "device"] ?? {}).length > 0,
  );
  if (extra) return usage(`--${extra} is for scripts without a flow`);
  const { define: parameters, severity: severities } = flags;
  const { artifacts, plan, program, diagnostics } = compile(file, {
    files,
    parameters,
    severities,
    keys: keyMeans(flags),
  });
  reportErrors(diagnostics);
  if (!artifacts || !plan || !program) return undefined;
  const devices = devicesOf(flags, files);
  const faults = devices && faultsOf(flags, program);
  const start = faults && startScript(program, flags.start);
  if (!devices || !faults || !start) return undefined;
  const bench = new Bench(plan, artifacts);
  const all = flags.allFaults && flags.client === undefined;
  const groups = all ? alike(bench, clientsOf(program)) : chosen(program, flags.client);
  return groups?.flatMap((group) => {
    const desk = bench.desk(group[0], start);
    if (!desk) return [];
    return [{ name: clientNames(group), desk: withDevices(desk, devices), faults }];
  });
}

const clientsOf = ({ clients }: Program): readonly (Client | undefined)[] =>
  clients.length > 0 ? clients : [undefined];

function chosen(program: Program, name?: string): readonly (Client | undefined)[][] | undefined {
  const client = chosenClient("simulate", program, name);
  return client === "unknown" ? undefined : [[client]];
}

function startScript(program: Program, name: string | undefined): Script | undefined {
  if (name !== undefined) {
    const found = program.scripts.get(name);
    const close = nearest(name, program.scripts.keys());
    const hint = close ? `; did you mean ${close}?` : "";
    return found ?? usage(`no script is called ${name}${hint}`);
  }
  const [first] = program.scripts.values();
  if (!first) return refuse("the flow has no scripts");
  return startOf(program, first.span, wrongUsage);
}

function faultsOf(flags: SimulateFlags, program?: Program): readonly Fault[] | undefined {
  const faults: Fault[] = [];
  let whole = true;
  const report: Report = (diagnostic) => {
    whole = false;
    wrongUsage(diagnostic);
  };
  for (const text of flags.fault) {
    const { fault: node, diagnostics } = parseFault({ name: "--fault", text });
    diagnostics.forEach(report);
    const scope = { parameters: program?.parameters ?? new Map() };
    const fault = node && readFault(node, { scope, report, ...(program && { program }) });
    if (fault) faults.push(fault);
  }
  return whole ? faults : undefined;
}

function ofScript(
  file: string,
  flags: SimulateFlags,
  files: DiskFiles,
): readonly Subject[] | undefined {
  const other = flags.client !== undefined ? "client" : flags.start !== undefined ? "start" : "";
  if (other) return usage(`--${other} is for flows`);
  const board = boardOf(flags.board);
  const opened = board && files.open(file);
  if (!board || !opened) return undefined;
  if (isProblem(opened)) return refuse(opened.message);
  const faults = faultsOf(flags);
  if (!faults) return undefined;
  if (opened.size > LARGEST["boot script"] && !isImage(opened)) {
    return refuse(tooLarge(file, "boot script"));
  }
  const name = fileName(file);
  const devices = devicesOf(flags, files);
  if (!devices) return undefined;
  if (flags.root !== undefined && !isFolder(flags.root)) {
    return usage(`--root: ${flags.root} is not a folder`);
  }
  const desk = looseDesk({
    board,
    start: startIn(opened, name),
    served: flags.root === undefined ? () => undefined : inFolder(files, flags.root).read,
    devices,
    environment: {},
  });
  return [{ name, desk, faults }];
}

/** What `--device` says. */
function devicesOf(flags: SimulateFlags, files: DiskFiles): LooseParts["devices"] | undefined {
  const folders = Object.entries(flags.device);
  for (const [place, folder] of folders) {
    if (!isFolder(folder)) return usage(`${place}: ${folder} is not a folder`);
    if (!/^[a-z]+ \d+(?::\d+)?$/.test(place)) {
      return usage(`--device "${place}=${folder}": name a device as "mmc 0:1"`);
    }
  }
  return new Map(folders.map(([place, folder]) => [place, inFolder(files, folder)]));
}

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** An image runs as one; anything else is the text of a script. */
function startIn(content: Content, name: string): Desk["start"] {
  if (isImage(content)) return { image: content, name };
  return { text: new TextDecoder().decode(bytesOf(content)), name };
}

function isImage(content: Content): boolean {
  const { kind } = identify(content);
  return kind === "uimage" || kind === "fdt";
}

function boardOf(name: string | undefined): Board | undefined {
  if (name === undefined)
    return usage("say which board: --board rpi_3; `ubootc boards` lists them");
  const found = findBoard(name);
  const [close] = nearestBoards(name);
  return found ?? usage(`no board is called ${name}${close ? `; did you mean ${close}?` : ""}`);
}

/** Files below `folder`; names that lead out of it are not there. */
function inFolder(files: DiskFiles, folder: string): Folder {
  return {
    read(name) {
      if (name.split(/[\\/]/).includes("..")) return undefined;
      const opened = files.open(join(folder, name));
      if (!isProblem(opened)) return opened;
      return opened.code === "empty" ? contentOf(new Uint8Array(0)) : undefined;
    },
    names() {
      const names = files.list?.(folder) ?? [];
      return "code" in names ? [] : names;
    },
  };
}

const wrongUsage: Report = (diagnostic) => {
  reportAll([diagnostic]);
  process.exitCode = USAGE;
};

function refuse(problem: string): undefined {
  finish("simulate", [problem]);
}

function usage(problem: string): undefined {
  finish("simulate", [problem]);
  process.exitCode = USAGE;
}
