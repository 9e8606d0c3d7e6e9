import {
  channels,
  emptyLedger,
  mayContact,
  purposes,
  type Attachment,
  type Availability,
  type ContactLedger,
  type Language,
  type MedallistMark,
  type Occasion,
  type Ownership,
  type Permission,
} from '#libs/candidates';
import type { SqlExecutor } from '#libs/read-store';
import { backgroundIn, type Background } from './background.query.js';
import { statedAbout, statementsOf, type Stated, type StatementRow } from './stated.js';

/** How things stand with somebody at an instant. */
export interface Relationship extends Background {
  readonly at: Date;
  readonly permissions: readonly (Occasion & Permission)[];
  /** Every hand-over, the latest last: who owns the relationship is what the last one says. */
  readonly owners: readonly Stated<Ownership>[];
  /** What was said last, and when; null if nothing was. */
  readonly availability: Stated<Availability> | null;
  readonly languages: readonly Language[];
  readonly attachments: readonly Attachment[];
  /** What somebody said of it; null where nobody did. Their applications say more. */
  readonly silverMedallist: Stated<MedallistMark & { readonly marked: boolean }> | null;
}

/** What the read model holds of one person. */
export interface RelationshipRows {
  readonly ledger: ContactLedger | undefined;
  readonly statements: readonly StatementRow[];
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
  const [[row], statements] = await Promise.all([
    sql.query<{ ledger: ContactLedger }>(
      'SELECT ledger FROM read.relationship WHERE candidate_id = $1',
      [candidateId],
      {
        prepared: true,
      },
    ),
    sql.query<StatementRow>(statementsOf, [candidateId], { prepared: true }),
  ]);
  return relationshipIn({ ledger: row?.ledger, statements }, at, topic);
};

/** What the rows say at an instant. */
export const relationshipIn = ({ ledger, statements }: RelationshipRows, at: Date, topic?: string): Relationship => ({
  at,
  permissions: occasions(topic).map((occasion) => ({
    ...occasion,
    ...mayContact(ledger ?? emptyLedger, occasion, at),
  })),
  owners: statedAbout(statements, 'owner', at),
  availability: statedAbout(statements, 'availability', at).at(-1) ?? null,
  attachments: statedAbout(statements, 'attachments', at).at(-1)?.statement ?? [],
  silverMedallist: statedAbout(statements, 'silver-medallist', at).at(-1) ?? null,
  ...backgroundIn(statements, at),
  languages: statedAbout(statements, 'languages', at).at(-1)?.statement ?? [],
});
