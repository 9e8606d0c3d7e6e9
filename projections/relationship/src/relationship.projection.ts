import {
  emptyLedger,
  entered,
  ledgerEventTypes,
  type Availability,
  type CandidateEvent,
  type ContactLedger,
  type EngagementEvent,
  type Language,
} from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { branch, defineProjection, row, type Handler, type Rows } from '#libs/projecting';
import { replacePermissions } from './permissions.js';
import { contactPermissions, relationships } from './tables.js';

/** What was said, and when; ISO 8601. */
export type Said<T> = T & { readonly at: string };
export type SaidOfAvailability = Said<{ readonly availability: Availability }>;
export type SaidOfLanguages = Said<{ readonly languages: readonly Language[] }>;

type Of<T extends string> = Extract<CandidateEvent | EngagementEvent, { type: T }>;

const idOf = ({ subjectId, type }: StoredEvent): string => {
  if (subjectId === undefined) throw new Error(`${type} is about nobody.`);
  return subjectId;
};

const needs = (event: StoredEvent) => [row(relationships, { candidate_id: idOf(event) })];

const known = (event: StoredEvent, rows: Rows) =>
  rows.get(relationships, { candidate_id: idOf(event) }) ?? {
    candidate_id: idOf(event),
    ledger: emptyLedger,
    availability: [],
    languages: [],
  };

/** By time; of one stream, so what's recorded later comes later where that's the same. */
const inTime = <T extends { readonly at: string }>(list: readonly T[], item: T): T[] =>
  [...list, item].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));

const contact: Handler = {
  needs: (event) => [...needs(event), branch(contactPermissions, { candidate_id: idOf(event) })],
  apply: (event, rows) => {
    const before = known(event, rows);
    const said = event as StoredEvent & Of<(typeof ledgerEventTypes)[number]>;
    const ledger = entered(before.ledger as ContactLedger, said, event.occurredAt);
    rows.put(relationships, { ...before, ledger });
    replacePermissions(rows, idOf(event), ledger);
  },
};

const availability: Handler = {
  needs,
  apply: (event, rows) => {
    const before = known(event, rows);
    const { data } = event as StoredEvent & Of<'candidate.availability-stated'>;
    const said = { at: event.occurredAt.toISOString(), availability: data };
    rows.put(relationships, { ...before, availability: inTime(before.availability as SaidOfAvailability[], said) });
  },
};

const languages: Handler = {
  needs,
  apply: (event, rows) => {
    const before = known(event, rows);
    const { data } = event as StoredEvent & Of<'candidate.languages-changed'>;
    const said = { at: event.occurredAt.toISOString(), languages: data.languages };
    rows.put(relationships, { ...before, languages: inTime(before.languages as SaidOfLanguages[], said) });
  },
};

/** Whether somebody may be contacted, and what they said of a next job. */
export const relationship = defineProjection({
  name: 'relationship',
  version: 2,
  tables: [relationships, contactPermissions],
  handlers: {
    ...Object.fromEntries(ledgerEventTypes.map((type) => [type, contact])),
    'candidate.availability-stated': availability,
    'candidate.languages-changed': languages,
  },
});
