// The messages that boards send, byte by byte, from what is documented of them and what was captured:
// Raspberry Pis (documentation, "network booting" and DHCP_OPTION97; raspberrypi/firmware#941,
// rpi-eeprom#58 and #87, TechnitiumSoftware/DnsServer#183), U-Boot (net/bootp.c, lwIP) and udhcpc.
// Written without our encoder, so that it is not its own judge.

/** A message of a client; what is left out is zero. */
export interface Sent {
  readonly mac: string;
  readonly options: readonly (readonly [number, ...number[]])[];
  readonly flags?: number;
  readonly secs?: number;
  readonly ciaddr?: string;
  readonly giaddr?: string;
  readonly file?: string;
  readonly op?: number;
}

export const SERVER = "192.168.0.250";
const XID = 0x26f30339;

const ip = (address: string) => address.split(".").map(Number);
const text = (value: string) => [...Buffer.from(value, "latin1")];
const bytesOf = (mac: string) => mac.split(":").map((each) => Number.parseInt(each, 16));

/** The datagram: 300 bytes at least. */
export function datagram(sent: Sent): Buffer {
  const { mac, options, flags = 0, secs = 0, ciaddr = "0.0.0.0", giaddr = "0.0.0.0" } = sent;
  const head = Buffer.alloc(240);
  head.set([sent.op ?? 1, 1, 6, 0]);
  head.writeUInt32BE(XID, 4);
  head.writeUInt16BE(secs, 8);
  head.writeUInt16BE(flags, 10);
  head.set(ip(ciaddr), 12);
  head.set(ip(giaddr), 24);
  head.set(bytesOf(mac), 28);
  head.write(sent.file ?? "", 108, "latin1");
  head.set([99, 130, 83, 99], 236);
  const list = options.flatMap(([code, ...value]) => [code, value.length, ...value]);
  const all = Buffer.concat([head, Buffer.from([...list, 255])]);
  return Buffer.concat([all, Buffer.alloc(Math.max(0, 300 - all.length))]);
}

type List = [number, ...number[]][];

const type = (number: number): List => [[53, number]];
const discover = type(1);
/** A REQUEST for what an OFFER of `server` gave. */
const request = (address: string, server = SERVER): List => [
  ...type(3),
  [54, ...ip(server)],
  [50, ...ip(address)],
];

const pxeClass = (arch = "00000", undi = "002001") =>
  text(`PXEClient:Arch:${arch}:UNDI:${undi}`) as [number, ...number[]];

/** Parameters that PXE wants of its clients: they name nothing here. */
const PXE_LIST = [128, 129, 130, 131, 132, 133, 134, 135];
/** What the documentation's captures begin with. */
const romList = [43, 60, 67, ...PXE_LIST, 66];

const pxe = (list: readonly number[], id: readonly number[]): List => [
  [55, ...list],
  [93, 0, 0],
  [94, 1, 2, 1],
  [97, 0, ...id],
  [60, ...pxeClass()],
];

/** The end of a serial number, four times. */
const repeated = (mac: string) => {
  const [, , , ...end] = bytesOf(mac);
  return Array(4)
    .fill([...end.reverse(), 0x8d])
    .flat() as number[];
};

/** Boot ROM of a Raspberry Pi 3 B: option 97 is the same in all of them. */
const rom = pxe(romList, Array(16).fill(0x44));
/** That of a 3 B+, in which this was put right. */
const romPlus = (mac: string) => pxe(romList, repeated(mac));
/** bootcode.bin of a card, which asks for netmask and router too. */
const bootcode = (mac: string) => pxe([...romList, 1, 3], repeated(mac));

const eepromList = [1, 3, 43, 60, 66, 67, ...PXE_LIST];
const revisions = { RPi4: [0x11, 0x31, 0xc0, 0], RPi5: [0x70, 0x41, 0xd0, 0] };

/** EEPROM of a Raspberry Pi 4 or 5: model, revision, end of the MAC, serial number in option 97. */
const eeprom = (model: "RPi4" | "RPi5", mac: string) =>
  pxe(eepromList, [
    ...text(model),
    ...revisions[model],
    ...bytesOf(mac).slice(2),
    ...[0x78, 0x56, 0x34, 0x12],
  ]);
