import type { NumberAttribute, WordAttribute } from '../language/leaves.js';

/** From `at` on (epoch ms), until the next change of the same attribute. An expiry is a change that lies ahead. */
interface Change<T> {
  readonly at: number;
  readonly value: T;
}

/** Something that happened. */
export interface HistoryFact {
  /** The event's type. */
  readonly kind: string;
  /** Epoch ms. */
  readonly at: number;
  /** Whether it's an act of the person. */
  readonly byPerson: boolean;
  /** Normalised. */
  readonly topic?: string;
  /** As `titleWords` gives them. */
  readonly roleWords?: readonly string[];
  /** Normalised. */
  readonly series?: string;
}

/** A value of a custom field. */
export interface CustomState {
  /** As `customWord` gives them. */
  readonly words: readonly string[];
  /** What ranges are about: a number, or a date (YYYY-MM-DD); null where it's neither. */
  readonly rank: number | string | null;
}

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** A person over time, as far as criteria ask. Changes of an attribute are in order of time; of two at one time the later counts. */
export interface PersonHistory {
  /** From when on there's anybody to be found; before it nobody is in any segment, whatever the criteria. */
  readonly since: number;
  /** As `titleTerms` gives them. */
  readonly title: readonly Change<readonly string[]>[];
  /** Normalised; skills as `skillTerms` gives them. */
  readonly words: Readonly<Partial<Record<WordAttribute, readonly Change<readonly string[]>[]>>>;
  readonly numbers: Readonly<Partial<Record<NumberAttribute, readonly Change<number | null>[]>>>;
  /** By key, without those that are personal. */
  readonly custom: ReadonlyMap<string, readonly Change<CustomState | null>[]>;
  readonly place: readonly Change<Place | null>[];
  /** What there's a consent for, each as `purpose/channel`. */
  readonly consents: readonly Change<readonly string[]>[];
  /** In any order, without what a machine did. */
  readonly facts: readonly HistoryFact[];
}

export type AttributeChange<T> = Change<T>;

/** Somebody of whom nothing is known. */
export const unknownSince = (since: number): PersonHistory => ({
  since,
  title: [],
  words: {},
  numbers: {},
  custom: new Map(),
  place: [],
  consents: [],
  facts: [],
});
