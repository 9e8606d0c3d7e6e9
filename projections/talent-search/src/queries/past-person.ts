import type { StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { talent, talentActivity } from '../tables.js';
import { talentSearch } from '../talent-search.projection.js';
import { toPerson, type Person, type TalentRow } from './person.js';

/** A person as these events, in the order of the log, make them: by the fold that makes the rows. Undefined without any. */
export const personFrom = (events: readonly StoredEvent[]): Person | undefined => {
  const model = new MemoryReadModel(talentSearch);
  model.apply(events.filter(({ type }) => talentSearch.handlers[type] !== undefined));
  const [profile] = model.rows(talent);
  const [activity] = model.rows(talentActivity);
  return profile && activity && toPerson({ ...profile, ...activity } as unknown as TalentRow);
};
