// The answers of a proxy DHCP server: another one gives addresses, this one says where to boot
// from. Leaves out everybody who is no PXE client. PXE 2.1 sections 2.2 and 2.3.
import { NONE, subnetOf } from "./ipv4.js";
import type { ProxyNetwork } from "./network.js";
import { given, options } from "./options.js";
import { messages } from "./packet.js";
import { EFI, pxeClient, pxeIdentity, pxeServices } from "./pxe.js";
import { type Decision, ports, type Received, reply, silent } from "./reply.js";

/** What the proxy of `network` answers to a message of `type`. */
export function proxy({ boot, subnet }: ProxyNetwork, type: number, received: Received): Decision {
  const { message, port, local } = received;
  const client = pxeClient(message.options);
  if (!client) return silent("no PXE client, and a proxy gives no addresses");
  const isBootRequest = port === ports.pxe && type === messages.request;
  if (type !== messages.discover && !isBootRequest) return silent("for the server with addresses");
  const isEfi = client.architecture >= EFI;
  const { server = isEfi ? local : NONE, file } = boot;
  const ciaddr = isBootRequest ? message.ciaddr : NONE;
  // The answer goes there: a request with somebody else's address must not reach them.
  const isNear = ciaddr === NONE || subnetOf(subnet)?.holds(ciaddr) === true;
  if (!isNear) return silent("for an address of another network");
  // An EFI client comes again on port 4011, which is where it is told the rest.
  const services = isEfi && !isBootRequest ? [] : [pxeServices(client, boot.service)];
  const content = [
    given(options.messageType, isBootRequest ? messages.ack : messages.offer),
    given(options.serverId, local),
    ...pxeIdentity(message.options),
    ...services,
  ];
  const toAll = ciaddr === NONE;
  const sent = {
    options: content,
    ciaddr,
    siaddr: server,
    toAll,
    ...(file !== undefined && { file }),
  };
  return { answer: reply(received, sent), changes: [] };
}
