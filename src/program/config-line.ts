// A line of config.txt or bootconf.txt. Leaves out what settings and filters mean.
import type { ConfigLine } from "./program.js";

/** What a line of config.txt or bootconf.txt says; undefined where it says nothing. */
export function configLine(text: string): Omit<ConfigLine, "span"> | undefined {
  const [, filter] = /^\s*\[(.*)\]\s*$/.exec(text) ?? [];
  if (filter !== undefined) return { filter };
  // `hdmi_group:1=2` is for one of two ports.
  const [, key, value = ""] = /^\s*(?!#)([^\s=:#]+)(?::\d)?[\s=]*(.*?)\s*$/.exec(text) ?? [];
  return key === undefined ? undefined : { key, value };
}
