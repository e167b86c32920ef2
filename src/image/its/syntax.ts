// The nodes of grammar/its.peggy.

/** The nodes of the grammar; `offset` is in characters of the text. */
export interface ItsSyntax {
  readonly reservations: readonly { readonly address: bigint; readonly size: bigint }[];
  readonly items: readonly ItsItem[];
}

/** Something at the top level. */
export type ItsItem =
  | { readonly kind: "delete"; readonly target: string; readonly offset: number }
  | { readonly kind: "omit"; readonly target: string; readonly offset: number }
  | {
      readonly kind: "node";
      readonly labels: readonly string[];
      /** Null for the root. */
      readonly target: string | null;
      readonly body: ItsBody;
      readonly offset: number;
    };

/** What stands between the braces of a node. */
export interface ItsBody {
  readonly properties: readonly ItsProperty[];
  readonly children: readonly ItsChild[];
}

/** A property, or that it is to be deleted. */
export interface ItsProperty {
  readonly name: string;
  readonly deleted: boolean;
  readonly value: readonly ItsPart[];
  readonly offset: number;
}

/** A node in a node, or that it is to be deleted. */
export interface ItsChild {
  readonly name: string;
  readonly deleted: boolean;
  readonly labels?: readonly string[];
  readonly omit?: boolean;
  readonly body?: ItsBody;
  readonly offset: number;
}

/** A part of a value. */
export type ItsPart =
  | { readonly kind: "bytes"; readonly bytes: readonly number[] }
  | { readonly kind: "path"; readonly target: string; readonly offset: number }
  | {
      readonly kind: "cells";
      readonly bits: bigint;
      readonly cells: readonly { target?: string; value?: bigint; offset: number }[];
      readonly offset: number;
    }
  | {
      readonly kind: "file";
      readonly file: string;
      readonly range?: { readonly from: bigint; readonly length: bigint };
      readonly offset: number;
    };
