import type { Criteria } from '#libs/criteria';
import { idsOf, peopleOf, type IdentityEvent, type Merge, type People } from '#libs/identity';
import { comparePositions, START, type LogPosition, type StoredEvent } from '#libs/kernel';
import type { PoolEvent } from '#libs/pools';
import { mentionedTypes } from './mentioned-types.js';
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
 * What of the log the watch has to know beside one person's streams: which segments are watched, who is one person, and which
 * applications are whose. A fold of events in the order of the log, kept in memory.
 */
export class KnownOfLog {
  /** Everything up to here is known. */
  position: LogPosition = START;
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

  /** The watch that began with an event, if it still goes on. */
  watch(id: string): Watch | undefined {
    return this.watches.find((one) => one.id === id);
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
    }
  }

  private opened(event: Decided<Extract<PoolEvent, { type: 'pool.opened' }>>): void {
    const { criteria: parsed, watched } = event.data;
    if (!parsed) return;
    const criteria = parsed as unknown as Criteria;
    this.segments.set(poolIdOf(event), { criteria, watch: watched ? watchOf(event, criteria) : undefined });
  }

  private changed(event: Decided<Extract<PoolEvent, { type: 'pool.changed' }>>): void {
    const before = this.segments.get(poolIdOf(event));
    if (!before) return;
    const criteria = (event.data.criteria as unknown as Criteria | undefined) ?? before.criteria;
    const watched = event.data.watched ?? before.watch !== undefined;
    const goesOn = before.watch !== undefined && event.data.criteria === undefined;
    const watch = goesOn ? before.watch : watchOf(event, criteria);
    this.segments.set(poolIdOf(event), { criteria, watch: watched ? watch : undefined });
  }

  private decided({ type, data, position }: Decided<Extract<IdentityEvent, { data: Merge }>>): void {
    this.merges.push({ at: position, merge: data, undone: type === 'identity.unmerged' });
    this.people = undefined;
  }

  private applied({ streamId, subjectId }: StoredEvent): void {
    if (subjectId === undefined) return;
    const id = streamId.slice('application-'.length);
    const known = this.applications.get(subjectId);
    if (known) known.push(id);
    else this.applications.set(subjectId, [id]);
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
] as const;

const poolIdOf = ({ streamId }: StoredEvent): string => streamId.slice('pool-'.length);

const watchOf = ({ id, streamId, occurredAt, position }: StoredEvent, criteria: Criteria): Watch => ({
  id,
  poolId: streamId.slice('pool-'.length),
  criteria,
  since: occurredAt.getTime(),
  position,
  mentions: mentionedTypes(criteria),
});
