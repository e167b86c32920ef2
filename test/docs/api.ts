// The pages of docs/api: what each library exports, with its comments, from the declarations that the build
// writes. There is no tool for TypeScript 7 yet; it has no API of its own.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../../dist");

/** The libraries: what they are imported as, and where their declarations begin. */
export const libraries = {
  ubootc: "index.d.ts",
  "ubootc/image": "image/index.d.ts",
  "ubootc/hush": "hush/index.d.ts",
  "ubootc/tftp": "tftp/index.d.ts",
  "ubootc/dhcp": "dhcp/index.d.ts",
} as const;

/** A name, where it is from, and what it is called there. */
interface Exported {
  readonly name: string;
  readonly file: string;
  readonly original: string;
}

const read = (file: string) => readFileSync(file, "utf8");

/** What `file` exports from other files of the build. */
function exportsOf(file: string): readonly Exported[] {
  return [...read(file).matchAll(/^export (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm)].flatMap(
    ([, names = "", from = ""]) =>
      names.split(",").flatMap((each) => {
        const [original = "", name = original] = each
          .trim()
          .replace(/^type /, "")
          .split(" as ");
        const target = resolve(dirname(file), from.replace(/\.js$/, ".d.ts"));
        return original === "" ? [] : [{ name, original, file: target }];
      }),
  );
}

/** The declaration of `name` in `file` with its comment, through re-exports; undefined without one. */
function declarationOf(name: string, file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = read(file);
  // Statements at the margin: a comment, the declaration, and what is indented below it.
  const pattern = new RegExp(
    `(?:^/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?^export (?:declare )?(?:abstract )?(?:const|function|class|interface|type|enum) ${name}\\b.*(?:\\n(?:[ \\t].*|[})\\]].*|\\n))*`,
    "gm",
  );
  const found = [...text.matchAll(pattern)].map(([each]) => each.trim());
  if (found.length > 0) return found.join("\n");
  const again = exportsOf(file).find((each) => each.name === name);
  if (again) return declarationOf(again.original, again.file);
  for (const [, from = ""] of text.matchAll(/^export (?:type )?\* from "(\.[^"]+)";/gm)) {
    const inside = declarationOf(name, resolve(dirname(file), from.replace(/\.js$/, ".d.ts")));
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** The page of a library. */
export function apiPage(library: keyof typeof libraries): string {
  const entry = join(dist, libraries[library]);
  const all = exportsOf(entry).map(({ name, original, file }) => ({
    name,
    text: declarationOf(original, file),
  }));
  const own = [
    ...read(entry).matchAll(/^export (?:declare )?(?:const|function|class|interface|type) (\w+)/gm),
  ].map(([, name = ""]) => ({ name, text: declarationOf(name, entry) }));
  const sections = [...all, ...own]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, text }) =>
        `## ${name}\n\n\`\`\`ts\n${(text ?? "").replaceAll("export declare ", "").replaceAll("export ", "")}\n\`\`\``,
    );
  return `# ${library}

What \`import … from "${library}"\` has. Made by \`npm run docs\` from the comments in the sources.

${sections.join("\n\n")}
`;
}
