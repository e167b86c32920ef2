// A variable of U-Boot that is read and that nothing sets. Where a line of the flow may set any
// variable (`run`, `env import`), nothing is said.
import { type Board, defaultEnvironment } from "../../boards/index.js";
import { diagnose, nearest } from "../../diagnostics/index.js";
import { importsEnvironment } from "../../faults/index.js";
import { missed } from "../../language/index.js";
import type { Plan } from "../../memory/index.js";
import { type VariablePart, variablesOf } from "../../program/index.js";
import {
  type Condition,
  nestsSteps,
  type Step,
  type Steps,
  stepsIn,
  type UbootStep,
  wordingsIn,
} from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { commandsOfLine, lineText } from "../raw.js";

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

export const variableUnset: StepCheck = ({ steps, board }, report, plan) => {
  const set = setByFlow(plan);
  if (!set) return;
  // A table of serial numbers says that the boards have them, whoever set them.
  const serial = plan.program.clients.some(({ values }) => values.has("serial")) ? ["serial#"] : [];
  const there = new Set([...fromDhcp, ...fromUBoot, ...setByBoard(board), ...serial, ...set]);
  const candidates = [...set].filter((each) => /^[A-Za-z]\w{2,}$/.test(each));
  for (const { name, span } of reads(steps)) {
    if (there.has(name) || ETHADDR.test(name)) continue;
    const data = { name, board: board.id, nearest: nearest(name, candidates) };
    report(diagnose("variable-unset", data, span));
  }
};

function setByBoard(board: Board): readonly string[] {
  const names = Object.keys(defaultEnvironment(board));
  return board.serial ? [...names, "serial#"] : names;
}

const setBy = new WeakMap<Plan, ReadonlySet<string> | "anything">();

/** What any script of the flow sets; undefined when that cannot be told. */
function setByFlow(plan: Plan): ReadonlySet<string> | undefined {
  let found = setBy.get(plan);
  if (found === undefined) {
    const steps = plan.analyses.flatMap((each) => stepsIn(each.steps));
    found = steps.some(setsAnything) ? "anything" : new Set(steps.flatMap(setByStep));
    setBy.set(plan, found);
  }
  return found === "anything" ? undefined : found;
}

function setsAnything(step: Step): boolean {
  if (step.type === "run") return true;
  if (step.type === "broken") {
    const { source, start, end } = step.span;
    return !/^(?:bootargs|print|fail|load|boot|sleep|ping)\b/.test(source.text.slice(start, end));
  }
  // A script that somebody else wrote, or a text, sets what it likes.
  if (step.type === "call") return step.verb === "import" || step.verb === "chain";
  if (step.type !== "uboot") return false;
  return commandsOfLine(step).some(({ words }) => words[0] === "run" || importsEnvironment(words));
}

function setByStep(step: Step): readonly string[] {
  if (step.type === "set" || step.type === "each") return [step.name];
  if (step.type === "call")
    return step.words.flatMap((each) =>
      "kind" in each ? [] : each.parts.filter((part) => typeof part === "string"),
    );
  if (step.type === "network") return step.settings.map(({ variable }) => variable);
  if (step.type !== "uboot") return [];
  // A command may leave its result in any word that it is given.
  const assigned = [...lineText(step).matchAll(/\b(\w+)=/g)].map(([, name = ""]) => name);
  return [...assigned, ...commandsOfLine(step).flatMap(({ words }) => words)];
}

/** The variables that `block` reads and whose being unset it does not provide for. */
function reads(block: Steps, tried = false): readonly VariablePart[] {
  return block.flatMap((step): readonly VariablePart[] => {
    const own = wordingsIn(step).flatMap(variablesOf);
    if (!nestsSteps(step)) {
      // A name of a file that cannot be made is a step that fails.
      if (step.type === "chain") return [...own, ...(tried ? [] : variablesOf(step.file))];
      const asked = step.type === "uboot" ? askedIn(step) : [];
      return own.filter(({ name }) => !asked.includes(name));
    }
    switch (step.type) {
      case "if": {
        const asked = new Set(askedFor(step.condition));
        const inside = [step.body, step.otherwise].flatMap((each) => reads(each, tried));
        return [...own, ...inside].filter(({ name }) => !asked.has(name));
      }
      case "try": {
        const caught = tried || step.otherwise.length > 0;
        const after = [step.next, step.otherwise].flatMap((each) => reads(each, tried));
        return [...reads(step.body, caught), ...after];
      }
      case "each":
        return [...own, ...reads(step.body, tried)];
      case "retry":
        return reads(step.body, tried);
      default:
        return missed(step);
    }
  });
}

/** The names that a line asks for itself: whether they are empty. */
function askedIn(step: UbootStep): readonly string[] {
  return commandsOfLine(step).flatMap(({ words: [name, operator, word] }) => {
    const asked = /^\$\{([^}]*)\}$/.exec(word ?? "")?.[1];
    const asks = name === "test" && (operator === "-n" || operator === "-z");
    return asks && asked !== undefined ? [asked] : [];
  });
}

/** The names that a condition asks for: whether they are set, or whether they are empty. */
function askedFor(condition: Condition): readonly string[] {
  switch (condition.type) {
    case "and":
    case "or":
      return [...askedFor(condition.left), ...askedFor(condition.right)];
    case "not":
      return askedFor(condition.inner);
    case "defined":
      return [condition.name];
    case "compare": {
      const sides = [condition.left, condition.right];
      const empty = sides.some(({ parts }) => parts.length === 0);
      return empty ? sides.flatMap(variablesOf).map(({ name }) => name) : [];
    }
    default:
      return [];
  }
}
