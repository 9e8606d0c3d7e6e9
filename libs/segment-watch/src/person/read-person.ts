import { contains, membership, membershipChanges, type MembershipChange } from '#libs/criteria';
import { comparePositions } from '#libs/kernel';
import type { WatchSources } from '../sources.js';
import type { Watch } from '../watches/watch.js';
import type { PersonReading, SegmentReading } from './person-reading.js';
import { isToldIn, type PersonTold } from './told.js';

/** The last one that a date can hold, in epoch ms. */
const LAST_INSTANT = 8.64e15;

/** Each entry with its exit, of stays that weren't over when the watch began. */
const sinceThen = (changes: readonly MembershipChange[], since: number): MembershipChange[] =>
  changes.filter(
    ({ at, change }, n) => at > since || (change === 'entered' && (changes[n + 1]?.at ?? Infinity) > since),
  );

interface Asked {
  readonly candidateId: string;
  readonly told: PersonTold;
  /** Of another id. */
  readonly toldOf: (candidateId: string) => Promise<PersonTold>;
  /** Not before this; epoch ms. */
  readonly notBefore: number;
}

/** Reads one id of a person from the log, and where they are in the segments that are watched. */
export const readPerson = async (sources: WatchSources, asked: Asked): Promise<PersonReading> => {
  const { known, clock } = sources;
  const { candidateId, told, notBefore } = asked;
  await sources.reach(told.upTo);
  const upTo = known.position;
  const watches = known.watches;
  const ids = known.idsOf(candidateId);
  const goesBy = ids[0] === candidateId;
  const idsThen = watches.flatMap((watch) => known.idsOf(candidateId, watch));
  const events = watches.length === 0 ? [] : await sources.eventsOf([...new Set([...ids, ...idsThen])]);
  const history = goesBy ? sources.historyOf(events, ids) : undefined;
  const others = goesBy ? ids.slice(1) : [];

  const wasIn = (watch: Watch, id: string): boolean => {
    const itsIds = known.idsOf(id, watch);
    if (itsIds[0] !== id) return false;
    const then = events.filter(({ position }) => comparePositions(position, watch.position) <= 0);
    const past = sources.historyOf(then, itsIds);
    return past !== undefined && contains(membership(watch.criteria, past), watch.since);
  };
  const toldOfOthers = new Map(await Promise.all(others.map(async (id) => [id, await asked.toldOf(id)] as const)));
  const wasInAsTold = (watch: Watch): boolean => {
    const segment = told.segments.get(watch.poolId);
    return segment?.watchId === watch.id ? segment.wasIn : wasIn(watch, candidateId);
  };
  const inElsewhere = (watch: Watch): boolean =>
    others.some((id) => {
      const segment = toldOfOthers.get(id)?.segments.get(watch.poolId);
      return segment?.watchId === watch.id ? isToldIn(segment) || segment.mergedWhileIn : wasIn(watch, id);
    });

  const segmentOf = (watch: Watch): SegmentReading => ({
    poolId: watch.poolId,
    watch: { id: watch.id, since: watch.since, wasIn: wasInAsTold(watch) },
    changes: history ? sinceThen(membershipChanges(watch.criteria, history, LAST_INSTANT), watch.since) : [],
    inElsewhere: inElsewhere(watch),
  });
  const now = Math.max(clock.now().getTime(), notBefore);
  return { kind: 'person', candidateId, goesBy, upTo, now, segments: watches.map(segmentOf) };
};