/** The first ones, and those with DHCP_OPTION97=0. */
const eepromOld = (mac: string) => pxe(eepromList, repeated(mac));

const uboot = (arch: number, name: string): List => [
  [93, 0, arch],
  [94, 1, 0, 0],
  [60, ...text(name)],
  [55, 1, 3, 6, 12, 17, 209],
];
const MAXIMUM: List = [[57, 2, 64]];

const lwip: List = [
  [57, 5, 220],
  [55, 1, 3, 28, 6],
];

const udhcpc = (mac: string): List => [
  [61, 1, ...bytesOf(mac)],
  [57, 2, 64],
  [55, 1, 3, 6, 12, 15, 28, 42],
  [60, ...text("udhcp 1.36.1")],
];

const efi: List = [
  [57, 5, 192],
  [
    55, 1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60,
    66, 67,
  ],
  [97, 0, ...Array.from({ length: 16 }, (_, at) => at)],
  [94, 1, 3, 0],
  [93, 0, 11],
  [60, ...pxeClass("00011", "003000")],
];

/** Boards by name. */
export const macs = {
  pi3: "b8:27:eb:00:00:03",
  pi3plus: "b8:27:eb:00:00:3b",
  pi2: "b8:27:eb:00:00:02",
  pi4: "dc:a6:32:00:00:04",
  pi4old: "dc:a6:32:00:00:40",
  pi5: "d8:3a:dd:00:00:05",
  armv8: "52:54:00:00:00:08",
  armv7: "52:54:00:00:00:07",
  lwip: "52:54:00:00:00:11",
  linux: "52:54:00:00:00:12",
  other: "52:54:00:00:00:13",
  efi: "52:54:00:00:00:6f",
  known: "b8:27:eb:12:34:56",
  named: "52:54:00:00:00:61",
} as const;

/** What boards ask first. */
export const discovers = {
  "Pi 3, boot ROM": { mac: macs.pi3, options: [...discover, ...rom] },
  "Pi 3B+, boot ROM": { mac: macs.pi3plus, options: [...discover, ...romPlus(macs.pi3plus)] },
  "Pi 2, bootcode.bin of its card": {
    mac: macs.pi2,
    options: [...discover, ...bootcode(macs.pi2)],
  },
  "Pi 4, EEPROM": { mac: macs.pi4, options: [...discover, ...eeprom("RPi4", macs.pi4)] },
  "Pi 4, EEPROM, asking again": {
    mac: macs.pi4,
    secs: 4,
    options: [...discover, ...eeprom("RPi4", macs.pi4)],
  },
  "Pi 4, EEPROM of 2019": { mac: macs.pi4old, options: [...discover, ...eepromOld(macs.pi4old)] },
  "Pi 5, EEPROM": { mac: macs.pi5, options: [...discover, ...eeprom("RPi5", macs.pi5)] },
  "U-Boot, 64-bit Arm": {
    mac: macs.armv8,
    file: "boot.scr.uimg",
    options: [...discover, ...MAXIMUM, ...uboot(0x16, "U-Boot.armv8")],
  },
  "U-Boot, 32-bit Arm": {
    mac: macs.armv7,
    options: [...discover, ...MAXIMUM, ...uboot(0x15, "U-Boot.armv7")],
  },
  "U-Boot, lwIP": { mac: macs.lwip, options: [...discover, ...lwip] },
  "a Pi with an address of its own": { mac: macs.known, options: [...discover, ...rom] },
  "U-Boot on a board that is known": {
    mac: macs.known,
    options: [...discover, ...MAXIMUM, ...uboot(0x16, "U-Boot.armv8")],
  },
  "Linux (udhcpc) on the Pi 4, with an identifier": {
    mac: macs.pi4,
    secs: 2,
    options: [...discover, ...udhcpc(macs.pi4)],
  },
  "a client known by its identifier": {
    mac: macs.named,
    options: [...discover, [61, 0, 0x62, 0x31], [55, 1, 3, 6, 12]],
  },
  "a client that wants broadcasts, and says for how long": {
    mac: macs.linux,
    flags: 0x8000,
    options: [...discover, [51, 0, 0, 2, 88], [55, 1, 3]],
  },
  "a client without a list": { mac: macs.linux, options: discover },
  "a client with a wish": {
    mac: macs.linux,
    options: [...discover, [50, 192, 168, 0, 177], [55, 1, 3]],
  },
  "a client with a wish outside": {
    mac: macs.other,
    options: [...discover, [50, 10, 0, 0, 1], [55, 1, 3]],
  },
  "an EFI PXE client": { mac: macs.efi, options: [...discover, ...efi] },
  "a client behind a relay": {
    mac: macs.armv7,
    giaddr: "192.168.0.9",
    options: [...discover, [55, 1, 3], [82, 1, 2, 0, 7]],
  },
  BOOTP: { mac: macs.armv7, options: [] },
  "a server's answer": { mac: macs.armv7, op: 2, options: type(2) },
} satisfies Record<string, Sent>;

