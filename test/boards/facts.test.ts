// The catalogue against the facts it was written from, value by value. The facts lie beside the
// repository; without them these tests are skipped with a line.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Board, boards, commandState, uBootVersion } from "../../src/boards/index.js";

interface Fact {
  readonly id: string;
  readonly title: string;
  readonly arch: string;
  readonly bits: number;
  readonly dram_base: string;
  readonly addresses: Record<string, string | null>;
  readonly limits: Record<string, string | number>;
  readonly boot: Record<string, string | number | string[] | null>;
  readonly shell: { readonly hush: boolean; readonly parser: string };
  readonly images: Record<string, boolean | string[]>;
  readonly net: {
    readonly stack: string;
    readonly tftp: Record<string, unknown>;
    readonly dhcp: { readonly vci: string | null; readonly clientarch: string | null };
    readonly https: boolean;
  };
  readonly commands: { readonly enabled: string[]; readonly disabled: string[] };
  readonly tftp_prefix_ambiguous: boolean;
  readonly environment: Record<string, string>;
  readonly serial: Record<string, string> | null;
  readonly notes?: string[];
  readonly source: Record<string, string>;
}

const file = ["../shared/facts/boards.json", "../../shared/facts/boards.json"]
  .map((name) => resolve(import.meta.dirname, "../..", name))
  .find((name) => existsSync(name));
if (file === undefined) console.warn("skipped: needs shared/facts/boards.json");
const catalogue: { u_boot: string; boards: Fact[] } =
  file === undefined
    ? { u_boot: uBootVersion, boards: [] }
    : JSON.parse(readFileSync(file, "utf8"));

const present = <T>(record: Readonly<Record<string, T | null | undefined>>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value != null));
const hex = (value: number | undefined) =>
  value === undefined ? undefined : `0x${value.toString(16)}`;
/** The facts spell options as Kconfig does, the catalogue commands as a script does. */
const asScript = (name: string) => (name === "imi" ? "iminfo" : name.replace("_", " "));

/** A board in the facts' own terms. */
function asFact(board: Board) {
  const { limits, boot, images, net, serial } = board;
  return {
    id: board.id,
    title: board.title,
    arch: board.arch,
    bits: board.bits,
    dram_base: hex(board.memory.base),
    addresses: present({
      ...Object.fromEntries(Object.entries(board.addresses).map(([name, at]) => [name, hex(at)])),
      kernel_comp_size: hex(board.kernelCompSize),
    }),
    limits: present({
      bootm_len: hex(limits.bootmLen),
      cbsize: limits.cbsize,
      maxargs: limits.maxargs,
      env_size: hex(limits.envSize),
      bootm_size: hex(limits.bootmSize),
      bootmapsz: hex(limits.bootMapSize),
      initrd_high: limits.initrdStays ? `0x${"f".repeat(board.bits / 4)}` : null,
    }),
    boot: present<string | number | readonly string[]>({
      command: boot.command,
      flow: boot.flow,
      bootcmd: boot.bootcmd,
      boot_targets: boot.targets,
      bootdelay: boot.delay,
      preboot: boot.preboot,
    }),
    shell: { hush: true, parser: board.shell },
    images: {
      legacy: images.legacy,
      fit: images.fit,
      fit_signature: images.fitSignature,
      fit_best_match: images.fitBestMatch,
      timestamp_required: images.timestampRequired,
      compression: images.compressions,
      raw_initrd: images.rawInitrd,
    },
    net: {
      stack: net.stack,
      tftp: {
        blksize: net.tftp.blksize,
        windowsize: net.tftp.windowsize ?? null,
        tsize: net.tftp.tsize,
        timeout: net.tftp.timeout,
        vars: net.tftp.variables,
      },
      dhcp: { vci: net.dhcp.vendorClass ?? null, clientarch: hex(net.dhcp.clientArch) ?? null },
      https: net.https,
    },
    tftp_prefix_ambiguous: net.tftp.prefixAmbiguous,
    environment: board.environment,
    serial: serial
      ? {
          format: serial.format,
          regex: serial.pattern.source,
          example: serial.example,
          source: serial.source,
          note: serial.note,
        }
      : null,
  };
}

const sourceNames: Readonly<Record<string, string>> = {
  dram_base: "dramBase",
  bootm_len: "bootmLen",
};

describe.skipIf(file === undefined)("the catalogue equals the facts", () => {
  it("has the same boards, of the same U-Boot", () => {
    expect(boards.map(({ id }) => id).sort()).toEqual(catalogue.boards.map(({ id }) => id).sort());
    expect(uBootVersion).toBe(catalogue.u_boot);
  });

  describe.each(catalogue.boards)("$id", (fact) => {
    const board = boards.find(({ id }) => id === fact.id) as Board;

    it("has the same values", () => {
      const { commands: _, notes: __, source: ___, ...values } = fact;
      expect(asFact(board)).toEqual({
        ...values,
        addresses: present(fact.addresses),
        boot: present(fact.boot),
      });
    });

    it("has the same commands", () => {
      const state = (name: string) => commandState(board, asScript(name));
      expect(fact.commands.enabled.filter((name) => state(name) !== "enabled")).toEqual([]);
      expect(fact.commands.disabled.filter((name) => state(name) !== "disabled")).toEqual([]);
      // Looked up later than the facts, in the same defconfigs of v2026.10-rc2.
      const later = new Set(["kaslrseed"]);
      const named = [...board.commands].filter((name) => !later.has(name));
      expect(named.sort()).toEqual(fact.commands.enabled.map(asScript).sort());
    });

    it("says all that was noted, and where it comes from", () => {
      for (const note of fact.notes ?? []) expect(board.notes).toContain(note);
      for (const [name, source] of Object.entries(fact.source))
        expect(board.sources[sourceNames[name] ?? name], name).toBe(source);
    });
  });
});
