import { centibitsBefore, groupsOf, scoreAmong, TWO_PEOPLE, type PairScore, type Reason } from '#libs/identity';
import { err, ok, type Result } from '#libs/kernel';
import type { SqlExecutor } from '#libs/read-store';
import { pairCursor, pairEdge } from './pair-cursor.js';

/** Two candidates who are likely one person, with the reasons; they say which fields agree, not what's in them. */
export interface LikelyPair extends PairScore {
  /** The lower id first. */
  readonly candidateIds: readonly [string, string];
}

/** Candidates who are likely one person. */
export interface LikelyPerson {
  readonly candidateIds: readonly string[];
  /** Those of their pairs that nobody has decided on and that reach what was asked for, the likeliest first. */
  readonly pairs: readonly LikelyPair[];
}

export interface LikelyPeoplePage {
  readonly items: readonly LikelyPerson[];
  readonly nextCursor: string | null;
}

/** A condition on a pair: SQL made of two ids, the lower one first, and thousandths of bits. */
export type PairSql = (a: string, b: string, millibits: string) => string;

/** What was decided on pairs. */
export interface PairDecisions {
  /** Nothing. */
  readonly undecided: PairSql;
  /** That they're two people. */
  readonly toldApart: PairSql;
}

export interface LikelyPeopleOptions {
  /** How sure to be: each bit doubles the odds. Below -3 there's nothing more. */
  readonly minBits: number;
  /** Only people of whom this user or team owns an id that there's a pair of to decide on. */
  readonly owner?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface PairRow {
  candidate_id: string;
  other_id: string;
  centibits: number;
  reasons: Reason[];
  undecided: boolean;
  told_apart: boolean;
  wanted: boolean;
}

/** Pairs that are read for each that's shown, at least: most stand for a person by themselves. */
const PAIRS_AT_ONCE = 100;

const peopleCounted = async (sql: SqlExecutor): Promise<number> => {
  const [row] = await sql.query<{ candidates: number }>(
    `SELECT candidates FROM read.duplicate_values WHERE field = 'candidate' AND value = ''`,
  );
  return row?.candidates ?? 0;
};

/** The least of a pair's own evidence that makes it this likely, in hundredths of bits, and what comes before all evidence. */
const leastOf = (people: number, minBits: number): { readonly before: number; readonly least: number } => {
  const before = centibitsBefore(people);
  return { before, least: Math.ceil(minBits * 100) - before };
};

/** How many pairs are this likely one person, and undecided. */
export const countLikelyPairs = async (sql: SqlExecutor, minBits: number, undecidedSql: PairSql): Promise<number> => {
  const { before, least } = leastOf(await peopleCounted(sql), minBits);
  const undecided = undecidedSql('p.candidate_id', 'p.other_id', `(p.centibits + (${before})) * 10`);
  const [row] = await sql.query<{ pairs: number }>(
    `SELECT count(*)::integer AS pairs FROM read.duplicate_pairs p
     WHERE p.candidate_id < p.other_id AND p.centibits >= $1 AND ${undecided}`,
    [least],
  );
  return row?.pairs ?? 0;
};

/**
 * Who is likely there twice, the likeliest first, in pages. A page costs what it shows, however many people there are: a
 * group depends on nobody but those who are linked with it. The cursor names a pair, so that what changes meanwhile shows
 * nobody twice but those who themselves changed.
 */
export const likelyPeople = async (
  sql: SqlExecutor,
  { minBits, owner, limit, cursor }: LikelyPeopleOptions,
  decisions: PairDecisions,
): Promise<Result<LikelyPeoplePage, 'bad-cursor'>> => {
  const decoded = cursor === undefined ? undefined : pairEdge(cursor);
  if (cursor !== undefined && !decoded) return err('bad-cursor');
  let after = decoded;
  const people = await peopleCounted(sql);
  const { before, least } = leastOf(people, minBits);
  const condition = (sqlOf: PairSql) => sqlOf('p.candidate_id', 'p.other_id', `(p.centibits + (${before})) * 10`);
  const [undecided, toldApart] = [condition(decisions.undecided), condition(decisions.toldApart)];
  const items: LikelyPerson[] = [];
  for (;;) {
    const edge = after ?? {
      centibits: 1_000_000,
      a: '00000000-0000-0000-0000-000000000000',
      b: '00000000-0000-0000-0000-000000000000',
    };
    const chunk = await sql.query<Pick<PairRow, 'candidate_id' | 'other_id' | 'centibits'>>(
      `SELECT candidate_id, other_id, centibits FROM read.duplicate_pairs p
       WHERE candidate_id < other_id AND centibits >= $1 AND centibits <= $2
         AND (centibits < $2 OR (candidate_id, other_id) > ($3::uuid, $4::uuid))
         AND ($5::text IS NULL OR EXISTS (
           SELECT FROM read.duplicate_people o WHERE o.candidate_id IN (p.candidate_id, p.other_id) AND o.owner = $5))
         AND ${undecided}
       ORDER BY p.centibits DESC, p.candidate_id, p.other_id LIMIT $6`,
      [least, edge.centibits, edge.a, edge.b, owner ?? null, PAIRS_AT_ONCE],
    );
    const groups = await groupsAround(sql, { pairs: chunk, least, before, minBits, owner, undecided, toldApart });
    for (const { candidate_id: a, other_id: b, centibits } of chunk) {
      if (items.length === limit) return ok({ items, nextCursor: after ? pairCursor(after) : null });
      after = { centibits, a, b };
      const group = groups.get(`${a} ${b}`);
      if (!group) continue;
      const pairs = group.pairs.map((pair) => ({
        candidateIds: [pair.candidate_id, pair.other_id] as const,
        ...scoreAmong(people, pair),
      }));
      items.push({ candidateIds: group.candidateIds, pairs });
    }
    if (chunk.length < PAIRS_AT_ONCE) return ok({ items, nextCursor: null });
  }
};

interface Group {
  readonly candidateIds: readonly string[];
  readonly pairs: readonly PairRow[];
}

interface Around {
  readonly pairs: readonly Pick<PairRow, 'candidate_id' | 'other_id'>[];
  readonly least: number;
  readonly before: number;
  readonly minBits: number;
  readonly owner: string | undefined;
  readonly undecided: string;
  readonly toldApart: string;
}

/** The groups that these pairs belong to, each by the pair that it's shown at: the likeliest that was asked for. */
const groupsAround = async (
  sql: SqlExecutor,
  { pairs, least, before, minBits, owner, undecided, toldApart }: Around,
): Promise<ReadonlyMap<string, Group>> => {
  const rows = await sql.query<PairRow>(
    `WITH RECURSIVE reached (id) AS (
       SELECT unnest($1::uuid[])
       UNION
       SELECT p.other_id FROM reached JOIN read.duplicate_pairs p ON p.candidate_id = reached.id WHERE p.centibits >= $2
     )
     SELECT p.candidate_id, p.other_id, p.centibits, p.reasons, (${undecided}) AS undecided, (${toldApart}) AS told_apart,
       ($3::text IS NULL OR EXISTS (
         SELECT FROM read.duplicate_people o WHERE o.candidate_id IN (p.candidate_id, p.other_id) AND o.owner = $3)) AS wanted
     FROM read.duplicate_pairs p
     WHERE p.candidate_id < p.other_id
       AND p.candidate_id IN (SELECT id FROM reached) AND p.other_id IN (SELECT id FROM reached)
     ORDER BY p.centibits DESC, p.candidate_id, p.other_id`,
    [pairs.flatMap(({ candidate_id, other_id }) => [candidate_id, other_id]), least, owner ?? null],
  );
  const known = rows.map((row) => ({
    a: row.candidate_id,
    b: row.other_id,
    bits: row.told_apart ? TWO_PEOPLE : (row.centibits + before) / 100,
  }));
  const groups = new Map<string, Group>();
  const groupOf = new Map<string, readonly string[]>();
  for (const candidateIds of groupsOf(known, before / 100, minBits))
    for (const id of candidateIds) groupOf.set(id, candidateIds);
  const open = new Map<readonly string[], PairRow[]>();
  for (const row of rows) {
    const candidateIds = groupOf.get(row.candidate_id);
    if (!candidateIds || candidateIds !== groupOf.get(row.other_id) || row.centibits < least || !row.undecided)
      continue;
    open.set(candidateIds, [...(open.get(candidateIds) ?? []), row]);
  }
  for (const [candidateIds, itsPairs] of open) {
    const shownAt = itsPairs.find(({ wanted }) => wanted);
    if (shownAt) groups.set(`${shownAt.candidate_id} ${shownAt.other_id}`, { candidateIds, pairs: itsPairs });
  }
  return groups;
};
