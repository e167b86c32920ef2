// The scripts in a file, whatever they are wrapped in: told by the content, not by the name. Hashes and
// signatures are not looked at here (`ubootc inspect` does).

import type { Source } from "../diagnostics/index.js";
import { holdsKey } from "../ground/index.js";
import {
  bytesOf,
  type Content,
  type FitImage,
  identify,
  type ReadFit,
  readFit,
  readUImage,
  slice,
  types,
} from "../image/index.js";
import { otherText } from "../language/index.js";

/** A script and what it was found in. */
export interface FoundScript {
  readonly source: Source;
  readonly container: "text" | "legacy" | "fit";
  /** Of the whole file, in bytes: what standard boot reads. */
  readonly size: number;
}

/** Which script of a FIT is asked for. Without either all of them are. */
export interface Selection {
  readonly configuration?: string;
  readonly image?: string;
}

/** Larger ones are no scripts: U-Boot's standard boot reads 64 KiB. */
const LARGEST = 0x100000;

/** The scripts in `content`, called `name` in messages; or why there are none. */
export function readScripts(
  name: string,
  content: Content,
  selection: Selection = {},
): readonly FoundScript[] | string {
  const payload = identify(content);
  const selected = selection.configuration ?? selection.image;
  if (payload.kind === "fdt" && payload.fit) return fromFit(name, content, selection);
  if (selected !== undefined) return `is no FIT, so nothing in it is called ${selected}`;
  if (payload.kind === "uimage") return fromImage(name, content);
  if (payload.kind !== "unknown") return "is no script";
  if (content.size > LARGEST) return "is too large for a script";
  if (holdsKey(bytesOf(content))) return "holds a private key; nothing of it is read or shown";
  const { size } = content;
  // A NUL can slip into a text; what begins with other control characters is a program or data.
  if (content.read(0, 512).some(isControl)) return "is no script";
  const text = decoded(content);
  const other = otherText(text);
  if (other) return `is ${other.what}, which ${other.reader} reads, and no script`;
  return [{ source: { name, text }, container: "text", size }];
}

function fromImage(name: string, content: Content): readonly FoundScript[] | string {
  const { header, parts } = readUImage(content);
  const isScript = header?.type === types.idOf("script") || header?.type === types.idOf("multi");
  const first = isScript ? parts[0] : undefined;
  // The first file of a multi image is a script or a kernel: nothing says which.
  if (!first || identify(first.content).kind !== "unknown") return "is an image without a script";
  if (first.content.size > LARGEST) return "is too large for a script";
  const { size } = content;
  return [{ source: { name, text: decoded(first.content) }, container: "legacy", size }];
}

function fromFit(
  name: string,
  content: Content,
  selection: Selection,
): readonly FoundScript[] | string {
  const fit = readFit(content);
  const wanted = selectedIn(fit, selection);
  if (typeof wanted === "string") return wanted;
  if (wanted.length === 0) return "is a FIT without a script";
  const broken = wanted.find(({ data }) => !data);
  if (broken) return `is a FIT, and the data of ${broken.name} are not in it`;
  return wanted.map(({ name: image, data }) => ({
    source: {
      name: wanted.length > 1 ? `${name}:${image}` : name,
      text: decoded(data as Content),
    },
    container: "fit",
    size: content.size,
  }));
}

function selectedIn(fit: ReadFit, { configuration, image }: Selection) {
  const scripts = fit.images.filter(({ type }) => type === "script");
  if (image !== undefined) return scripts.filter(one(image)) ?? [];
  if (configuration === undefined) return scripts;
  const chosen = fit.configurations.find(one(configuration));
  if (!chosen) return `has no configuration ${configuration}`;
  const named = chosen.images.filter(({ property }) => property === "script");
  return scripts.filter((each) => named.some(one(each.name)));
}

const one =
  (wanted: string) =>
  ({ name }: Pick<FitImage, "name">) =>
    name === wanted;

/** UTF-8, or Latin-1 where it is not UTF-8: each byte has to become something that can be pointed at. */
function decoded(content: Content): string {
  const bytes = bytesOf(slice(content, 0, LARGEST));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

const isControl = (byte: number) => byte !== 0 && (byte < 9 || (byte > 13 && byte < 27));
