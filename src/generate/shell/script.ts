// One script of the flow, for one client or for all: its statements between a beginning that sets
// up what they rely on and an end that says what failed.
import type { Span } from "../../diagnostics/index.js";
import { assign, command, type List, type Node, when } from "../../hush/index.js";
import type { Run } from "../../memory/index.js";
import type { Client, Program } from "../../program/index.js";
import type { Root } from "../../steps/index.js";
import { LEAVING } from "./loads.js";
import { lowerBlock } from "./lower.js";
import { clear, type Frame, failed, frameIn, needs, type State } from "./state.js";

/** A script as a tree, and what it needs. */
export interface ScriptTree {
  readonly tree: List;
  /** Where in the flow a node of the tree comes from. */
  readonly origins: Map<Node, Span>;
  /** What of the tree says on the console that the script failed. */
  readonly reports: ReadonlySet<Node>;
  /** The provisions it fetches, and the device each comes from. */
  readonly fetched: ReadonlyMap<string, ReadonlySet<Root>>;
}

/** Compiles the script of `run`; `leaves` says whether any script of the flow goes for the prompt. */
export function scriptTree(program: Program, run: Run, leaves: boolean): ScriptTree {
  const { script, board, client, analysis } = run;
  const fetched = new Map<string, Set<Root>>();
  const state: State = {
    program,
    script,
    board,
    client,
    analysis,
    leaves,
    servers: serversInTurn(program, client),
    origins: new Map(),
    reports: new Set(),
    addresses: new Map(),
    needs: new Set(),
    fetches: (name, root) => fetched.set(name, (fetched.get(name) ?? new Set()).add(root)),
  };
  const frame = frameIn(undefined);
  // The beginning checks variables, so something before the first statement can have failed.
  frame.dirty = true;
  const body = lowerBlock(analysis.steps, state, frame);
  const start = frameIn(undefined);
  const tree = [...beginning(state, client, start), ...body, ...ending(state, frame)];
  return { tree, origins: state.origins, reports: state.reports, fetched };
}

/** The addresses of the servers, rotated so that clients start with different ones. */
export function serversInTurn({ servers }: Program, client: Client | undefined): readonly string[] {
  const addresses = servers.map(({ text }) => text);
  if (!client || addresses.length < 2) return addresses;
  let hash = 0x811c9dc5;
  for (const character of client.name) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  const first = hash % addresses.length;
  return [...addresses.slice(first), ...addresses.slice(0, first)];
}

/** What the statements rely on. Nothing of it can be told from the environment of a board. */
function beginning(state: State, client: Client | undefined, frame: Frame): List {
  const { program, script, board, needs: needed, addresses } = state;
  const whose = client ? `, for ${client.name}` : "";
  const settings: [boolean, string, string][] = [
    // `dhcp` would download a file, a transfer would start it, and a dead server be asked for ever.
    [needed.has("network"), "autoload", "no"],
    [needed.has("network"), "autostart", "no"],
    [needed.has("network"), "netretry", "no"],
    ...transferSettings(state),
    // Only then are checksums looked at.
    [needed.has("images"), "verify", "yes"],
  ];
  return [
    { type: "comment", text: `${script.name}: made by ubootc from ${program.name}${whose}` },
    {
      type: "comment",
      text: `Board ${board.id}. What fails first is in ubootc_failed; it skips the rest.`,
    },
    clear(frame),
    // Left over from before, when somebody boots again from the prompt.
    ...(state.leaves ? [assign(LEAVING, "no")] : []),
    ...settings.flatMap(([wanted, name, value]) =>
      wanted ? [command("setenv", name, value)] : [],
    ),
    ...[...addresses].flatMap(([name, span]) => needs({ state, frame, span }, [name])),
  ];
}

/** The variables of the TFTP client, where this board's U-Boot reads them (net/Kconfig). */
function transferSettings({ program, board, needs }: State): [boolean, string, string][] {
  const { blocksize, window, timeout, tries } = program.transfer;
  const values: [string, number | undefined][] = [
    ["tftpblocksize", blocksize],
    ["tftpwindowsize", window],
    ["tftptimeout", timeout],
    ["tftptimeoutcountmax", tries],
  ];
  return values.flatMap(([name, value]) =>
    value !== undefined && board.net.tftp.variables.includes(name)
      ? [[needs.has("tftp"), name, `${value}`] satisfies [boolean, string, string]]
      : [],
  );
}

/** The status of the script, and one line on the console when it is a failure. */
function ending({ script, leaves, reports }: State, frame: Frame): List {
  const why = command("echo", [`${script.name} failed: `, { variable: frame.flag }]);
  const left = command("echo", `${script.name}: on to the U-Boot prompt`);
  reports.add(why).add(left);
  const said: List = [why, clear(frame), command("false")];
  const quiet = when(
    command("test", [{ variable: LEAVING }], "=", "yes"),
    [left, clear(frame), command("false")],
    said,
  );
  return [when(failed(frame), leaves ? [quiet] : said, [command("true")])];
}
