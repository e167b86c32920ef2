// Something is loaded over a file that is needed later.
import { diagnose, type Report } from "../diagnostics/index.js";
import { type Analysis, type InMemory, overlap, range } from "../memory/index.js";

export function regionOverlap({ moments }: Analysis, report: Report): void {
  for (const { before, loads, chained, statement } of moments) {
    const there = [...before.values()];
    for (const loaded of loads) {
      for (const other of there) {
        if (other.provision !== loaded.provision && overlap(loaded, other)) {
          reportOverlap(loaded, other, report);
        }
      }
      there.push(loaded);
    }
    const slot = chained?.slot;
    const hit = slot && there.find((other) => overlap(slot, other));
    if (hit && chained) {
      const data = { name: chained.script.name, other: hit.provision.name, region: slot, at: hit };
      const labels = [
        { span: statement.span, text: range(slot) },
        { span: hit.span, text: `loaded to ${range(hit)}` },
      ];
      report(diagnose("region-overlap", data, labels));
    }
  }
}

function reportOverlap(loaded: InMemory, other: InMemory, report: Report): void {
  const data = {
    name: loaded.provision.name,
    other: other.provision.name,
    region: loaded,
    at: other,
  };
  const labels = [
    { span: loaded.span, text: `loaded to ${range(loaded)}` },
    ...(other.span === loaded.span
      ? []
      : [{ span: other.span, text: `loaded to ${range(other)}` }]),
  ];
  report(diagnose("region-overlap", data, labels));
}
