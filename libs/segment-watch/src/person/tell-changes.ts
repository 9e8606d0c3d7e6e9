import type { MembershipChange } from '#libs/criteria';
import { comparePositions, encodePosition } from '#libs/kernel';
import type { PersonSegmentEvent, RetractionReason } from '../events/segment-events.js';
import type { PersonReading, SegmentReading } from './person-reading.js';
import { isToldIn, untold, type PersonTold, type Told, type ToldChange } from './told.js';

const iso = (at: number): string => new Date(at).toISOString();

/** What was when the watch began was so already, since whenever it was. */
const same =
  (since: number, { at, change }: ToldChange) =>
  (other: ToldChange): boolean =>
    change === other.change && Math.max(at, since) === Math.max(other.at, since);

type About = Pick<PersonSegmentEvent['data'], 'candidateId' | 'poolId' | 'watch' | 'upTo'>;

const aboutOf = ({ candidateId, upTo }: PersonReading, poolId: string, watch: SegmentReading['watch']): About => ({
  candidateId,
  poolId,
  watch: { id: watch.id, since: iso(watch.since), wasIn: watch.wasIn },
  upTo: encodePosition(upTo),
});

/** What differs between what was told of a segment and what's so. */
const news = (told: Told, reading: SegmentReading, person: PersonReading): PersonSegmentEvent[] => {
  const { poolId, watch, inElsewhere } = reading;
  const about = aboutOf(person, poolId, watch);
  // What was told to have happened has, whatever another process's clock says.
  const now = Math.max(person.now, ...told.changes.map(({ at }) => at));
  const happened = reading.changes.filter(({ at }) => at <= now);
  const expected = reading.changes.find(({ at }) => at > now)?.at ?? null;
  const gone = told.changes.filter((change) => !happened.some(same(watch.since, change)));
  const fresh = happened.filter((change) => !told.changes.some(same(watch.since, change)));

  const reason: RetractionReason = person.goesBy ? 'known-better' : 'merged';
  const retracted = gone.toReversed().map(({ at, change }): PersonSegmentEvent => ({
    type: change === 'entered' ? 'segment.entry-retracted' : 'segment.exit-retracted',
    data: { ...about, at: iso(at), reason },
  }));
  const wasToldSo = {
    entered: isToldIn(told) || told.mergedWhileIn || inElsewhere,
    left: told.changes.at(-1)?.change === 'left',
  };
  const tellOf = (change: MembershipChange): PersonSegmentEvent => ({
    type: change.change === 'entered' ? 'segment.entered' : 'segment.left',
    data: {
      ...about,
      at: iso(change.at),
      because: [...change.because],
      restated: change === happened.at(-1) && wasToldSo[change.change],
    },
  });
  return [...retracted, ...fresh.map(tellOf), ...(expected === told.expected ? [] : [expectation(about, expected)])];
};

const expectation = (about: About, at: number | null): PersonSegmentEvent => ({
  type: 'segment.change-expected',
  data: { ...about, at: at === null ? null : iso(at) },
});

/** What there is to tell of a person, of all segments that are watched. Nothing, once it's told. */
export const tellChanges = (person: PersonReading, told: PersonTold): PersonSegmentEvent[] =>
  person.segments.flatMap((reading) => {
    const { id, since, wasIn } = reading.watch;
    const known = told.segments.get(reading.poolId);
    return news(known?.watchId === id ? known : untold(id, since, wasIn), reading, person);
  });

/** What's said again of a deadline that was met with an outdated reading, so that it comes once more. */
export const expectAgain = (person: PersonReading, told: PersonTold): PersonSegmentEvent[] =>
  person.segments.flatMap(({ poolId, watch }) => {
    const known = told.segments.get(poolId);
    if (known?.watchId !== watch.id || known.expected === null || known.expected > person.now) return [];
    return [expectation(aboutOf(person, poolId, watch), known.expected)];
  });

/** Whether a reading rests on less than what was told does: another process was faster, and knows better. */
export const isOutdated = (person: PersonReading, told: PersonTold): boolean =>
  comparePositions(person.upTo, told.upTo) < 0;
