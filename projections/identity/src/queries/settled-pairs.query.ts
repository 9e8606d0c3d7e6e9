import { pairKey } from '#libs/identity';
import type { SqlExecutor } from '#libs/read-store';

/** Two who were told apart are shown again once they look so much likelier one person: three bits are eight times the odds. */
const NOTABLY_BITS = 3;

/** Says of a pair whether somebody has decided on it: they're one person already, or were told apart on much the same evidence. */
export const settledPairs = async (sql: SqlExecutor): Promise<(a: string, b: string, bits: number) => boolean> => {
  const [aliases, apart] = await Promise.all([
    sql.query<{ candidate_id: string; person_id: string }>('SELECT candidate_id, person_id FROM read.identity_aliases'),
    sql.query<{ candidate_id: string; other_id: string; millibits: number }>(
      'SELECT candidate_id, other_id, millibits FROM read.identity_told_apart',
    ),
  ]);
  const personOf = new Map(aliases.map((row) => [row.candidate_id, row.person_id]));
  const toldApart = new Map(apart.map((row) => [pairKey(row.candidate_id, row.other_id), row.millibits / 1_000]));
  return (a, b, bits) => {
    const [one, other] = [personOf.get(a), personOf.get(b)];
    const then = toldApart.get(pairKey(a, b));
    return (one !== undefined && one === other) || (then !== undefined && bits < then + NOTABLY_BITS);
  };
};
