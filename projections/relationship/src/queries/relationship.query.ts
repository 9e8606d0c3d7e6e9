import {
  channels,
  emptyLedger,
  mayContact,
  purposes,
  type Availability,
  type ContactLedger,
  type Language,
  type Occasion,
  type Permission,
} from '#libs/candidates';
import type { SqlExecutor } from '#libs/read-store';
import type { SaidOfAvailability, SaidOfLanguages } from '../relationship.projection.js';

/** How things stand with somebody at an instant. */
export interface Relationship {
  readonly at: Date;
  readonly permissions: readonly (Occasion & Permission)[];
  /** What was said last, and when; null if nothing was. */
  readonly availability: (Availability & { readonly statedAt: string }) | null;
  readonly languages: readonly Language[];
}

/** A row of the read model. */
export interface RelationshipRow {
  ledger: ContactLedger;
  availability: SaidOfAvailability[];
  languages: SaidOfLanguages[];
}

/** Every purpose on every channel. */
const occasions = (topic: string | undefined): Occasion[] =>
  purposes.flatMap((purpose) =>
    channels.map((channel) => ({ purpose, channel, ...(topic === undefined ? {} : { topic }) })),
  );

/** By what was said up to the instant. Somebody of whom nothing is known may be contacted for nothing. */
export const relationshipOf = async (
  sql: SqlExecutor,
  candidateId: string,
  at: Date,
  topic?: string,
): Promise<Relationship> => {
  const [row] = await sql.query<RelationshipRow>(
    'SELECT ledger, availability, languages FROM read.relationship WHERE candidate_id = $1',
    [candidateId],
  );
  return relationshipIn(row, at, topic);
};

/** What a row says at an instant. */
export const relationshipIn = (row: RelationshipRow | undefined, at: Date, topic?: string): Relationship => {
  const now = at.toISOString();
  const ledger = row?.ledger ?? emptyLedger;
  const stated = row?.availability.findLast((said) => said.at <= now);
  return {
    at,
    permissions: occasions(topic).map((occasion) => ({ ...occasion, ...mayContact(ledger, occasion, at) })),
    availability: stated ? { ...stated.availability, statedAt: stated.at } : null,
    languages: row?.languages.findLast((said) => said.at <= now)?.languages ?? [],
  };
};
