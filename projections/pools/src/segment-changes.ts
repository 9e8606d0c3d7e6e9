import type { StoredEvent } from '#libs/kernel';
import type { SegmentEvent } from '#libs/segment-watch';
import { defineTable, type Handler } from '#libs/projecting';

/** One row each time that it was told that somebody came into a watched segment or went, or that they hadn't after all. */
export const segmentChanges = defineTable({
  name: 'segment_changes',
  columns: {
    pool_id: 'uuid',
    candidate_id: 'uuid',
    /** Of the event, in the stream of what's told of this id. */
    revision: 'integer',
    /** `entered`, `left`, `entry-retracted` or `exit-retracted`. */
    change: 'text',
    at: 'timestamptz',
    /** When it was recorded. */
    told_at: 'timestamptz',
    /** JSON pointers into the criteria. */
    because: 'text[]',
    /** Whether the same had been told before, of another time or under another id. */
    restated: 'boolean',
    /** Why it's taken back. */
    reason: 'text?',
  },
  key: ['pool_id', 'candidate_id', 'revision'],
  indexes: ['(pool_id, at, candidate_id, revision)'],
});

type Told = Extract<SegmentEvent, { data: { because: string[] } | { reason: string } }>;

const told: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    const { type, data } = event as StoredEvent & Told;
    const news = 'because' in data;
    rows.put(segmentChanges, {
      pool_id: data.poolId,
      candidate_id: data.candidateId,
      revision: event.revision,
      change: type.slice('segment.'.length),
      at: new Date(data.at),
      told_at: event.recordedAt,
      because: news ? data.because : [],
      restated: news && data.restated,
      reason: news ? null : data.reason,
    });
  },
};

/** What's told of watched segments. */
export const segmentHandlers = {
  'segment.entered': told,
  'segment.left': told,
  'segment.entry-retracted': told,
  'segment.exit-retracted': told,
} satisfies Partial<Record<SegmentEvent['type'], Handler>>;
