// What a configuration's signature covers while a FIT is made: the same bytes as fdt/regions.ts finds in a
// finished one, but from the nodes of the tree that is edited, and only from those that are covered. So a FIT
// of many configurations is not gone through once for each of them.
import { type Content, contentOf } from "../content.js";
import type { EditedNode, FdtEditor } from "../fdt/edit.js";
import { fdtMark } from "../fdt/fdt.js";
import { excluded, isPathCovered } from "../fdt/regions.js";
import { childOf, finderIn } from "../fdt/tree.js";
import { startOfNode, storedProperty } from "../fdt/write.js";
import { viewOf } from "../layout.js";

/** The nodes of a FIT as signing looks for them; of use while no node is added or removed. */
export class Coverage {
  readonly #imageOf: (name: string | undefined) => EditedNode | undefined;
  readonly #editor: FdtEditor;
  /** Which child of its parent a node is. */
  readonly #places = new Map<EditedNode, number>();
  readonly #isFit: boolean;
  /** Nodes that were gone through, to be counted in tests. */
  steps = 0;

  constructor(editor: FdtEditor) {
    this.#editor = editor;
    this.#imageOf = finderIn(childOf(editor.root, "images")?.children ?? []);
    this.#isFit = this.#learn(editor.root, "");
  }

  /** The image of that name, as libfdt finds it. */
  imageOf(name: string): EditedNode | undefined {
    return this.#imageOf(name);
  }

  /**
   * What is covered where `chosen`, by their parents, are covered whole, and in how many regions that is;
   * undefined where U-Boot finds none.
   */
  of(chosen: ReadonlyMap<EditedNode, readonly EditedNode[]>) {
    if (!this.#isFit) return undefined;
    const run = new Run();
    this.#gather(this.#editor.root, "whole", chosen, run);
    run.word(fdtMark.end);
    const strings = contentOf(
      Uint8Array.from(this.#editor.stringsText, (character) => character.charCodeAt(0)),
    );
    return { parts: [...run.parts, strings], regions: run.regions };
  }

  #gather(
    node: EditedNode,
    cover: "whole" | "frame",
    chosen: ReadonlyMap<EditedNode, readonly EditedNode[]>,
    run: Run,
  ): void {
    this.steps++;
    run.add(startOfNode(node));
    for (const property of node.properties) {
      if (cover === "frame" || excluded.has(property.name)) run.skip();
      else run.add(storedProperty(property));
    }
    const whole = new Set(chosen.get(node));
    // Of a frame only those are covered that were chosen, in the order in which they are stored.
    const inner = cover === "whole" ? node.children : this.#inOrder(whole);
    let next = 0;
    for (const child of inner) {
      if (cover === "frame" && this.#placeOf(child) !== next) run.skip();
      next = this.#placeOf(child) + 1;
      this.#gather(child, whole.has(child) ? "whole" : "frame", chosen, run);
    }
    if (cover === "frame" && next < node.children.length) run.skip();
    run.word(fdtMark.endNode);
  }

  #inOrder(nodes: Iterable<EditedNode>): EditedNode[] {
    return [...nodes].sort((one, other) => this.#placeOf(one) - this.#placeOf(other));
  }

  #placeOf(node: EditedNode): number {
    return this.#places.get(node) ?? 0;
  }

  /** Notes where nodes are, and says whether U-Boot can follow all of their paths. */
  #learn(node: EditedNode, path: string): boolean {
    let isFit = isPathCovered(node.name, path);
    for (const [index, child] of node.children.entries()) {
      this.#places.set(child, index);
      isFit = this.#learn(child, `${path}/${child.name}`) && isFit;
    }
    return isFit;
  }
}

/** Bytes that are covered, and how many regions they are. */
class Run {
  readonly parts: Content[] = [];
  regions = 1;
  #skipped = false;

  add(part: Content): void {
    if (this.#skipped) this.regions++;
    this.#skipped = false;
    this.parts.push(part);
  }

  word(value: number): void {
    const bytes = new Uint8Array(4);
    viewOf(bytes).setUint32(0, value);
    this.add(contentOf(bytes));
  }

  skip(): void {
    this.#skipped = true;
  }
}
