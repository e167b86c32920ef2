// Boots what extlinux.conf and its like say, when nobody presses a key. Ends where a tree is changed on
// the way (fdtoverlays, kaslrseed), and at pictures. Governed by boot/pxe_utils.c and common/menu.c.
import { bytesOf } from "../../image/index.js";
import { formatAt } from "../boot/index.js";
import type { Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { fillIn } from "./pxe-arguments.js";
import { type PxeLabel, type PxeMenu, type PxeReading, readPxeMenu } from "./pxe-menu.js";
import { fetchText, hardwareAddress, needed, type PxeSource, retrieveTo } from "./pxe-source.js";

/** The longest menu that is read, bytes. */
const LONGEST = 1 << 20;

/** Boots what the menu at `address` says. It is a success too when nothing boots. */
export function bootMenu(
  machine: Machine,
  source: PxeSource,
  address: number,
  asks = false,
): number {
  const { print, shell } = machine;
  const text = textAt(machine, address);
  const menu = readPxeMenu(text, readingOf(machine, source, address));
  if (shell.outcome) return 1;
  if (!menu) {
    print("Error parsing config file\n");
    return 1;
  }
  if (menu.background !== undefined) return unknown(machine, source.command, "menu background");
  const chosen = chooseLabel(machine, menu);
  if (asks || menu.prompt) ask(machine, menu);
  const others = menu.labels.filter((label) => label !== chosen);
  for (const label of chosen ? [chosen, ...others] : others) {
    if (shell.outcome) return 1;
    print(`${numberOf(menu, label)}:\t${label.menu ?? label.name}\n`);
    const done = bootLabel(machine, source, label);
    if (done && label === chosen) break;
  }
  return shell.outcome ? 1 : 0;
}

const numberOf = ({ labels }: PxeMenu, label: PxeLabel) => labels.indexOf(label) + 1;

/** Up to a NUL. */
function textAt(machine: Machine, address: number): string {
  const { content, pieces } = machine.memory.stretch(address, LONGEST);
  const bytes = Buffer.from(bytesOf(content));
  const end = bytes.indexOf(0);
  if (end >= 0) return bytes.toString("utf8", 0, end);
  const why = pieces.length > 0 ? "a menu goes on in" : "a menu is read from";
  machine.end({ kind: "undefined", why: `${why} memory that nobody wrote` });
  return "";
}

/** How the text at `address` reads the files that it includes: they are put after it. */
function readingOf(machine: Machine, source: PxeSource, address: number): PxeReading {
  return {
    print: machine.print,
    since: (release) => machine.shell.since(release),
    unknown: (what) => unknown(machine, source.command, what),
    include(path, behind) {
      const to = address + Math.ceil(behind / 4) * 4;
      if (!fetchText(machine, source, path, to)) return undefined;
      return { text: textAt(machine, to), reading: readingOf(machine, source, to) };
    },
  };
}

function chooseLabel({ environment, print }: Machine, { labels, chosen }: PxeMenu) {
  const override = environment.get("pxe_label_override");
  const named = (name: string | undefined) => labels.findLast((label) => label.name === name);
  const found = override === undefined ? undefined : named(override);
  if (override !== undefined && !found) print(`Missing override pxe label: ${override}\n`);
  return found ?? named(chosen);
}

/** Shows the menu until its time is over. */
function ask(machine: Machine, menu: PxeMenu): void {
  if (menu.labels.length === 0) return;
  if (menu.title !== undefined) machine.print(`${menu.title}\n`);
  for (const label of menu.labels) {
    machine.print(`${numberOf(menu, label)}:\t${label.menu ?? label.name}\n`);
  }
  machine.print("Enter choice: ");
  if (menu.timeout > 0) machine.wait(Math.ceil(menu.timeout / 10) * 1000);
  else machine.end({ kind: "hang", why: "a menu without a timeout waits for a choice" });
}

/** True: it was something that needs no kernel. */
function bootLabel(machine: Machine, source: PxeSource, label: PxeLabel): boolean {
  const { print, board, environment, shell } = machine;
  if (label.localboot !== undefined) {
    if (label.localboot >= 0) bootLocally(machine, label);
    return true;
  }
  if (label.kernel === undefined) {
    print(`No kernel given, skipping ${label.name}\n`);
    return false;
  }
  const files = retrieveFiles(machine, source, label, label.kernel);
  if (!files || !setArguments(machine, label)) return false;
  const tree = findTree(machine, source, label);
  if (tree === "failed" || shell.outcome) return false;
  const at = environment.get("kernel_addr_r") ?? "";
  const format = formatAt(machine, hexadecimal(at));
  const { legacy, fit } = board.images;
  const wrapped = format === "legacy" ? legacy : format === "fdt" && fit;
  const has = (name: string) => board.commands.has(name);
  const command = wrapped && has("bootm") ? "bootm" : ["booti", "bootz", "zboot"].find(has);
  const control = wrapped && format === "fdt" ? undefined : environment.get("fdtcontroladdr");
  const third = tree ?? environment.get("fdt_addr") ?? control;
  const second = files.initrd ?? (third === undefined ? [] : "-");
  const kernel = `${at}${label.configuration ?? ""}`;
  if (command) shell.call([command, kernel, second, third ?? []].flat());
  return false;
}

function bootLocally(machine: Machine, { append }: PxeLabel): void {
  const { environment, shell, board } = machine;
  const command = needed(machine, "localcmd");
  if (command === undefined) return;
  if (append !== undefined) {
    environment.set("bootargs", fillIn(append, environment, board.limits.cbsize));
  }
  shell.run(command, "localcmd");
}

/** Kernel and ramdisk, the argument for which is returned; undefined: not all came. */
function retrieveFiles(
  machine: Machine,
  source: PxeSource,
  { name, initrd, configuration }: PxeLabel,
  kernel: string,
): { readonly initrd: string | undefined } | undefined {
  const newer = machine.shell.since("2023.04");
  if (newer && initrd === `${kernel}${configuration ?? ""}`) {
    unknown(machine, source.command, "initrd from the image of the kernel");
    return undefined;
  }
  let size: number | undefined;
  const ramdisk = () => {
    if (initrd !== undefined) size = retrieveTo(machine, source, initrd, "ramdisk_addr_r");
    return initrd === undefined || size !== undefined ? undefined : "initrd";
  };
  const image = () =>
    retrieveTo(machine, source, kernel, "kernel_addr_r") === undefined ? "kernel" : undefined;
  const missing = newer ? (image() ?? ramdisk()) : (ramdisk() ?? image());
  if (missing !== undefined) {
    machine.print(`Skipping ${name} for failure retrieving ${missing}\n`);
    return undefined;
  }
  const address = machine.environment.get("ramdisk_addr_r");
  return { initrd: size === undefined ? undefined : `${address}:${size.toString(16)}` };
}

/** Sets `bootargs`; false: they are too long. */
function setArguments({ environment, print, board }: Machine, label: PxeLabel): boolean {
  const { append, ipappend } = label;
  const value = (name: string) => environment.get(name) ?? "<NULL>";
  const addresses = ["ipaddr", "serverip", "gatewayip", "netmask"].map(value).join(":");
  const mac = hardwareAddress(environment.get("ethaddr"));
  const ip = ipappend & 1 ? ` ip=${addresses}` : "";
  const interfaceText = ipappend & 2 && mac ? ` BOOTIF=${mac}` : "";
  if ((ipappend & 3) === 0 && append === undefined) return true;
  const { cbsize } = board.limits;
  const lengths = [append ?? "", ip, interfaceText].map((text) => Buffer.byteLength(text));
  if (lengths.reduce((sum, each) => sum + each, 1) > cbsize) {
    print(`bootarg overflow ${lengths.join("+")}+1 > ${cbsize}\n`);
    return false;
  }
  const text = fillIn(`${append ?? ""}${ip}${interfaceText}`, environment, cbsize);
  environment.set("bootargs", text);
  print(`append: ${text}\n`);
  return true;
}

/** The argument for the tree that the label asks for; undefined: none, or it did not come. */
function findTree(machine: Machine, source: PxeSource, label: PxeLabel) {
  const { environment, print, shell, board } = machine;
  const { fdt, fdtdir, kernel = "", configuration = "" } = label;
  const at = environment.get("fdt_addr_r");
  const whole = `${kernel}${configuration}`;
  if (fdt === whole && shell.since("2023.04")) {
    return `${environment.get("kernel_addr_r")}${configuration}`;
  }
  if (fdt === "-" && board.arch === "arm" && shell.since("2024.07")) {
    unknown(machine, source.command, "fdt -");
  }
  if (at === undefined || (fdt === undefined && fdtdir === undefined)) return undefined;
  const file = fdt ?? treeIn(machine, source, fdtdir ?? "");
  if (file === undefined) return undefined;
  const failed = retrieveTo(machine, source, file, "fdt_addr_r") === undefined;
  if (failed && fdt !== undefined) {
    print(`Skipping ${label.name} for failure retrieving FDT\n`);
    return "failed";
  }
  if (failed && shell.since("2024.04")) {
    print(`Skipping fdtdir ${fdtdir} for failure retrieving dts\n`);
  }
  if (label.kaslrseed) unknown(machine, source.command, "kaslrseed");
  if (label.fdtoverlays !== undefined && board.commands.has("fdt apply")) {
    unknown(machine, source.command, "fdtoverlays");
  }
  return failed ? undefined : at;
}

/** The file of the board's tree in a folder. What the catalogue does not know nobody can guess. */
function treeIn({ environment, end }: Machine, { command }: PxeSource, folder: string) {
  const [file, soc = "", board = ""] = ["fdtfile", "soc", "board"].map((name) =>
    environment.get(name),
  );
  if (file === undefined && !soc && !board) {
    unknown({ end }, command, "fdtdir without fdtfile");
    return undefined;
  }
  const slash = folder === "" ? "./" : folder.endsWith("/") ? "" : "/";
  return `${folder}${slash}${file ?? `${soc}${soc && board ? "-" : ""}${board}.dtb`}`;
}
