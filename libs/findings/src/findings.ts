import { findings, type Finding } from '#libs/hygiene';
import { ERASED } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';

interface Sql {
  readonly holds: string;
  /** Since when it has been so; never null where it holds. */
  readonly since: string;
}

const bounced = `cardinality(emails) > 0 AND hard_bounced_at IS NOT NULL
  AND hard_bounced_at > COALESCE(GREATEST(addresses_stated_at, arrived_at), '-infinity')`;

/** Of a row of `person`: docs/hygiene.md says what each means. */
const sqlOf: Readonly<Record<Finding, Sql>> = {
  'stale-profile': { holds: 'profile_stated_at < long_ago', since: 'profile_stated_at' },
  'no-human-contact': {
    holds: 'COALESCE(last_human_contact_at, added_at) < long_ago',
    since: 'COALESCE(last_human_contact_at, added_at)',
  },
  'address-bounced': { holds: bounced, since: 'hard_bounced_at' },
  unreachable: {
    holds: `cardinality(phones) = 0 AND (cardinality(emails) = 0 OR (${bounced}))`,
    since: `COALESCE(CASE WHEN ${bounced} THEN hard_bounced_at ELSE addresses_stated_at END, added_at)`,
  },
  'no-owner': { holds: 'owner IS NULL', since: 'added_at' },
};

/** One row a person: what's known under any of their ids. $1: before it is long ago; $2: an owner, or null; $3: what's left of what was erased. */
const people = `person AS (
  SELECT $1::timestamptz AS long_ago, t.candidate_id, t.name, t.title, t.owner, t.added_at, a.last_human_contact_at,
    array_remove(t.emails, $3::text) AS emails, array_remove(t.phones, $3::text) AS phones,
    GREATEST(h.profile_stated_at, o.profile_stated_at) AS profile_stated_at,
    GREATEST(h.addresses_stated_at, o.addresses_stated_at) AS addresses_stated_at,
    GREATEST(h.hard_bounced_at, o.hard_bounced_at) AS hard_bounced_at,
    GREATEST(h.arrived_at, o.arrived_at) AS arrived_at
  FROM read.talent t
    JOIN read.talent_activity a USING (candidate_id)
    JOIN read.hygiene h USING (candidate_id)
    LEFT JOIN LATERAL (
      SELECT max(profile_stated_at) AS profile_stated_at, max(addresses_stated_at) AS addresses_stated_at,
        max(hard_bounced_at) AS hard_bounced_at, max(arrived_at) AS arrived_at
      FROM read.identity_aliases alias JOIN read.hygiene USING (candidate_id)
      WHERE alias.person_id = t.candidate_id) o ON true
  WHERE $2::text IS NULL OR t.owner = $2)`;

/** The read models that findings are made of. */
export const findingsModels = ['hygiene', 'talent-search', 'identity'] as const;

export interface Asked {
  readonly longAgo: Date;
  readonly owner: string | undefined;
}

const parameters = ({ longAgo, owner }: Asked): unknown[] => [longAgo, owner ?? null, ERASED];

/** How many people each finding holds of. */
export const countFindings = async (sql: SqlExecutor, asked: Asked): Promise<Readonly<Record<Finding, number>>> => {
  const counts = findings.map((finding) => `count(*) FILTER (WHERE ${sqlOf[finding].holds})::integer AS "${finding}"`);
  const [row] = await sql.query<Record<Finding, number>>(
    `WITH ${people} SELECT ${counts.join(', ')} FROM person`,
    parameters(asked),
  );
  return row;
};

export interface FoundPerson {
  readonly candidate_id: string;
  readonly name: string | null;
  readonly title: string | null;
  readonly owner: string | null;
  readonly since: Date;
}

/** Where a page ended. */
export interface FoundEdge {
  readonly since: string;
  readonly candidateId: string;
}

/** Of whom a finding holds, the longest first. */
export const listFound = (
  sql: SqlExecutor,
  finding: Finding,
  asked: Asked & { readonly after: FoundEdge | undefined; readonly limit: number },
): Promise<FoundPerson[]> => {
  const { holds, since } = sqlOf[finding];
  return sql.query<FoundPerson>(
    `WITH ${people}, found AS (
       SELECT candidate_id, name, title, owner, date_trunc('milliseconds', ${since}) AS since FROM person WHERE ${holds})
     SELECT * FROM found
     WHERE $4::timestamptz IS NULL OR (since, candidate_id) > ($4::timestamptz, $5::uuid)
     ORDER BY since, candidate_id LIMIT $6`,
    [...parameters(asked), asked.after?.since ?? null, asked.after?.candidateId ?? null, asked.limit],
  );
};
