// A variable of U-Boot that is read and that nothing sets. Where a line of the flow may set any
// variable (`run`, `env import`), nothing is said.
import { type Board, defaultEnvironment } from "../../boards/index.js";
import { diagnose, nearest } from "../../diagnostics/index.js";
import type { Block, Statement, Test, Variable } from "../../language/index.js";
import type { Program } from "../../program/index.js";
import type { StepCheck } from "../checks.js";
import { rawCommands } from "../raw.js";
import { statementsOf, valuesOf, variablesIn } from "../texts.js";

/** What DHCP leaves behind (net/bootp.c, net/lwip/dhcp.c). */
const fromDhcp = [
  ...["ipaddr", "netmask", "gatewayip", "dnsip", "dnsip2", "hostname", "domain", "rootpath"],
  ...["bootfile", "serverip", "tftpserverip", "timeoffset", "ntpserverip", "pxelinux_configfile"],
];

/** What U-Boot sets by itself, on one board or the other. */
const fromUBoot = [
  ...["filesize", "fileaddr", "bootargs", "ver", "arch", "cpu", "board", "board_name", "soc"],
  ...["vendor", "stdin", "stdout", "stderr", "fdtcontroladdr", "fdtaddr", "fdtfile", "fdt_addr"],
  ...["baudrate", "ethact", "ethprime", "usbethaddr", "wlanaddr", "bootcount", "bootlimit"],
  ...["altbootcmd", "upgrade_available", "devtype", "devnum", "distro_bootpart", "prefix"],
  ...["distro_bootpart_uuid", "bootfstype", "script", "mmc_bootdev", "board_rev"],
  ...["board_revision", "board_rev_scheme", "board_serial", "cpuid#", "reset_reason"],
  ...["initrd_start", "initrd_end", "boot_targets", "boot_device", "boot_instance"],
];

/** Addresses of network devices are in the environment or come from fuses. */
const ETHADDR = /^eth\d*addr$/;

export const variableUnset: StepCheck = ({ block, board }, report, { program }) => {
  const set = setByFlow(program);
  if (!set) return;
  // A table of serial numbers says that the boards have them, whoever set them.
  const serial = program.clients.some(({ values }) => values.has("serial")) ? ["serial#"] : [];
  const there = new Set([...fromDhcp, ...fromUBoot, ...setByBoard(board), ...serial, ...set]);
  const candidates = [...set].filter((each) => /^[A-Za-z]\w{2,}$/.test(each));
  for (const { name, span } of reads(block, program)) {
    if (there.has(name) || ETHADDR.test(name)) continue;
    const data = { name, board: board.id, nearest: nearest(name, candidates) };
    report(diagnose("variable-unset", data, span));
  }
};

function setByBoard(board: Board): readonly string[] {
  const names = Object.keys(defaultEnvironment(board));
  return board.serial ? [...names, "serial#"] : names;
}

const mapped: Readonly<Record<string, string>> = {
  address: "ipaddr",
  netmask: "netmask",
  gateway: "gatewayip",
  dns: "dnsip",
};

/** What any script of the flow sets; undefined when that cannot be told. */
function setByFlow({ scripts }: Program): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { body } of scripts.values()) {
    for (const statement of statementsOf(body)) {
      if (statement.type === "run") return undefined;
      if (statement.type === "set") names.add(statement.name.name);
      if (statement.type === "network") {
        for (const { key } of statement.properties) names.add(mapped[key.name] ?? key.name);
      }
      for (const [command = "", ...rest] of rawCommands(statement)) {
        if (command === "run" || (command === "env" && rest[0] === "import")) return undefined;
        // A command may leave its result in any word that it is given.
        for (const word of [command, ...rest]) names.add(word.split("=")[0] ?? word);
      }
    }
  }
  return names;
}

/** The variables that `block` reads and whose being unset it does not provide for. */
function reads(block: Block, program: Program, tried = false): readonly Variable[] {
  return block.flatMap((statement): readonly Variable[] => {
    const own = [
      ...valuesOf(statement).flatMap(variablesIn),
      // A name of a file that cannot be made is a step that fails.
      ...(tried ? [] : namedIn(statement, program)),
    ];
    switch (statement.type) {
      case "if": {
        const asked = new Set(askedFor(statement.condition));
        const inside = [statement.body, statement.otherwise].flatMap((each) =>
          reads(each, program, tried),
        );
        return [...own, ...inside].filter(({ name }) => !asked.has(name));
      }
      case "try": {
        const caught = tried || statement.otherwise.length > 0;
        const otherwise = reads(statement.otherwise, program, tried);
        return [...reads(statement.body, program, caught), ...otherwise];
      }
      case "retry":
        return reads(statement.body, program, tried);
      default:
        return own;
    }
  });
}

/** The variables in the name of the script that `statement` chains to. */
function namedIn(statement: Statement, { scripts }: Program): readonly Variable[] {
  if (statement.type !== "chain" || statement.script.type !== "name") return [];
  const script = scripts.get(statement.script.name);
  return script ? variablesIn(script.file) : [];
}

/** The names that a condition asks for: whether they are set, or whether they are empty. */
function askedFor(test: Test): readonly string[] {
  switch (test.type) {
    case "and":
    case "or":
      return [...askedFor(test.left), ...askedFor(test.right)];
    case "not":
      return askedFor(test.test);
    case "defined":
      return [test.name.name];
    case "compare": {
      const sides = [test.left, test.right];
      const empty = sides.some((each) => each.type === "text" && each.parts.length === 0);
      return empty ? sides.flatMap(variablesIn).map(({ name }) => name) : [];
    }
    default:
      return [];
  }
}
