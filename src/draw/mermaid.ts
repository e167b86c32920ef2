// The graph of a flow as Mermaid, which code review tools and wikis draw.
// Governed by https://mermaid.js.org/syntax/flowchart.html.
import type { FlowGraph, GraphEdge, GraphNode, NodeKind } from "./flow-graph.js";

/** What is around the label of a node: its shape. */
const shapes: Readonly<Record<NodeKind, readonly [string, string]>> = {
  start: ["([", "])"],
  step: ["[", "]"],
  choice: ["{{", "}}"],
  retry: ["[[", "]]"],
  end: ["([", "])"],
  done: ["([", "])"],
  failed: ["([", "])"],
};

const arrows: Readonly<Record<GraphEdge["kind"], string>> = {
  next: "-->",
  yes: "-->|yes|",
  no: "-->|no|",
  fails: "-.->|fails|",
  chain: "==>",
};

const looks: readonly (readonly [string, readonly NodeKind[], string])[] = [
  ["begin", ["start"], "fill:#e9e3fa,stroke:#6b46c1,color:#1a202c"],
  ["good", ["end", "done"], "fill:#d5f0e0,stroke:#2f855a,color:#1a202c"],
  ["bad", ["failed"], "fill:#fed7d7,stroke:#c53030,color:#1a202c"],
];

/** `graph` as a flowchart, its last line ended. */
export function mermaid({ scripts, edges }: FlowGraph): string {
  const boxes = scripts.flatMap(({ name, file, nodes }, index) => [
    `  subgraph script${index + 1} [${quoted(`${name} (${file})`)}]`,
    ...nodes.map((node) => `    ${nodeText(node)}`),
    "  end",
  ]);
  const nodes = scripts.flatMap((script) => script.nodes);
  const classes = looks.flatMap(([name, kinds, look]) => {
    const ids = nodes.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
    return ids.length === 0
      ? []
      : [`  classDef ${name} ${look}`, `  class ${ids.join(",")} ${name}`];
  });
  const failures = edges.flatMap(({ kind }, index) => (kind === "fails" ? [index] : []));
  return `${[
    "flowchart TD",
    ...boxes,
    ...edges.map(({ from, to, kind }) => `  ${from} ${arrows[kind]} ${to}`),
    ...classes,
    ...(failures.length > 0 ? [`  linkStyle ${failures.join(",")} stroke:#c53030`] : []),
  ].join("\n")}\n`;
}

function nodeText({ id, kind, text }: GraphNode): string {
  const [open, close] = shapes[kind];
  return `${id}${open}${quoted(text)}${close}`;
}

/** A label: what means something to Mermaid, Markdown or HTML goes by its number. */
const quoted = (text: string) =>
  `"${text.replace(/[^\p{L}\p{N} .,:()/=+'_-]/gu, (sign) => {
    return sign === '"' ? "#quot;" : `#${sign.codePointAt(0)};`;
  })}"`;
