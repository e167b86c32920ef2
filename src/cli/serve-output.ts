// What `ubootc serve` prints: objects for a program, lines for a log, or a picture on a terminal.
import { type Judged, visible } from "../diagnostics/index.js";
import { type FlowServer, type Happening, lineOf, view } from "../serve/index.js";
import { plainFindings, reportAll } from "./report.js";
import { Screen } from "./screen.js";

/** Where everything goes that a server tells. */
export interface Output {
  tell(happening: Happening): void;
  found(judged: Judged): void;
  /** Called once the server listens; `what` names what is served. */
  begin?(server: FlowServer, what: string): void;
  end?(): void;
}

/** How often the picture is drawn, in ms. */
const REDRAW = 200;

/** One JSON object a line, with the time. */
export function jsonOutput(): Output {
  const print = (value: object) => {
    const time = new Date().toISOString();
    process.stdout.write(`${JSON.stringify({ time, ...value })}\n`);
  };
  return {
    tell: print,
    found(judged) {
      if (judged.diagnostics.length === 0) return;
      print({ event: "diagnostics", ...plainFindings(judged) });
    },
  };
}

/** A line for each event. */
export function lineOutput(): Output {
  return {
    tell: (happening) => void process.stdout.write(`${visible(lineOf(happening))}\n`),
    found: ({ diagnostics }) => reportAll(diagnostics),
  };
}

/** A picture of all boards, with the diagnostics and what happens to the server above it. */
export function liveOutput(): Output {
  let screen: Screen | undefined;
  let timer: NodeJS.Timeout | undefined;
  const above = (write: () => void) => (screen ? screen.above(write) : write());
  return {
    tell(happening) {
      // What a board does is in the picture.
      if ("board" in happening || happening.event === "listening") return;
      above(() => process.stdout.write(`${visible(lineOf(happening))}\n`));
    },
    found: ({ diagnostics }) => above(() => reportAll(diagnostics)),
    begin(server, what) {
      const drawn = new Screen(process.stdout);
      const color = !process.env.NO_COLOR;
      const draw = () => {
        const build = server.build === undefined ? [] : [`build ${server.build}`];
        const title = [visible(what), ...build, server.places.join(", ")].join("  ");
        const { columns, rows } = drawn;
        const picture = { title, boots: server.boots.all, now: performance.now() };
        drawn.draw(view(picture, { columns, rows, color }));
      };
      draw();
      timer = setInterval(draw, REDRAW);
      process.on("exit", () => drawn.end());
      screen = drawn;
    },
    end: () => clearInterval(timer),
  };
}
