// The signatures that a board looks for before it uses a configuration of a FIT: those that the keys in
// its control tree demand. Governed by fit_config_verify in boot/image-fit-sig.c.
import {
  type FitConfiguration,
  propertyOf,
  readControlKeys,
  signaturesOf,
  textOf,
} from "../../image/index.js";
import type { Machine } from "../machine.js";
import { verifies } from "./legacy.js";
import type { LoadedFit } from "./loaded-fit.js";

/** Whether the configuration is signed as the board demands; the console says so. */
export function verifySignatures(
  machine: Machine,
  loaded: LoadedFit,
  configuration: FitConfiguration,
): boolean {
  if (!machine.board.images.fitSignature || !verifies(machine)) return true;
  machine.print("   Verifying Hash Integrity ... ");
  const holds = signaturesHold(machine, loaded, configuration);
  machine.print(holds ? "OK\n" : "Bad Data Hash\n");
  return holds;
}

/** The same without saying so when they do. */
export function signaturesHold(
  { board, world, print }: Machine,
  { verified }: LoadedFit,
  { name, node }: FitConfiguration,
): boolean {
  if (!board.images.fitSignature) return true;
  const { keys = [], anyOf = false } = (world.control && readControlKeys(world.control)) ?? {};
  const required = keys.filter((key) => key.required === "conf");
  const found = verified().configurations.find((each) => each.name === name);
  let good = 0;
  for (const key of required) {
    const signed = found?.keys.includes(key.name) ?? false;
    const signatures = signaturesOf(node);
    for (const [index, signature] of signatures.entries()) {
      const [algorithm, hint] = ["algo", "key-name-hint"].map((each) =>
        textOf(propertyOf(signature, each)),
      );
      print(`${algorithm}:${hint ?? "<NULL>"}${signed && index === 0 ? "+" : "-"} `);
      if (signed) break;
    }
    if (signed) {
      good += 1;
      if (anyOf) break;
      continue;
    }
    const why = signatures.length > 0 ? "Verification failed" : "No 'signature' subnode found";
    print(` error!\n${why} for '<NULL>' hash node in '${name}' config node\n`);
    if (anyOf) continue;
    print(`Failed to verify required signature '${key.name}'\n`);
    return false;
  }
  if (required.length === 0 || good > 0) return true;
  print("Failed to verify 'any' of the required signature(s)\n");
  return false;
}
