import { isKnown } from '#libs/criteria';
import { findDuplicates, type PairScore, type PersonRecord } from '#libs/identity';
import type { SqlExecutor } from '#libs/read-store';

/** Two candidates who are likely one person, with the reasons; they say which fields agree, not what's in them. */
export interface LikelyPair extends PairScore {
  readonly candidateIds: readonly [string, string];
}

/** Candidates who are likely one person. */
export interface LikelyDuplicates {
  readonly candidateIds: readonly string[];
  /** Those of their pairs that reach the threshold, the likeliest first. */
  readonly pairs: readonly LikelyPair[];
}

interface Row {
  candidate_id: string;
  name: string | null;
  employer: string | null;
  city: string | null;
  emails: string[];
  phones: string[];
  profile_urls: string[];
}

const known = (text: string | null): string | undefined => (isKnown(text) ? text : undefined);

const toRecord = (row: Row): PersonRecord => ({
  id: row.candidate_id,
  fullName: known(row.name),
  employer: known(row.employer),
  city: known(row.city),
  emails: row.emails.filter(isKnown),
  phones: row.phones.filter(isKnown),
  profileUrls: row.profile_urls.filter(isKnown),
});

/**
 * Who is likely there twice, the likeliest first, among everybody: 100,000 people take minutes and 1.5 GB. For the
 * command line and jobs, not for a request.
 *
 * @param threshold in bits; see `DEFAULT_THRESHOLD`
 */
export const likelyDuplicates = async (sql: SqlExecutor, threshold: number): Promise<LikelyDuplicates[]> => {
  const rows = await sql.query<Row>(
    'SELECT candidate_id, name, employer, city, emails, phones, profile_urls FROM read.talent ORDER BY candidate_id',
  );
  const { clustersAt, explain } = findDuplicates(rows.map(toRecord), threshold);
  const idOf = (index: number): string => rows[index].candidate_id;
  const pairsOf = (group: readonly number[]): LikelyPair[] =>
    group
      .flatMap((a, at) =>
        group.slice(at + 1).map((b): LikelyPair => ({ candidateIds: [idOf(a), idOf(b)], ...explain(a, b) })),
      )
      .filter(({ bits }) => bits >= threshold)
      .sort((x, y) => y.bits - x.bits);
  return clustersAt(threshold)
    .map((group) => group.toSorted((a, b) => a - b))
    .map((group) => ({ candidateIds: group.map(idOf), pairs: pairsOf(group) }))
    .sort((x, y) => (y.pairs[0]?.bits ?? 0) - (x.pairs[0]?.bits ?? 0));
};
