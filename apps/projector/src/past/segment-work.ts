import { PersonEvents } from '#libs/candidates';
import { membershipChanges, type Criteria, type MembershipChange, type PersonHistory } from '#libs/criteria';
import type { EventCodec, EventLog } from '#libs/event-store';
import {
  createTables,
  PastStoppedError,
  pastTables,
  targetOf,
  type JobProgress,
  type PastJob,
  type PastWork,
  type ReadModelGate,
  type RowOf,
} from '#libs/projecting';
import { unprepared, upsert, type Database } from '#libs/read-store';
import type { LiveModel } from '#libs/scoring';
import { applicationsOf, funnel } from '#projections/funnel';
import { identity, idsOfPerson } from '#projections/identity';
import { segmentHistory, segmentStays } from '#projections/pools';
import { liveModels, scoringModels } from '#projections/scoring-models';
import { personHistory, talentSearch } from '#projections/talent-search';

type Stay = RowOf<typeof segmentStays.columns>;

const PEOPLE_AT_ONCE = 200;
/** Whose streams are read at the same time: as many as keep an event store busy, and leave it room for others. */
const READ_AT_ONCE = 8;
/** Whoever wants it to stop waits for no longer. */
const WAIT_MILLISECONDS = 1_000;

/** Every time that somebody was in a segment up to an instant. */
export const staysOf = (candidateId: string, criteria: Criteria, history: PersonHistory, until: Date): Stay[] => {
  const stays: Stay[] = [];
  const changed = ({ at, because }: MembershipChange): { at: Date; because: string[] } => ({
    at: new Date(at),
    because: [...because],
  });
  for (const change of membershipChanges(criteria, history, until.getTime())) {
    const { at, because } = changed(change);
    const open = stays.at(-1);
    if (change.change === 'entered')
      stays.push({
        candidate_id: candidateId,
        entered_at: at,
        entered_because: because,
        left_at: null,
        left_because: [],
      });
    else if (open) stays[stays.length - 1] = { ...open, left_at: at, left_because: because };
  }
  return stays;
};

export interface SegmentWorkOptions {
  readonly database: Database;
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly gate: ReadModelGate;
  readonly peopleAtOnce?: number;
}

/**
 * Every id that anybody has, the ones that were merged away too: which id of a person's is in `talent` changes while a
 * history is made, which ids there are doesn't. Either table has it at any moment, since one transaction writes both.
 */
const EVERY_ID = ['read.talent', 'read.talent_aliases'] as const;

/** Who was ever in a segment, each under the id that they went by as of the position, from everybody's own events by the pure function: as if the segment had always been there. */
export const segmentWork = (options: SegmentWorkOptions): PastWork => {
  const { database, log, codec, gate, peopleAtOnce = PEOPLE_AT_ONCE } = options;
  const events = new PersonEvents(log, codec);

  const idsAfter = async (id: string | null): Promise<string[]> => {
    const each = EVERY_ID.map(
      (table) =>
        `(SELECT candidate_id FROM ${table} WHERE $1::uuid IS NULL OR candidate_id > $1 ORDER BY candidate_id LIMIT $2)`,
    );
    const rows = await database.query<{ candidate_id: string }>(
      `${each.join(' UNION ')} ORDER BY candidate_id LIMIT $2`,
      [id, peopleAtOnce],
    );
    return rows.map(({ candidate_id }) => candidate_id);
  };

  /** All ids of whoever went by this one as of the position; none where it was merged away then. */
  const personThen = async ({ position }: PastJob, id: string): Promise<readonly string[]> => {
    const ids = await idsOfPerson(database, id, { position: position.commit });
    return ids[0] === id ? ids : [];
  };

  const staysIn = async (job: PastJob, ids: readonly string[], live: readonly LiveModel[]): Promise<Stay[]> => {
    const told = await Promise.all(
      ids.map(async (candidateId) => {
        const applicationIds = await applicationsOf(database, candidateId);
        return events.of({ candidateId, applicationIds }, job.position);
      }),
    );
    const history = personHistory(told.flat(), ids, live);
    const criteria = job.segment?.criteria as unknown as Criteria;
    return history ? staysOf(ids[0] ?? '', criteria, history, job.requestedAt) : [];
  };

  const page = async (
    job: PastJob,
    ids: readonly string[],
    live: readonly LiveModel[],
    signal: AbortSignal,
  ): Promise<Stay[]> => {
    const left = [...ids];
    const stays: Stay[] = [];
    const next = async (): Promise<void> => {
      for (let id = left.pop(); id !== undefined && !signal.aborted; id = left.pop())
        stays.push(...(await staysIn(job, await personThen(job, id), live)));
    };
    await Promise.all(Array.from({ length: READ_AT_ONCE }, next));
    return stays;
  };

  /** How many ids there are; only those up to one, if it's given. */
  const count = async (upTo?: string): Promise<number> => {
    const each = EVERY_ID.map(
      (table) => `SELECT candidate_id FROM ${table} WHERE $1::uuid IS NULL OR candidate_id <= $1`,
    );
    const [row] = await database.query<{ n: string }>(`SELECT count(*) AS n FROM (${each.join(' UNION ')}) every`, [
      upTo ?? null,
    ]);
    return Number(row?.n ?? 0);
  };

  /** The read models that say who there is, and what scores went by, have to know of all that counts. False where the signal ended it. */
  const knowsEverybody = async (job: PastJob, signal: AbortSignal): Promise<boolean> => {
    for (const model of [talentSearch, funnel, identity, scoringModels])
      // What's set aside keeps nobody's past from being told; theirs lacks it, as the rows do.
      for (let answer = 'behind'; answer === 'behind';) {
        if (signal.aborted) return false;
        answer = await gate.waitFor(model.name, job.position, WAIT_MILLISECONDS);
        if (answer === 'paused') throw new PastStoppedError('read-model-paused', model.name);
      }
    return true;
  };

  return {
    prepare: (sql, job) => createTables(sql, pastTables(job.id), segmentHistory.tables),
    go: async (progress: JobProgress, signal) => {
      const { job } = progress;
      const target = targetOf(pastTables(job.id), segmentStays);
      if (!(await knowsEverybody(job, signal))) return false;
      const live = await liveModels(database, job.position.commit);
      const all = await count();
      const { id: reached } = progress.reached;
      let done = reached === null ? 0 : await count(reached);
      for (let ids = await idsAfter(progress.reached.id); ids.length > 0; ids = await idsAfter(progress.reached.id)) {
        const stays = await page(job, ids, live, signal);
        if (signal.aborted) return false;
        done += ids.length;
        await database.transaction(async (tx) => {
          await upsert(unprepared(tx), target, segmentStays, stays);
          const permille = Math.min(1_000, Math.floor((done / Math.max(all, 1)) * 1_000));
          await progress.advance(tx, { position: progress.reached.position, id: ids.at(-1) ?? null }, permille);
        });
      }
      await database.query(`ANALYZE ${target}`);
      return true;
    },
  };
};
