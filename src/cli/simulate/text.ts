// How a simulated boot ended, for a person and for tools.

import { hex } from "../../ground/index.js";
import { faultText } from "../../program/index.js";
import type { Handed } from "../../simulator/index.js";
import {
  type Boot,
  nameOf,
  type Survey,
  sourceOf,
  transcriptOf,
  type Verdict,
} from "../../trial/index.js";

/** The end of a boot: one clear line, then what the kernel gets, and what is wrong. */
export function endText(boot: Boot, { text, problems }: Verdict): string {
  const { ending, time, packets, guessed } = boot;
  const rows: string[] = [];
  if (ending.kind === "booted") {
    const { kernel, dtb, initrd, bootargs } = ending;
    rows.push(`kernel    ${handedText(kernel)}`);
    if (dtb) rows.push(`dtb       ${handedText(dtb)}`);
    if (initrd) rows.push(`initrd    ${handedText(initrd)}`);
    rows.push(`bootargs  ${bootargs ?? "none"}`);
  }
  rows.push(`after     ${(time / 1000).toFixed(1)} s, ${packets} packets`);
  if (guessed.size > 0) {
    const places = [...guessed].map((each) => hex(each)).join(", ");
    rows.push(`guessed   that memory holds 0 where nothing was written: ${places}`);
  }
  if (ending.kind === "unknown-command") {
    rows.push(`go on     with --command "${ending.name}=0", which says how it ends`);
  }
  rows.push(...problems.map((problem) => `wrong     ${problem}`));
  return `\n${text}\n${rows.map((row) => `  ${row}\n`).join("")}`;
}

function handedText({ origins, size, address }: Handed): string {
  const names = [...new Set(origins.map(({ name }) => name))].join(" and ") || "nothing";
  return `${names}, ${size} bytes at ${hex(address)}`;
}

/** A boot as plain objects. */
export function plainBoot(boot: Boot, verdict: Verdict) {
  const { ending, time, packets, commands, guessed } = boot;
  return {
    ...verdict,
    ending: plainEnding(boot),
    bootargs: ending.kind === "booted" ? ending.bootargs : undefined,
    time,
    packets,
    guessed: [...guessed],
    faults: [...boot.happened].map(faultText),
    console: transcriptOf(boot),
    commands: [...commands]
      .sort((a, b) => a.index - b.index)
      .map(({ words, running, status, variables, writes, time: at }) => ({
        source: sourceOf(running, boot.desk),
        words,
        status,
        time: at,
        variables: Object.fromEntries(variables),
        writes,
      })),
  };
}

function plainEnding(boot: Boot) {
  const { ending } = boot;
  const plain = (handed: Handed | undefined) =>
    handed && {
      name: nameOf(handed, boot),
      address: handed.address,
      size: handed.size,
      origins: handed.origins.map(({ name, flaw }) => ({ name, flaw })),
      wrong: handed.wrong,
    };
  if (ending.kind === "unknown-command") {
    return { ...ending, ...(ending.starts && { starts: plain(ending.starts) }) };
  }
  if (ending.kind !== "booted") return ending;
  const { kind, command, kernel, dtb, initrd } = ending;
  return { kind, command, kernel: plain(kernel), dtb: plain(dtb), initrd: plain(initrd) };
}

/** A survey as plain objects. */
export function plainSurvey({ name, sound, rows, tried }: Survey & { readonly name: string }) {
  return {
    clients: name,
    sound,
    tried,
    rows: rows.map(({ faults, ...row }) => ({ faults: faults.map(faultText), ...row })),
  };
}
