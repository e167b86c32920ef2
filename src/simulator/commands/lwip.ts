// The network commands of boards with the lwIP stack (since v2025.01): other arguments, other
// variables, and nothing is tried twice. Governed by net/lwip and cmd/lwip.
import type { Run } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal, sizeText, wholeHexadecimal } from "../numbers.js";
import type { Protocol } from "../world.js";
import { nfs } from "./nfs.js";
import { addressOf, device } from "./round.js";

/** Bytes in a millisecond. */
const SPEED = 16 << 10;
/** Until somebody who says nothing is given up, milliseconds. */
const PATIENCE = 10_000;

/** The commands of boards with lwIP. */
export const lwipCommands: Family = (machine) =>
  machine.board.net.stack !== "lwip"
    ? {}
    : {
        dhcp: { run: (args) => dhcp(machine, args), maxargs: 3 },
        tftpboot: { run: (args) => tftp(machine, args), maxargs: 3 },
        nfs: { run: (args) => mount(machine, args), maxargs: 3 },
        wget: { run: (args) => wget(machine, args), maxargs: 3 },
        ping: { run: (args) => ping(machine, args), maxargs: 2 },
      };

function dhcp(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const { environment, print, world } = machine;
  const found = world.lan?.lease();
  machine.packets += found ? 4 : 3;
  machine.wait(found ? 5 : PATIENCE);
  if (!found) return 1;
  const { nextServer, serverIdentifier } = found;
  const values: Readonly<Record<string, string | undefined>> = {
    ipaddr: found.address,
    netmask: found.netmask,
    serverip: serverIdentifier,
    gatewayip: found.router,
    tftpserverip: nextServer === serverIdentifier ? undefined : nextServer,
    dnsip: found.dns,
  };
  environment.set("bootfile", found.bootfile ?? "");
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) environment.set(name, value);
  }
  print(`DHCP client bound to address ${found.address} (5 ms)\n`);
  return args.length > 0 ? tftp(machine, args) : 0;
}

/** Where to, and what: `[addr] [what]`. */
interface Asked {
  readonly address: number;
  readonly what: string | undefined;
}

function readArguments({ environment, loadAddress }: Machine, args: readonly string[]): Asked {
  const [first, second] = args;
  const ambient = environment.get("loadaddr");
  const otherwise = ambient === undefined ? loadAddress : hexadecimal(ambient);
  if (first === undefined) return { address: otherwise, what: undefined };
  if (second !== undefined) return { address: hexadecimal(first), what: second };
  const address = wholeHexadecimal(first);
  return address === undefined ? { address: otherwise, what: first } : { address, what: undefined };
}

/** What is wrong with a request before anything is sent. */
function refuse({ print }: Machine, message: string): number {
  print(`error: ${message}\n`);
  return 1;
}

function tftp(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const { environment, print } = machine;
  const { address, what } = readArguments(machine, args);
  const words = what?.split(":") ?? [];
  const name = (words.length > 0 ? words.at(-1) : undefined) ?? environment.get("bootfile");
  if (name !== undefined) machine.memory.miss(address, name);
  const asked = words.length > 1 ? words[0] : undefined;
  const spelt = asked ?? environment.get("tftpserverip") ?? environment.get("serverip");
  if (spelt === undefined) return refuse(machine, "tftpserverip/serverip has to be set");
  const server = addressOf(spelt);
  if (server === undefined) return refuse(machine, "ipaddr_aton");
  if (name === undefined) return refuse(machine, "no file name");
  if (address === 0) return refuse(machine, "no load address");
  print(`Using ${device(machine)} device\n`);
  print(`TFTP from server ${server}; our IP address is ${environment.get("ipaddr") ?? "<NULL>"}\n`);
  print(`Filename '${name}'.\nLoad address: 0x${hex(address)}\nLoading: `);
  return fetchTo(machine, "tftp", { server, name, address });
}

