import type { contactKinds, Location, Skill, Source } from '#libs/candidates';
import { UNWRITABLE, unwritableTexts } from '#libs/kernel';

/** One person as a file describes them, in our terms; what the file doesn't say is absent. */
export interface CandidateRecord {
  readonly name?: { readonly full: string; readonly given?: string; readonly family?: string };
  readonly title?: string;
  readonly employer?: string;
  readonly summary?: string;
  readonly experienceYears?: number;
  readonly location?: Location;
  readonly contactPoints: readonly { readonly kind: (typeof contactKinds)[number]; readonly value: string }[];
  readonly skills: readonly Skill[];
  readonly interests: readonly string[];
  readonly tags: readonly string[];
  readonly externalIds: readonly { readonly system: string; readonly id: string }[];
  readonly source?: Source;
  readonly owner?: string;
  /** Values of custom fields, by key. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** When the source first knew the person. */
  readonly addedAt?: Date;
}

/** Why a record of a file was refused. `message` names columns and rules, never values. */
export interface RecordProblem {
  /** From 1; of the record's first line. */
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export type ParsedRecord<T> =
  | { readonly line: number; readonly ok: true; readonly value: T }
  | { readonly line: number; readonly ok: false; readonly problem: RecordProblem };

export const refused = <T>(line: number, code: string, message: string): ParsedRecord<T> => ({
  line,
  ok: false,
  problem: { line, code, message },
});

/** What a record says, unless some text of it is one that no store takes. */
export const taken = <T>(line: number, value: T): ParsedRecord<T> => {
  const [where] = unwritableTexts(value);
  if (where === undefined) return { line, ok: true, value };
  const [, field = 'The record'] = where.split('/');
  return refused(line, 'unwritable-text', `${field} ${UNWRITABLE}.`);
};
