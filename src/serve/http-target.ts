// What an HTTP request asks for, and under which name it took this server: a page of a stranger can
// have a browser ask here by a name of its own (DNS rebinding). Leaves out files. RFC 9112 section 3.2.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";

/** Why a request is not answered. */
export interface Objection {
  readonly status: number;
  readonly why: string;
}

/** The path that a request is for, from `/`; or why it is not answered. */
export function targetOf(request: IncomingMessage, names: readonly string[]): string | Objection {
  const hosts = request.rawHeaders.filter((word, at) => at % 2 === 0 && /^host$/i.test(word));
  if (hosts.length > 1) return { status: 400, why: "two Host lines" };
  const { url = "", httpVersionMajor: major, httpVersionMinor: minor } = request;
  const { host } = request.headers;
  if (host === undefined && (major > 1 || minor >= 1)) return { status: 400, why: "no Host line" };
  // Absolute form, as proxies are asked: what it says replaces Host.
  const [, scheme, authority, path = url] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (scheme !== undefined && scheme.toLowerCase() !== "http") {
    return { status: 400, why: "only http: is served" };
  }
  const name = nameIn(authority ?? host ?? "");
  if (name === undefined) return { status: 400, why: "the Host line names no host" };
  if (!isOurs(name, names)) {
    return { status: 421, why: "this server does not have that name: ask for its address" };
  }
  return path.startsWith("/") ? path : `/${path}`;
}

/** The host of `name:port`, in lower case; empty when there is none, undefined when it is not one. */
function nameIn(authority: string): string | undefined {
  const [, six, other] =
    /^(?:\[([0-9a-f:.%]+)\]|([^\s:[\]@/\\?#]*))(?::\d{0,5})?$/i.exec(authority) ?? [];
  if (six !== undefined) return isIP(six) === 6 ? six : undefined;
  return other?.toLowerCase().replace(/\.$/, "");
}

/** Whether a request by this name was meant for us: no stranger can say what such names stand for. */
function isOurs(name: string, names: readonly string[]): boolean {
  if (name === "" || isIP(name) !== 0 || name === "localhost") return true;
  const own = hostname().toLowerCase();
  const [short = own] = own.split(".");
  return [own, short, `${short}.local`, ...names].includes(name);
}
