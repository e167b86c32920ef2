// Every code with its severity, its words and its explanation. This is the only place where
// messages are written. A code names the fault; the check's file, the fixture folder and the topic
// of `ubootc explain` have the same name.

export type Severity = "error" | "warning";

/** One row of the table: `D` is what the words need to know. */
export interface Entry<D> {
  readonly severity: Severity;
  /** One line: what is wrong, with the names and numbers of the case. */
  readonly message: (data: D) => string;
  /** What to type instead; undefined when there is nothing better to say than the message. */
  readonly help?: (data: D) => string | undefined;
  /** The page of `ubootc explain`: why this is a fault, and what to do, in a few sentences. */
  readonly explain: string;
}

const code = <D>(entry: Entry<D>) => entry;

const oneOf = (words: readonly string[]): string =>
  words.length < 2
    ? (words[0] ?? "")
    : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;

const table = {
  syntax: code<{ expected: readonly string[]; found: string; nearest?: string }>({
    severity: "error",
    message: ({ expected, found }) => `expected ${oneOf(expected)}, found ${found}`,
    help: ({ nearest }) => nearest && `did you mean \`${nearest}\`?`,
    explain: "The text does not follow the grammar. grammar/README.md shows every form.",
  }),
};

/** The name of a fault. */
export type Code = keyof typeof table;

/** What the words of `C` need to know. */
export type Data<C extends Code> = (typeof table)[C] extends Entry<infer D> ? D : never;

/** The row of `code`. */
export function entryOf<C extends Code>(code: C): Entry<Data<C>> {
  return table[code] as unknown as Entry<Data<C>>;
}

/** All codes, in the order of the table. */
export const allCodes = Object.keys(table) as Code[];
