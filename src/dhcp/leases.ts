// Who has which address until when. Bounded by the addresses there are to give. Leaves out who may
// have one (authoritative.ts) and where leases are kept between two runs.

/** A client, by what RFC 2131 section 4.2 tells them apart. */
export interface ClientKey {
  /** Kind of hardware and address: `1/b8:27:eb:12:34:56`. */
  readonly hardware: string;
  /** The client identifier in hexadecimal digits, from a client that sends one. */
  readonly id?: string;
}

/**
 * One address. It is `offered` from the OFFER on, since the boot ROM of a Raspberry Pi 3 uses it
 * without a REQUEST; `declined` when a client found that another machine has it.
 */
export interface Lease {
  readonly address: string;
  readonly client: ClientKey;
  readonly state: "offered" | "bound" | "declined";
  /** Until when that holds, in ms since 1970; afterwards it is only remembered. */
  readonly until: number;
}

/** What an answer changes. */
export type LeaseChange =
  | { readonly kind: "keep"; readonly lease: Lease }
  /** The address is free from now on, and remembered for its client. */
  | { readonly kind: "free"; readonly address: string };

/** What is known of addresses at one moment. */
export interface LeaseView {
  /** The moment, in ms since 1970. */
  readonly now: number;
  /** The lease of `client`, which may be over: then the address is the one it had. */
  find(client: ClientKey): Lease | undefined;
  /** What is known of an address, over or not. */
  at(address: string): Lease | undefined;
  /** What was offered and not taken up, the oldest first. */
  readonly offers: Iterable<Lease>;
  /** Grows whenever an address is given back or left before its time. */
  readonly freed: number;
}

/** Whether `lease` is one still. */
export function holds(lease: Lease | undefined, { now }: LeaseView): lease is Lease {
  return lease !== undefined && lease.until > now;
}

/** Whether two keys are of one client. An identifier is worth more than an address (RFC 2131, 4.2). */
export function sameClient(one: ClientKey, other: ClientKey): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id;
  return one.hardware === other.hardware;
}

/** The leases of a server. */
export class Leases {
  readonly #byAddress = new Map<string, Lease>();
  /** The addresses by identifier, and by hardware address: a boot ROM sends none, its kernel does. */
  readonly #byId = new Map<string, string>();
  readonly #byHardware = new Map<string, string>();
  /** What is offered, in the order of the offers. */
  readonly #offers = new Map<string, Lease>();
  #freed = 0;
  readonly #clock: () => number;

  /** `clock` gives ms since 1970. */
  constructor(clock: () => number = Date.now, former: Iterable<Lease> = []) {
    this.#clock = clock;
    for (const lease of former) this.#keep(lease);
  }

  /** What is known now. */
  view(): LeaseView {
    return {
      now: this.#clock(),
      find: (client) => this.#find(client),
      at: (address) => this.#byAddress.get(address),
      offers: this.#offers.values(),
      freed: this.#freed,
    };
  }

  /** All that is known, for keeping it between two runs. */
  get all(): readonly Lease[] {
    return [...this.#byAddress.values()];
  }

  /** How many addresses are taken now, by how. */
  get taken(): Readonly<Record<Lease["state"], number>> {
    const count = { offered: 0, bound: 0, declined: 0 };
    const now = this.#clock();
    for (const { state, until } of this.#byAddress.values()) if (until > now) count[state]++;
    return count;
  }

  /** Takes in what an answer changed. */
  apply(changes: readonly LeaseChange[]): void {
    for (const change of changes) {
      if (change.kind === "keep") this.#keep(change.lease);
      else {
        const lease = this.#byAddress.get(change.address);
        if (lease) this.#byAddress.set(change.address, { ...lease, until: this.#clock() });
        this.#offers.delete(change.address);
        this.#freed++;
      }
    }
  }

  /** Forgets what `keep` says no to: the addresses of a configuration that changed. */
  retain(keep: (address: string) => boolean): void {
    for (const { address } of this.all) if (!keep(address)) this.#forget(address);
    this.#freed++;
  }

  #find(client: ClientKey): Lease | undefined {
    const { id, hardware } = client;
    const own = id === undefined ? undefined : this.#byAddress.get(this.#byId.get(id) ?? "");
    if (own) return own;
    const near = this.#byAddress.get(this.#byHardware.get(hardware) ?? "");
    return near && sameClient(near.client, client) ? near : undefined;
  }

  #keep(lease: Lease): void {
    const { address, client } = lease;
    const before = this.#find(client);
    // A client has one address. What it declined stays closed to everybody.
    if (before && before.address !== address && before.state !== "declined") {
      this.#forget(before.address);
      this.#freed++;
    }
    this.#forget(address);
    this.#byAddress.set(address, lease);
    if (lease.state === "offered") this.#offers.set(address, lease);
    if (lease.state === "declined") return;
    this.#byHardware.set(client.hardware, address);
    if (client.id !== undefined) this.#byId.set(client.id, address);
  }

  #forget(address: string): void {
    const lease = this.#byAddress.get(address);
    if (!lease) return;
    const { hardware, id = "" } = lease.client;
    this.#byAddress.delete(address);
    this.#offers.delete(address);
    if (this.#byHardware.get(hardware) === address) this.#byHardware.delete(hardware);
    if (this.#byId.get(id) === address) this.#byId.delete(id);
  }
}
