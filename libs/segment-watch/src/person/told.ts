import { decodePosition, START, type LogPosition } from '#libs/kernel';
import type { PersonSegmentEvent } from '../events/segment-events.js';

export interface ToldChange {
  /** Epoch ms. */
  readonly at: number;
  readonly change: 'entered' | 'left';
}

/** What was told of one person in one segment since a watch began. */
export interface Told {
  readonly watchId: string;
  /** Whether they were in when the watch began. */
  readonly wasIn: boolean;
  /** In order of time; begins with an entry where they were in when the watch began. They come and go by turns. */
  readonly changes: readonly ToldChange[];
  /** For when a deadline is set; null: none is. Epoch ms. */
  readonly expected: number | null;
  /** Whether the id was merged away while they were in. */
  readonly mergedWhileIn: boolean;
}

/** What was told of one id of a person. */
export interface PersonTold {
  readonly candidateId?: string;
  /** All that had been recorded by then was counted. */
  readonly upTo: LogPosition;
  readonly segments: ReadonlyMap<string, Told>;
}

export const nothingTold: PersonTold = { upTo: START, segments: new Map() };

/** A watch that nothing was told of yet. */
export const untold = (watchId: string, since: number, wasIn: boolean): Told => ({
  watchId,
  wasIn,
  changes: wasIn ? [{ at: since, change: 'entered' }] : [],
  expected: null,
  mergedWhileIn: false,
});

export const isToldIn = ({ changes }: Told): boolean => changes.at(-1)?.change === 'entered';

const without = (changes: readonly ToldChange[], { at, change }: ToldChange): ToldChange[] =>
  changes.filter((one) => one.at !== at || one.change !== change);

const after = (told: Told, { type, data }: PersonSegmentEvent): Told => {
  if (type === 'segment.change-expected') return { ...told, expected: data.at === null ? null : Date.parse(data.at) };
  const at = Date.parse(data.at);
  switch (type) {
    case 'segment.entered':
    case 'segment.left': {
      const change = type === 'segment.entered' ? 'entered' : 'left';
      const changes = [...told.changes, { at, change } as const].sort((a, b) => a.at - b.at);
      return { ...told, changes, mergedWhileIn: false };
    }
    case 'segment.entry-retracted': {
      const mergedWhileIn = told.mergedWhileIn || (data.reason === 'merged' && isToldIn(told));
      return { ...told, changes: without(told.changes, { at, change: 'entered' }), mergedWhileIn };
    }
    case 'segment.exit-retracted':
      return { ...told, changes: without(told.changes, { at, change: 'left' }) };
  }
};

export const evolveTold = (state: PersonTold, event: PersonSegmentEvent): PersonTold => {
  const { candidateId, poolId, watch, upTo } = event.data;
  const known = state.segments.get(poolId);
  const told = known?.watchId === watch.id ? known : untold(watch.id, Date.parse(watch.since), watch.wasIn);
  return {
    candidateId,
    upTo: decodePosition(upTo) ?? state.upTo,
    segments: new Map(state.segments).set(poolId, after(told, event)),
  };
};
