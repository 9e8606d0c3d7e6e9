import type { IdentityEvent } from '#libs/identity';
import { comparePositions, type StoredEvent } from '#libs/kernel';
import { defineProcessManager, type Deadline, type Input, type ProcessManager, type Turn } from '#libs/reacting';
import {
  segmentEventDefinitions,
  segmentScanAdvanced,
  type ScanAdvanced,
  type SegmentEvent,
} from './events/segment-events.js';
import type { PersonReading } from './person/person-reading.js';
import { readPerson } from './person/read-person.js';
import { expectAgain, isOutdated, tellChanges } from './person/tell-changes.js';
import { evolveTold, nothingTold, type PersonTold } from './person/told.js';
import { advance, evolveScan, positionOf, readScan, type Scan, type ScanReading } from './scan/scan.js';
import type { WatchSources } from './sources.js';
import { mentionableTypes } from './watches/mentioned-types.js';

/** An instance is one id of a person, or looks through those who were there when a watch began. */
interface State {
  readonly told: PersonTold;
  readonly scan?: Scan;
}
type Reading = PersonReading | ScanReading;

/** With which a watch may begin. */
const watchTypes = ['pool.opened', 'pool.changed', 'scoring-model.made-live', 'consent-rules.changed'];
const identityTypes = ['identity.merged', 'identity.unmerged'];
const [PERSON, WATCH] = ['person ', 'watch '];
/** Looks through the next stretch. */
const SCAN = 'scan';

const personKey = (candidateId: string): string => PERSON + candidateId;

/** Whom an event is about, by the ids that they go by and those that were merged away by it. */
const concerned = async (sources: WatchSources, event: StoredEvent): Promise<readonly string[]> => {
  const { known } = sources;
  const goesBy = (id: string): string => known.idsOf(id)[0] ?? id;
  if (event.type === segmentScanAdvanced.type) {
    const { watchId, after, upTo } = event.data as ScanAdvanced;
    if (!known.watch(watchId)) return [];
    return (await sources.peopleAdded(positionOf(after), positionOf(upTo))).candidateIds.map(goesBy);
  }
  const watches = known.watches.filter(({ position }) => comparePositions(position, event.position) < 0);
  if (identityTypes.includes(event.type)) {
    const { survivorId, mergedId } = event.data as Extract<IdentityEvent, { type: 'identity.merged' }>['data'];
    return watches.length === 0 ? [] : [survivorId, mergedId].flatMap((id) => known.idsOf(id));
  }
  const { subjectId } = event;
  return subjectId !== undefined && watches.some(({ mentions }) => mentions.has(event.type)) ? [goesBy(subjectId)] : [];
};

const gather = async (sources: WatchSources, input: Input, { key, state, stateOf }: Turn<State>): Promise<Reading> => {
  // A deadline may be the first that there is after a start: by less than all that's recorded, no watch goes on.
  await (input.kind === 'event' ? sources.reach(input.event.position) : sources.reachHead());
  const watchId = key?.startsWith(WATCH) ? key.slice(WATCH.length) : state.scan?.watchId;
  if (watchId !== undefined) return readScan(sources, watchId, state.scan);
  const candidateId = key?.slice(PERSON.length) ?? state.told.candidateId;
  if (candidateId === undefined) throw new Error('A deadline of nobody.');
  return readPerson(sources, {
    candidateId,
    told: state.told,
    toldOf: async (id) => (await stateOf(personKey(id))).told,
    notBefore: input.kind === 'deadline' ? input.dueAt.getTime() : 0,
  });
};

const decide = (input: Input, { told, scan }: State, reading: Reading): SegmentEvent[] => {
  if (reading.kind === 'scan') return advance(reading, scan);
  if (!isOutdated(reading, told)) return tellChanges(reading, told);
  return input.kind === 'deadline' ? expectAgain(reading, told) : [];
};

const deadlinesOf = ({ type, data }: SegmentEvent): Deadline[] => {
  if (type === 'segment.change-expected')
    return [{ name: `next ${data.poolId}`, dueAt: data.at === null ? null : new Date(data.at) }];
  // At once, but after the people of this stretch: deadlines wait until everything that was read is handled.
  if (type === 'segment.scan-advanced') return [{ name: SCAN, dueAt: data.done ? null : new Date(0) }];
  return [];
};

/**
 * Tells who comes into the segments that are watched and who goes, each change once, and takes back what turns out not to be so.
 * From the beginning of the log: a watch begins where its own event lies, whenever this first runs.
 */
export const segmentWatch = (sources: WatchSources): ProcessManager =>
  defineProcessManager<State, SegmentEvent, Reading>({
    name: 'segment',
    from: 'beginning',
    definitions: segmentEventDefinitions,
    listensTo: [...mentionableTypes, ...identityTypes, ...watchTypes, segmentScanAdvanced.type],
    correlate: async (event) => {
      await sources.reach(event.position);
      if (watchTypes.includes(event.type)) return sources.known.begunBy(event).map(({ id }) => WATCH + id);
      return (await concerned(sources, event)).map(personKey);
    },
    subjectOf: ({ told }, key) => (key?.startsWith(PERSON) ? key.slice(PERSON.length) : told.candidateId),
    initial: { told: nothingTold },
    gather: (input, turn) => gather(sources, input, turn),
    decide,
    evolve: (state, event) =>
      event.type === 'segment.scan-advanced'
        ? { ...state, scan: evolveScan(event.data) }
        : { ...state, told: evolveTold(state.told, event) },
    deadlines: deadlinesOf,
  });