interface Request {
  readonly server: string;
  readonly name: string;
  readonly address: number;
}

function fetchTo(machine: Machine, protocol: Protocol, { server, name, address }: Request): number {
  const { print, world } = machine;
  const answer = world.lan?.reaches(server)
    ? world.lan.fetch(protocol, server, name)
    : ({ kind: "silence" } as const);
  if (answer.kind === "silence") {
    if (answer.after) machine.place(address, answer.after, name, "the transfer broke off");
    machine.wait(PATIENCE);
    print("Timeout!\n");
    return 1;
  }
  if (answer.kind === "refused") {
    machine.wait(1);
    print(
      protocol === "tftp"
        ? `\nTFTP error: ${answer.code} (${answer.message})\n`
        : `\nHTTP server error ${answer.code}\n`,
    );
    return 1;
  }
  const { content, flaw } = answer;
  if (machine.refuses(address, content.size)) {
    const what = protocol === "tftp" ? "TFTP error: " : "wget error: ";
    print(`\n${what}trying to overwrite reserved memory${protocol === "tftp" ? "..." : ""}\n`);
    return 1;
  }
  machine.packets += 2 + 2 * Math.ceil((content.size + 1) / 1468);
  const taken = Math.max(1, Math.ceil(content.size / SPEED));
  machine.wait(taken);
  machine.place(address, content, name, flaw);
  machine.loadAddress = address;
  const rate = `${sizeText(Math.floor(content.size / taken) * 1000)}/s`;
  print(
    protocol === "tftp"
      ? `${"#".repeat(content.size > 0 ? 50 : 0)}  ${sizeText(content.size)}\n\t ${rate}\ndone\n`
      : `\n${content.size} bytes transferred in ${taken} ms (${rate})\n`,
  );
  print(`Bytes transferred = ${content.size} (${hex(content.size)} hex)\n`);
  machine.environment.set("filesize", hex(content.size));
  machine.environment.set("fileaddr", hex(address));
  return 0;
}

/** `wget [addr] url`, where the older form `host:path` is a URL too. */
function wget(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const { environment, print, board } = machine;
  const { address, what } = readArguments(machine, args);
  if (what === undefined) return "usage";
  const own = environment.get("httpserverip") ?? environment.get("serverip");
  const url = /^(https?):\/\/([^/:]+)(?::\d+)?(\/.*)$/.exec(what);
  const plain = /^(?:([^:]+):)?(.+)$/.exec(what);
  const [host, path] = url ? [url[2], url[3]] : [plain?.[1] ?? own, plain?.[2]];
  if (url?.[1] === "https" && !board.net.https) {
    print("only http:// is supported\n");
    return 1;
  }
  if (host === undefined || path === undefined) {
    return refuse(machine, "httpserverip/serverip has to be set");
  }
  machine.memory.miss(address, path);
  return fetchTo(machine, "http", { server: host, name: path, address });
}

function mount(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const { address, what } = readArguments(machine, args);
  machine.loadAddress = address;
  const result = nfs(machine, what ?? machine.environment.get("bootfile") ?? "");
  if (typeof result !== "object") return 1;
  if (result.size > 0) {
    machine.print(`Bytes transferred = ${result.size} (${hex(result.size)} hex)\n`);
    machine.environment.set("filesize", hex(result.size));
    machine.environment.set("fileaddr", hex(address));
  }
  return 0;
}

function ping(machine: Machine, [target]: readonly string[]): ReturnType<Run> {
  const address = addressOf(target);
  if (target === undefined || !address) return "usage";
  const alive = machine.world.lan?.reaches(address) ?? false;
  machine.packets += 2;
  machine.wait(alive ? 1 : 5000);
  machine.print(`Using ${device(machine)} device\n`);
  machine.print(alive ? `host ${target} is alive\n` : `ping failed; host ${target} is not alive\n`);
  return alive ? 0 : 1;
}
