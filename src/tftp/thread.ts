// One worker thread: a host that is told what to do by messages and answers with reports. The
// other end is workers.ts.
import { parentPort, workerData } from "node:worker_threads";
import { SafetyNet } from "../ground/index.js";
import type { Content } from "./blocks.js";
import { descriptorContent } from "./directory.js";
import { TransferHost } from "./host.js";
import { contentOf } from "./source.js";
import type { Handed, ThreadData, Told } from "./workers.js";

const { ports }: ThreadData = workerData;
const host = new TransferHost(ports, (report) => parentPort?.postMessage(report));

const contentFrom = (file: Handed): Content =>
  "descriptor" in file
    ? descriptorContent(file.descriptor)
    : { ...contentOf(file.bytes), identity: file.identity };

const net = new SafetyNet((mishap) => parentPort?.postMessage({ type: "mishap", ...mishap }));

const hear = (told: Told) => {
  if (told.tell === "start") host.start(told.order, contentFrom(told.file));
  else if (told.tell === "again") host.again(told.transfer);
  else if (told.tell === "abort") host.abort(told.transfer, told.why, told.message, told.code);
  else host.close().then(() => parentPort?.close());
};
parentPort?.on("message", net.under("tftp order to a thread", hear));
