import type { SqlExecutor } from '#libs/read-store';
import { isIn, onePersonsStays } from '../one-persons-stays.js';

/** From where somebody came into a static pool to how they go, under all of their ids. */
export interface WholeStay {
  readonly poolId: string;
  readonly personId: string;
  readonly joinedAt: Date;
  readonly joinedBy: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly leftAt: Date | null;
}

/** The stays in a pool that an instant lies in, of people who have several ids, by the id that each goes by. */
export const wholeStays = async (
  sql: SqlExecutor,
  { poolId, at }: { readonly poolId: string; readonly at: Date },
  personIds: readonly string[],
): Promise<ReadonlyMap<string, WholeStay>> => {
  const whole = new Map<string, WholeStay>();
  if (personIds.length === 0) return whole;
  const stays = await sql.query<WholeStay>(
    `SELECT m.pool_id AS "poolId", person.person_id AS "personId", m.joined_at AS "joinedAt", m.joined_by AS "joinedBy",
       m.joined_reason AS reason, m.joined_note AS note, m.left_at AS "leftAt"
     FROM read.pool_aliases person JOIN read.pool_memberships m USING (candidate_id)
     WHERE m.pool_id = $1 AND person.person_id = ANY($2::uuid[])`,
    [poolId, personIds],
  );
  for (const personId of personIds) {
    const own = stays.filter((stay) => stay.personId === personId);
    const found = onePersonsStays(own, (came, { leftAt }) => ({ ...came, leftAt })).find((stay) => isIn(stay, at));
    if (found) whole.set(personId, found);
  }
  return whole;
};
