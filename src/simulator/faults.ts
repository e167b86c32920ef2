// A fault, done to a world: what comes out is a world in which that goes wrong and nothing else.
// What faults there are, and how they are written, is program/faults.ts.
import { bytesOf, type Content, concatenate, contentOf, slice } from "../image/index.js";
import type { Fault, Faulty } from "../program/index.js";
import {
  type Answer,
  type Device,
  type Lan,
  type Partition,
  refusals,
  type World,
} from "./world.js";

/** What names mean where a fault is to happen. */
export interface Around {
  /** The files that something of the flow is on servers and devices. */
  readonly filesOf: (declared: string) => ReadonlySet<string>;
  /** The device with the first script, a key of `World.devices`: what `sdcard` is. */
  readonly card?: string;
  /** Hears of each time a fault makes a difference. */
  readonly happens?: (fault: Fault) => void;
}

/** `world` with `faults` in it. It counts how often they happened: it is for one boot. */
export function withFaults(world: World, faults: readonly Fault[], around: Around): World {
  return faults.reduce((before, fault) => withFault(before, fault, around), world);
}

function withFault(world: World, fault: Fault, around: Around): World {
  const { happens = () => {} } = around;
  let left = ("times" in fault ? fault.times : undefined) ?? Number.POSITIVE_INFINITY;
  const strikes = () => {
    if (left <= 0) return false;
    left -= 1;
    happens(fault);
    return true;
  };
  switch (fault.kind) {
    case "dhcp":
      return onLan(world, (lan) => ({
        ...passed(lan),
        lease: () => (strikes() ? undefined : lan.lease()),
      }));
    case "server":
      return onLan(world, (lan) => ({
        ...passed(lan),
        reaches: (address) => (address !== fault.address || !strikes()) && lan.reaches(address),
        fetch: (protocol, server, name) =>
          server === fault.address && strikes()
            ? { kind: "silence" }
            : lan.fetch(protocol, server, name),
      }));
    case "transfer":
      return onLan(world, (lan) => ({
        ...passed(lan),
        fetch(protocol, server, name) {
          const answer = lan.fetch(protocol, server, name);
          const concerned = protocol === fault.protocol && isMeant(fault.what, name, around);
          // A file that is not there anyway can only not be answered for.
          if (!concerned || (answer.kind !== "file" && fault.failure !== "timeout")) return answer;
          return strikes() ? spoiltAnswer(answer, fault) : answer;
        },
      }));
    case "device":
      return { ...world, devices: spoiltDevices(world.devices, fault, around) };
    case "environment": {
      happens(fault);
      return { ...world, environment: { ...world.environment, [fault.name]: fault.value } };
    }
  }
}

const onLan = (world: World, change: (lan: Lan) => Lan): World =>
  world.lan ? { ...world, lan: change(world.lan) } : world;

/** The same network as an object whose parts can be replaced. */
const passed = (lan: Lan): Lan => ({
  lease: () => lan.lease(),
  fetch: (protocol, server, name) => lan.fetch(protocol, server, name),
  reaches: (address) => lan.reaches(address),
});

type Transfer = Extract<Fault, { kind: "transfer" }>;

function spoiltAnswer(answer: Answer, { protocol, failure, after }: Transfer): Answer {
  switch (failure) {
    case "not-found":
      return refusals[protocol];
    case "timeout":
      return answer.kind === "file" && after !== undefined
        ? { kind: "silence", after: slice(answer.content, 0, Math.min(after, answer.content.size)) }
        : { kind: "silence" };
    default:
      return answer.kind === "file"
        ? { ...answer, ...spoilt(answer.content, failure, after) }
        : answer;
  }
}

/** The first half of `content`, or `after` bytes of it; or all, with one byte of it wrong. */
function spoilt(
  content: Content,
  failure: "short" | "corrupt",
  after = Math.floor(content.size / 2),
): { content: Content; flaw: string } {
  if (failure === "short") {
    return { content: slice(content, 0, Math.min(after, content.size)), flaw: "it is cut short" };
  }
  const at = Math.min(after, content.size - 1);
  const [byte] = bytesOf(slice(content, at, 1));
  const parts = [
    slice(content, 0, at),
    contentOf(Uint8Array.of(~(byte ?? 0))),
    slice(content, at + 1, content.size - at - 1),
  ];
  return { content: concatenate(parts), flaw: "a byte of it is wrong" };
}

type OnDevice = Extract<Fault, { kind: "device" }>;

function spoiltDevices(
  devices: World["devices"],
  fault: OnDevice,
  around: Around,
): World["devices"] {
  const wanted = fault.number === undefined ? undefined : `${fault.device} ${fault.number}`;
  const concerns = (key: string) => {
    if (fault.device === "sdcard") return key === around.card;
    return wanted === undefined ? key.split(" ")[0] === fault.device : key === wanted;
  };
  return new Map(
    [...devices].flatMap(([key, device]) => {
      if (!concerns(key)) return [[key, device] as const];
      const left = spoiltDevice(device, fault, around);
      return left ? [[key, left] as const] : [];
    }),
  );
}

function spoiltDevice(device: Device, fault: OnDevice, around: Around): Device | undefined {
  const { what, partition: wanted } = fault;
  if (!what) around.happens?.(fault);
  if (!what && wanted === undefined) return undefined;
  return {
    ...device,
    partitions: new Map(
      [...device.partitions].flatMap(([number, partition]) => {
        if (wanted !== undefined && number !== wanted) return [[number, partition] as const];
        return what ? [[number, spoiltPartition(partition, fault, around)] as const] : [];
      }),
    ),
  };
}

function spoiltPartition(partition: Partition, fault: OnDevice, around: Around): Partition {
  return {
    ...partition,
    read(name) {
      const content = partition.read(name);
      if (!content || !isMeant(fault.what, name, around)) return content;
      around.happens?.(fault);
      if (fault.failure === "missing") return undefined;
      const { content: left, flaw } = spoilt(content, fault.failure, fault.after);
      return { size: left.size, read: (...place) => left.read(...place), flaw };
    },
  };
}

/** Whether `name`, as U-Boot asks for it, is the file of the fault; folders in front may differ. */
function isMeant(what: Faulty | undefined, name: string, { filesOf }: Around): boolean {
  if (!what) return true;
  const files = "file" in what ? [what.file] : filesOf(what.declared);
  const asked = plain(name);
  return [...files].some((file) => asked === plain(file) || asked.endsWith(`/${plain(file)}`));
}

const plain = (name: string) => name.replace(/^\/+/, "");
