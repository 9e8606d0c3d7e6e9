import { bands, type Band } from '#libs/scoring';
import type { Parameters } from '#libs/read-store';
import type { Standings } from '../tables.js';
import { inBandSql } from './standing-sql.js';

const isBand = (word: string): word is Band => (bands as readonly string[]).includes(word);

/** Whether `t.candidate_id` is in one of these bands, as SQL that's true or false: whoever has no row is dormant. */
export const bandsSql = ({ scores }: Standings, asked: readonly string[], now: Date, p: Parameters): string => {
  const known = asked.filter(isBand);
  if (known.length === 0) return 'false';
  const at = `${p.add(now)}::timestamptz`;
  const row = `SELECT FROM read.${scores.name} s WHERE s.candidate_id = t.candidate_id`;
  const awake = known.filter((band) => band !== 'dormant').map((band) => inBandSql('s', band, at));
  const inOne = awake.length === 0 ? [] : [`EXISTS (${row} AND (${awake.join(' OR ')}))`];
  const inNone = known.includes('dormant') ? [`NOT EXISTS (${row} AND s.dormant_at > ${at})`] : [];
  const [only, other] = [...inOne, ...inNone];
  return other === undefined ? (only ?? 'false') : `(${only} OR ${other})`;
};
