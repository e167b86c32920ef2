// Who is a PXE client, and what option 43 tells it: BIOS clients and Raspberry Pis, which say that they
// are one, a menu of one service, whose name a Pi looks for; EFI clients to take the file of the
// answer. Leaves out menus with a choice. PXE 2.1 section 2.2, RFC 4578.
import { PXE_SERVICE } from "./network.js";
import { given, type Options, optionIn, options } from "./options.js";

/** What a client says of itself. */
export interface PxeClient {
  /** Kind of processor and firmware; a Raspberry Pi says 0, an x86 with BIOS. */
  readonly architecture: number;
}

/** From this kind on it is EFI. */
export const EFI = 6;

/** What the vendor class of a client, and of the answer to it, begins with. */
const CLASS = "PXEClient";

/** The PXE client that sent `asked`; undefined when it was none. */
export function pxeClient(asked: Options): PxeClient | undefined {
  const architecture = optionIn(asked, options.architecture);
  const isPxe = optionIn(asked, options.vendorClass)?.startsWith(CLASS);
  return isPxe && architecture !== undefined ? { architecture } : undefined;
}

/** By what a PXE client knows that the answer is for it. */
export function pxeIdentity(asked: Options): [number, Uint8Array][] {
  const { machineId, vendorClass } = options;
  const id = asked.get(machineId.code);
  return [given(vendorClass, CLASS), ...(id?.length === 17 ? [given(machineId, id)] : [])];
}

/** Inside option 43: discovery control, menu prompt, menu. */
const CONTROL = 6;
const PROMPT = 10;
const MENU = 9;
const END = 255;

/** Discovery control: no broadcast and no multicast, or go on with the file of the answer. */
const NO_DISCOVERY = 3;
const USE_FILE = 8;

/**
 * Option 43. For BIOS clients a menu of one entry that boots nothing else: a Pi looks for its name
 * and goes on by TFTP. EFI clients are to take the file of the answer.
 */
export function pxeServices(
  { architecture }: PxeClient,
  service = PXE_SERVICE,
): [number, Uint8Array] {
  const isEfi = architecture >= EFI;
  const name = Buffer.from(service, "latin1");
  const menu = [MENU, name.length + 3, 0, 0, name.length, ...name];
  const prompt = Buffer.from("\0PXE", "latin1");
  const bytes = [
    ...[CONTROL, 1, isEfi ? USE_FILE : NO_DISCOVERY],
    ...[PROMPT, prompt.length, ...prompt],
    ...(isEfi ? [] : menu),
    END,
  ];
  return given(options.vendorSpecific, Uint8Array.from(bytes));
}
