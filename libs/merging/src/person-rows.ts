import { idsOf, peopleOf, type Merge } from '#libs/identity';
import type { Rows } from '#libs/projecting';
import type { PersonTables } from './person-tables.js';

/** The id that whoever has this one goes by; undefined for somebody with one id. */
export const personIdOf = (rows: Rows, { aliases }: PersonTables, candidateId: string): string | undefined =>
  rows.fetch(aliases, { candidate_id: candidateId })?.person_id;

/** All ids of whoever goes by this one, which is first. */
export const idsOfPerson = (rows: Rows, { people }: PersonTables, personId: string): readonly string[] =>
  idsOf(peopleOf((rows.fetch(people, { person_id: personId })?.merges ?? []) as readonly Merge[]), personId);
