// docs/codes.md and the examples of `ubootc explain`, from the table of codes and the folders of test/errors.
import { allCodes, entryOf } from "../../src/diagnostics/index.js";
import { exampleOf } from "./examples.js";

const fenced = (text: string) => `\`\`\`\n${text}\n\`\`\``;

function sectionOf(code: (typeof allCodes)[number]): string {
  const { severity, explain } = entryOf(code);
  const example = exampleOf(code);
  const right =
    example?.right === "" ? "Right: without it." : `Right:\n\n${fenced(`${example?.right}`)}`;
  return [
    `## ${code}`,
    `*${severity}*`,
    explain,
    ...(example ? [`Wrong:\n\n${fenced(example.wrong)}`, right] : []),
  ].join("\n\n");
}

/** docs/codes.md. */
export function codesPage(): string {
  const list = allCodes.map((code) => `[${code}](#${code})`).join(" ·\n");
  return `# The codes

Every finding begins with its code: \`error[kernel-overlap]: …\`. \`ubootc explain kernel-overlap\` shows the same
as here. Made by \`npm run docs\`.

${list}

${allCodes.map(sectionOf).join("\n\n")}
`;
}

const quoted = (text: string) => `\`${text.replace(/[\\`]|\$\{/g, (each) => `\\${each}`)}\``;

/** src/cli/explain-examples.ts. */
export function examplesModule(): string {
  const rows = allCodes.flatMap((code) => {
    const example = exampleOf(code);
    const name = /^\w+$/.test(code) ? code : `"${code}"`;
    if (!example) return [];
    return `  ${name}: {\n    wrong: ${quoted(example.wrong)},\n    right: ${quoted(example.right)},\n  },\n`;
  });
  return `// Wrong and right for each code, as \`ubootc explain\` shows them: made by \`npm run docs\` from test/errors.
export const examples: Readonly<Record<string, { readonly wrong: string; readonly right: string }>> = {
${rows.join("")}};
`;
}
