// A happening as one line, for a log. Leaves out the time, which a log has of its own.
import type { BoardName, DhcpExchange, Happening } from "./happenings.js";
import { countText, rateText, sizeText, timeText } from "./sizes.js";

type Of<Event extends Happening["event"]> = Extract<Happening, { event: Event }>;

/** What is written for each event. */
const texts: { readonly [Event in Happening["event"]]: (happening: Of<Event>) => string } = {
  listening: ({ on, files }) =>
    `serving ${files === undefined ? "" : `${countText(files, "file")} `}on ${on}`,
  built: ({ build, files, ms }) =>
    `build ${build}: ${countText(files, "file")} in ${timeText(ms)}; boots that begin now get it`,
  broken: ({ errors, build }) =>
    `the flow has ${countText(errors, "error")}: still serving build ${build}`,
  dropped: ({ address, why }) => `${address}: not answered, ${why}`,
  trouble: ({ message }) => message,
  mishap: ({ place, message, at }) =>
    `a fault of the server, which goes on: ${place}: ${message}${at === undefined ? "" : ` (${at})`}`,
  stopping: ({ transfers }) =>
    transfers === 0
      ? "stopping"
      : `stopping when ${countText(transfers, "transfer")} ${transfers === 1 ? "has" : "have"} ended`,
  boot: ({ board, file, build }) =>
    `${nameOf(board)}: begins with ${file}${build === undefined ? "" : ` of build ${build}`}`,
  fetched: ({ board, file, size, ms, repeats, again }) => {
    const notes = [sizeText(size), timeText(ms), rateText(size, ms) ?? [], resent(repeats)].flat();
    return `${nameOf(board)}: fetched ${file}${again ? " again" : ""}: ${notes.join(", ")}`;
  },
  measured: ({ board, file, size }) =>
    `${nameOf(board)}: asked only for the size of ${file}: ${sizeText(size)}`,
  failed: ({ board, file, done, size, why }) =>
    `${nameOf(board)}: ${file} stopped at ${sizeText(done)} of ${sizeText(size)}: ${why}`,
  refused: ({ board, file, why, nearest }) =>
    `${nameOf(board)}: asked for ${file}: ${why}${nearest === undefined ? "" : `; there is ${nearest}`}`,
  "passed-over": ({ board, file, why }) => `${nameOf(board)}: goes on without ${file}: ${why}`,
  complete: ({ board, files, size, ms }) =>
    `${nameOf(board)}: has all it needs: ${countText(files, "file")}, ${sizeText(size)} in ${timeText(ms)}`,
  silent: ({ board, why }) => `${nameOf(board)}: ${why}`,
  lease: ({ board, ...exchange }) => `${nameOf(board)}: ${exchangeText(exchange)}`,
  dhcp: ({ mac, client, ...exchange }) =>
    `${client === undefined ? mac : `${client} (${mac})`}: ${exchangeText(exchange)}`,
  dnsmasq: ({ line }) => `dnsmasq: ${line}`,
  reduced: ({ board, blksize, windowsize }) =>
    `${nameOf(board)}: is offered blocks of ${blksize} and windows of ${windowsize} from now on`,
};

/** The line of `happening`. */
export function lineOf<Event extends Happening["event"]>(happening: Of<Event>): string {
  const text: (happening: Of<Event>) => string = texts[happening.event as Event];
  return text(happening);
}

/** `repeats` as a note, or none. */
export function resent(repeats: number): readonly string[] {
  return repeats === 0 ? [] : [`resent ${repeats === 1 ? "once" : `${repeats} times`}`];
}

/** A message of DHCP and what was said to it. */
function exchangeText({ asked, said, kind, file, why }: DhcpExchange): string {
  const parts = [
    kind === undefined ? asked : `${asked} of ${kind}`,
    said === undefined ? "not answered" : `answered with ${said}`,
  ];
  const notes = [
    file === undefined ? "" : `, first file ${file}`,
    why === undefined ? "" : `: ${why}`,
  ];
  return `${parts.join(" ")}${notes.join("")}`;
}

function nameOf({ client, serial, mac, address }: BoardName): string {
  if (client === undefined) return mac === undefined ? address : `${address} (${mac})`;
  return `${client} (${[serial ?? mac ?? [], address].flat().join(", ")})`;
}
