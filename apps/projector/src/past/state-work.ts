import { classificationEventDefinitions } from '#libs/candidates';
import type { StoredEvent } from '#libs/kernel';
import { membershipEventDefinitions, poolEventDefinitions } from '#libs/pools';
import {
  analyse,
  createTables,
  foldPast,
  modelName,
  pastTables,
  targetOf,
  type EngineLog,
  type LogDecoder,
  type LogSource,
  type PastJob,
  type PastSelection,
  type PastWork,
  type Projection,
} from '#libs/projecting';
import type { Database } from '#libs/read-store';
import { talentActivity } from '#projections/talent-search';

/**
 * What counts whenever it occurred: a verdict says who had done something, at all times; and the rows of pools hold their own
 * times, by which whoever asks chooses.
 */
const timeless = new Set<string>(
  [...classificationEventDefinitions, ...membershipEventDefinitions, ...poolEventDefinitions].map(({ type }) => type),
);

/** What had occurred by a time, about people who were known by then. */
export const occurredBy =
  (by: Date): PastSelection =>
  async (events, sql, names) => {
    const counted = events.filter(({ type, occurredAt }) => occurredAt <= by || timeless.has(type));
    const known = new Set(
      counted.flatMap(({ type, subjectId }) => (type === 'candidate.added' && subjectId ? [subjectId] : [])),
    );
    const others = new Set(counted.flatMap(({ subjectId }) => (subjectId && !known.has(subjectId) ? [subjectId] : [])));
    if (others.size > 0) {
      const rows = await sql.query<{ candidate_id: string }>(
        `SELECT candidate_id FROM ${targetOf(names, talentActivity)} WHERE candidate_id = ANY($1::uuid[])`,
        [[...others]],
      );
      for (const { candidate_id } of rows) known.add(candidate_id);
    }
    return counted.filter(({ subjectId }) => subjectId === undefined || known.has(subjectId));
  };

const everything: PastSelection = (events: readonly StoredEvent[]) => Promise.resolve(events);

const PERMILLE = 1_000n;

export interface StateWorkOptions {
  readonly database: Database;
  readonly log: LogSource;
  readonly decoder: LogDecoder;
  readonly logger: EngineLog;
  /** All that a past state may be of. */
  readonly projections: () => Promise<readonly Projection[]>;
  readonly batchEvents?: number;
}

/** Folds read models up to a past moment, by the folds that make the live ones. */
export const stateWork = ({ projections, ...options }: StateWorkOptions): PastWork => {
  const of = async ({ models }: PastJob): Promise<Projection[]> =>
    (await projections()).filter((one) => models.includes(modelName(one)));
  return {
    prepare: async (sql, job) => {
      for (const { tables } of await of(job)) await createTables(sql, pastTables(job.id), tables);
    },
    go: async (progress, signal) => {
      const { job, reached } = progress;
      const names = pastTables(job.id);
      const asked = await of(job);
      const done = await foldPast({
        ...options,
        projections: asked,
        names,
        from: reached.position,
        upTo: job.position,
        select: job.occurredBy ? occurredBy(job.occurredBy) : everything,
        signal,
        advance: (tx, position, recordedAt) =>
          progress.advance(
            tx,
            { position, id: null },
            Number((position.commit * PERMILLE) / job.position.commit),
            recordedAt,
          ),
      });
      if (done) await analyse(options.database, names, asked);
      return done;
    },
  };
};
