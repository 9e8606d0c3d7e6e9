import type { Criteria } from '#libs/criteria';
import { idsOf, peopleOf, type IdentityEvent, type Merge, type People } from '#libs/identity';
import { comparePositions, idInStream, START, uuidFromBytes, type LogPosition, type StoredEvent } from '#libs/kernel';
import type { PoolEvent } from '#libs/pools';
import {
  alwaysBuiltIn,
  liveOverTime,
  type LiveModel,
  type ModelSwitch,
  type ScoringModel,
  type ScoringModelEvent,
} from '#libs/scoring';
import { createHash } from 'node:crypto';
import { asksBand, asksConsent, mentionedTypes } from './mentioned-types.js';
import type { Watch } from './watch.js';

type Decided<E extends { type: string }> = StoredEvent & E;

/** What was decided about a segment, as far as it matters here. */
interface Segment {
  readonly criteria: Criteria;
  readonly watch: Watch | undefined;
}

interface MergeDecision {
  readonly at: LogPosition;
  readonly merge: Merge;
  readonly undone: boolean;
}

/**
 * What of the log the watch has to know beside one person's streams: which segments are watched, who is one person, which
 * applications are whose, and what scores go by. A fold of events in the order of the log, kept in memory.
 */
export class KnownOfLog {
  /** Everything up to here is known. */
  position: LogPosition = START;
  /** What scores went by over time. */
  liveModels: readonly LiveModel[] = alwaysBuiltIn;
  private readonly published = new Map<number, ScoringModel>();
  private readonly switches: ModelSwitch[] = [];
  private readonly segments = new Map<string, Segment>();
  private readonly applications = new Map<string, string[]>();
  private readonly merges: MergeDecision[] = [];
  /** By all merges that are known; made again once somebody asks after another one. */
  private people: People | undefined;
  /** As it was decided when a watch began: nothing that's recorded later changes that. */
  private readonly peopleThen = new WeakMap<Watch, People>();

  /** Segments that are watched. */
  get watches(): readonly Watch[] {
    return [...this.segments.values()].flatMap(({ watch }) => watch ?? []);
  }

  /** A watch by its id, if it still goes on. */
  watch(id: string): Watch | undefined {
    return this.watches.find((one) => one.id === id);
  }

  /** Those that began with an event, and go on. */
  begunBy({ position }: StoredEvent): readonly Watch[] {
    return this.watches.filter((one) => comparePositions(one.position, position) === 0);
  }

  /** All ids of whoever has this one, the one that they go by first; as it was decided when a watch began, if one is given. */
  idsOf(candidateId: string, watch?: Watch): readonly string[] {
    return idsOf(watch ? this.peopleWhenBegan(watch) : this.peopleNow(), candidateId);
  }

  /** Of one id. */
  applicationsOf(candidateId: string): readonly string[] {
    return this.applications.get(candidateId) ?? [];
  }

  /** Nothing up to there is left to be applied. */
  reached(position: LogPosition): void {
    if (comparePositions(position, this.position) > 0) this.position = position;
  }

  /** An event that comes again changes nothing. */
  apply(event: StoredEvent): void {
    if (comparePositions(event.position, this.position) <= 0) return;
    this.position = event.position;
    switch (event.type) {
      case 'pool.opened':
        return this.opened(event as Decided<Extract<PoolEvent, { type: 'pool.opened' }>>);
      case 'pool.changed':
        return this.changed(event as Decided<Extract<PoolEvent, { type: 'pool.changed' }>>);
      case 'pool.closed':
        return void this.segments.delete(poolIdOf(event));
      case 'identity.merged':
      case 'identity.unmerged':
        return this.decided(event as Decided<Extract<IdentityEvent, { data: Merge }>>);
      case 'application.submitted':
        return this.applied(event);
      case 'scoring-model.published':
        return this.modelPublished(event as Decided<Extract<ScoringModelEvent, { type: 'scoring-model.published' }>>);
      case 'scoring-model.made-live':
        return this.modelMadeLive(event as Decided<Extract<ScoringModelEvent, { type: 'scoring-model.made-live' }>>);
      case 'consent-rules.changed':
        return this.beginAnew(event, asksConsent);
    }
  }