/** What boards ask when they have an OFFER of `address`, or an address. */
export const requests = (address: (mac: string) => string): Record<string, Sent> => ({
  "Pi 4 takes the OFFER": {
    mac: macs.pi4,
    options: [...request(address(macs.pi4)), ...eeprom("RPi4", macs.pi4)],
  },
  "Pi 5 takes the OFFER": {
    mac: macs.pi5,
    options: [...request(address(macs.pi5)), ...eeprom("RPi5", macs.pi5)],
  },
  "Pi 4 with the EEPROM of 2019 takes the OFFER, and says nothing of PXE": {
    mac: macs.pi4old,
    options: [...request(address(macs.pi4old)), [55, ...eepromList]],
  },
  "U-Boot takes the OFFER": {
    mac: macs.armv8,
    file: "boot.scr.uimg",
    options: [
      ...type(3),
      ...MAXIMUM,
      ...request(address(macs.armv8)).slice(1),
      ...uboot(0x16, "U-Boot.armv8"),
    ],
  },
  "U-Boot with lwIP takes the OFFER": {
    mac: macs.lwip,
    options: [
      ...type(3),
      [57, 5, 220],
      [50, ...ip(address(macs.lwip))],
      [54, ...ip(SERVER)],
      [55, 1, 3, 28, 6],
    ],
  },
  "the known board takes its address": {
    mac: macs.known,
    options: [...request(address(macs.known)), [55, 1, 3, 6, 12]],
  },
  "Linux on the Pi 4 asks for the Pi's address": {
    mac: macs.pi4,
    options: [...request(address(macs.pi4)), ...udhcpc(macs.pi4)],
  },
  "Linux starts again (INIT-REBOOT)": {
    mac: macs.pi4,
    options: [...type(3), [50, ...ip(address(macs.pi4))], ...udhcpc(macs.pi4)],
  },
  "the known board with another address (INIT-REBOOT)": {
    mac: macs.known,
    options: [...type(3), [50, 192, 168, 0, 180], [55, 1, 3]],
  },
  "an address of another network (INIT-REBOOT)": {
    mac: macs.armv7,
    options: [...type(3), [50, 10, 0, 0, 7], [55, 1, 3]],
  },
  "an address that another client has": {
    mac: macs.armv7,
    options: [...request(address(macs.pi4)), [55, 1, 3]],
  },
  "an address that is kept for another": {
    mac: macs.armv7,
    options: [...request(address(macs.known)), [55, 1, 3]],
  },
  "Linux renews": {
    mac: macs.pi4,
    ciaddr: address(macs.pi4),
    options: [...type(3), ...udhcpc(macs.pi4)],
  },
  "the offer of another server": {
    mac: macs.armv7,
    options: [...request("192.168.0.180", "192.168.0.1"), [55, 1, 3]],
  },
  INFORM: { mac: macs.linux, ciaddr: SERVER, options: [...type(8), [55, 1, 3, 6]] },
  RELEASE: { mac: macs.pi4, ciaddr: address(macs.pi4), options: [...type(7), [54, ...ip(SERVER)]] },
});

/** What an EFI client asks on port 4011. */
export const efiRequest: Sent = {
  mac: macs.efi,
  ciaddr: "192.168.0.250",
  options: [...type(3), ...efi],
};
