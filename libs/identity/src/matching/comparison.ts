import { GARBLED, likeness, SLIP } from './likeness.js';
import type { Features } from '../person/features.js';

/** How two people compare in one field: the index of a level, and the value that both have, where its rarity matters. */
export interface Outcome {
  readonly level: number;
  /** What they have in common. */
  readonly value?: string;
}

/** One thing that's compared. */
export interface Comparison {
  readonly field: string;
  /** From the strongest agreement to none. */
  readonly levels: readonly {
    readonly name: string;
    /** Of people who are the same one and of whom both records tell the field, the share that compares so: where learning starts. */
    readonly prior: number;
    /** The rarity of the common value says how much it means. */
    readonly byRarity?: true;
  }[];
  /** Undefined if either record doesn't tell the field. */
  readonly compare: (a: Features, b: Features) => Outcome | undefined;
  /** The values of a record that may be held in common. */
  readonly values: (person: Features) => readonly string[];
  /** A value belongs to one person as a rule: that two have it is a chance of one in a million, unless it's seen often. */
  readonly identifying?: true;
  /** A value is several words of which each has its own rarity. */
  readonly byWord?: true;
}

/** Those that aren't unknown. */
export const told = (...values: string[]): string[] => values.filter((value) => value !== '');

/** Levels of a text that's written once in a while with a slip. */
export const slipLevels = (same: number, slip: number, garbled: number): Comparison['levels'] => [
  { name: 'same', prior: same, byRarity: true },
  { name: 'slip', prior: slip },
  { name: 'garbled', prior: garbled },
  { name: 'different', prior: 1 - same - slip - garbled },
];

/** At which of these levels two texts are; undefined if either is unknown. */
export const compareText = (a: string, b: string): Outcome | undefined => {
  if (a === '' || b === '') return undefined;
  if (a === b) return { level: 0, value: a };
  const alikeness = likeness(a, b);
  return { level: alikeness >= SLIP ? 1 : alikeness >= GARBLED ? 2 : 3 };
};