  private opened(event: Decided<Extract<PoolEvent, { type: 'pool.opened' }>>): void {
    const { criteria: parsed, watched } = event.data;
    if (!parsed) return;
    const criteria = parsed as unknown as Criteria;
    const poolId = poolIdOf(event);
    this.segments.set(poolId, {
      criteria,
      watch: watched ? watchOf(event, { id: event.id, poolId, criteria }) : undefined,
    });
  }

  private changed(event: Decided<Extract<PoolEvent, { type: 'pool.changed' }>>): void {
    const poolId = poolIdOf(event);
    const before = this.segments.get(poolId);
    if (!before) return;
    const criteria = (event.data.criteria as unknown as Criteria | undefined) ?? before.criteria;
    const watched = event.data.watched ?? before.watch !== undefined;
    const goesOn = before.watch !== undefined && event.data.criteria === undefined;
    const watch = goesOn ? before.watch : watchOf(event, { id: event.id, poolId, criteria });
    this.segments.set(poolId, { criteria, watch: watched ? watch : undefined });
  }

  private decided({ type, data, position }: Decided<Extract<IdentityEvent, { data: Merge }>>): void {
    this.merges.push({ at: position, merge: data, undone: type === 'identity.unmerged' });
    this.people = undefined;
  }

  private applied(event: StoredEvent): void {
    const { subjectId } = event;
    if (subjectId === undefined) return;
    const id = idInStream(event, 'application');
    const known = this.applications.get(subjectId);
    if (known) known.push(id);
    else this.applications.set(subjectId, [id]);
  }

  private modelPublished({
    data: { model },
  }: Decided<Extract<ScoringModelEvent, { type: 'scoring-model.published' }>>): void {
    this.published.set(model.version, model);
  }

  private modelMadeLive(event: Decided<Extract<ScoringModelEvent, { type: 'scoring-model.made-live' }>>): void {
    const { version } = event.data;
    this.switches.push({ at: event.occurredAt, version, model: this.published.get(version) });
    this.liveModels = liveOverTime(this.switches);
    this.beginAnew(event, asksBand);
  }

  /** Criteria that ask for it mean others from here on: as if they had been changed. */
  private beginAnew(event: StoredEvent, asks: (criteria: Criteria) => boolean): void {
    for (const [poolId, { criteria, watch }] of this.segments) {
      if (!watch || !asks(criteria)) continue;
      this.segments.set(poolId, {
        criteria,
        watch: watchOf(event, { id: idOfBoth(event.id, poolId), poolId, criteria }),
      });
    }
  }

  private peopleNow(): People {
    this.people ??= this.peopleBy(this.position);
    return this.people;
  }

  private peopleWhenBegan(watch: Watch): People {
    const people = this.peopleThen.get(watch) ?? this.peopleBy(watch.position);
    this.peopleThen.set(watch, people);
    return people;
  }

  private peopleBy(position: LogPosition): People {
    const standing = new Map<string, Merge>();
    for (const { at, merge, undone } of this.merges) {
      if (comparePositions(at, position) > 0) break;
      if (undone) standing.delete(merge.mergeId);
      else standing.set(merge.mergeId, merge);
    }
    return peopleOf(standing.values());
  }
}

/** The types of the events that it's a fold of. */
export const knownTypes = [
  'pool.opened',
  'pool.changed',
  'pool.closed',
  'identity.merged',
  'identity.unmerged',
  'application.submitted',
  'scoring-model.published',
  'scoring-model.made-live',
  'consent-rules.changed',
] as const;

const poolIdOf = (event: StoredEvent): string => idInStream(event, 'pool');

const idOfBoth = (eventId: string, poolId: string): string =>
  uuidFromBytes(createHash('sha256').update(`watch ${eventId} ${poolId}`).digest());

const watchOf = ({ occurredAt, position }: StoredEvent, segment: Pick<Watch, 'id' | 'poolId' | 'criteria'>): Watch => ({
  ...segment,
  since: occurredAt.getTime(),
  position,
  mentions: mentionedTypes(segment.criteria),
});
