// The FITs that nobody declares: on a board that starts only what is signed, a kernel is started with
// its tree, its overlays and its initrd from a FIT of their own, by default.
import type { Board } from "../boards/index.js";
import type { BootStatement } from "../language/index.js";
import type { Fit, Program, Provision } from "./program.js";
import { companionOf, impliedName, kernelOf, walk } from "./references.js";
import type { Scope } from "./values.js";

/** `program` with a FIT for each kernel that such a board boots, and what it boots with it. */
export function withImpliedFits(program: Program): Program {
  const { parameters, clients, board, scripts } = program;
  const provisions = new Map(program.provisions);
  for (const { body, forEachClient } of scripts.values()) {
    walk(body, (statement) => {
      if (statement.type !== "boot") return;
      const shared = forEachClient ? [] : [{ scope: { parameters }, board }];
      const own = clients.map((client) => ({
        scope: forEachClient ? { parameters, client } : { parameters },
        board: client.board,
      }));
      for (const { scope, board } of [...own, ...(clients.length > 0 ? [] : shared)]) {
        if (!board.images.verified) continue;
        const fit = impliedFit(statement, program, board, scope);
        if (fit && !provisions.has(fit.name)) provisions.set(fit.name, fit);
      }
    });
  }
  return provisions.size === program.provisions.size ? program : { ...program, provisions };
}

function impliedFit(
  { kernel, with: companions }: BootStatement,
  program: Program,
  board: Board,
  scope: Scope,
): Provision | undefined {
  // What is wrong with the names is said when the script is planned.
  const quiet = () => {};
  const found = kernelOf(program, kernel, scope, quiet);
  const others = companions.map((each) => companionOf(program, each, scope, quiet));
  if (!found?.input || found.wrapped || others.some((each) => !each)) return undefined;
  const inside = others.filter((each): each is Provision => each?.input !== undefined);
  const member = (provision: Provision) => ({
    provision: { ...provision, wrapped: true },
    noload: false,
  });
  const images = [found, ...inside].map(member);
  const [first, ...rest] = images;
  const of = (kind: Provision["kind"]) => rest.find((each) => each.provision.kind === kind);
  if (!first) return undefined;
  const [dtb, initrd] = [of("dtb"), of("initrd")];
  const config: Fit["configs"][number] = {
    ...{ name: "conf", span: kernel.span, kernel: first },
    overlays: rest.flatMap(({ provision }) => (provision.kind === "overlay" ? [provision] : [])),
    ...(dtb && { dtb: dtb.provision }),
    ...(initrd && { initrd: initrd.provision }),
  };
  const { signature } = program;
  const name = impliedName([found, ...inside]);
  return {
    kind: "fit",
    name,
    span: kernel.span,
    file: name,
    fileSpan: kernel.span,
    wrapped: false,
    fit: {
      ...{ images, configs: [config], default: "conf", hashes: ["sha256"] as const },
      arch: board.arch,
      ...(signature && { signature }),
    },
  };
}
