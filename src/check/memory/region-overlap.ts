// Something is loaded over a file that is needed later, or over the script that runs.
import { diagnose, type Report } from "../../diagnostics/index.js";
import { type Analysis, type InMemory, overlap, range } from "../../memory/index.js";

export function regionOverlap({ moments, layout, script }: Analysis, report: Report): void {
  const running = layout.slots.get(script.name);
  for (const { before, loads, chained, step, start } of moments) {
    const there = [...before.values()];
    // A tree that was loaded before is made longer for its overlays.
    const grown =
      start?.dtb && start.grows > 0 && !start.config && !loads.includes(start.dtb)
        ? [start.dtb]
        : [];
    for (const loaded of [...loads, ...grown]) {
      if (running && overlap(loaded, running)) {
        const names = { name: loaded.provision.name, other: `the script ${script.name} itself` };
        const data = { ...names, region: loaded, at: running };
        report(diagnose("region-overlap", data, [{ span: loaded.span, text: range(loaded) }]));
      }
      for (const other of there) {
        if (other.provision !== loaded.provision && overlap(loaded, other)) {
          reportOverlap(loaded, other, report);
        }
      }
      there.push(loaded);
    }
    // U-Boot puts the tree and the overlays of a FIT to their places while it reads the file.
    for (const put of start?.config && start.dtb ? [start.dtb, ...start.overlays] : []) {
      for (const other of there) if (overlap(put, other)) reportOverlap(put, other, report);
    }
    const slot = chained?.slot;
    const hit = slot && there.find((other) => overlap(slot, other));
    if (hit && chained) {
      const data = { name: chained.script.name, other: hit.provision.name, region: slot, at: hit };
      const labels = [
        { span: step.span, text: range(slot) },
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
