import type { StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { onePerson } from '../one-person.js';
import { activityOf } from '../people.js';
import { talent, talentFacts } from '../tables.js';
import { talentSearch } from '../talent-search.projection.js';
import { toPerson, type Person, type TalentRow } from './person.js';

/**
 * A person as these events make them, by the fold that makes the rows: the events of all their ids, those of each in the
 * order of the log. Undefined without any.
 * @param ids the one that they go by first
 */
export const personFrom = (events: readonly StoredEvent[], ids: readonly string[]): Person | undefined => {
  const model = new MemoryReadModel(talentSearch);
  model.apply(events.filter(({ type }) => talentSearch.handlers[type] !== undefined));
  const records = new Map(model.rows(talent).map((record) => [record.candidate_id, record]));
  const [first, ...others] = ids.flatMap((id) => records.get(id) ?? []);
  if (!first) return undefined;
  const person = onePerson([first, ...others]);
  return toPerson({ ...person, ...activityOf(person.candidate_id, model.rows(talentFacts)) } as unknown as TalentRow);
};
