import type { CandidateEvent, EngagementEvent } from '#libs/candidates';
import { membershipChanges, type Criteria } from '#libs/criteria';
import { idsOf, peopleOf } from '#libs/identity';
import { comparePositions, newId, type LogPosition } from '#libs/kernel';
import { liveModel } from '#libs/scoring';
import { KnownOfLog, segmentWatch, type SegmentEvent, type WatchSources } from '#libs/segment-watch';
import { personHistory } from '#projections/talent-search';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FollowedHistory } from '../../../../test/support/followed-history.js';

const HOUR = 3_600_000;
const at = (hour: number): Date => new Date(Date.UTC(2025, 0, 1) + hour * HOUR);
const DAY = 24;
const PAGE = 2;

/** A history with segments in it, and what's told of them. */
class World extends FollowedHistory {
  readonly poolId = newId();
  private known = new KnownOfLog();
  /** Whether consents are read by rules that let nobody be contacted. */
  strict = false;
  private now = 0;

  constructor() {
    super(at(0));
    this.followedBy(segmentWatch(this.sources()));
  }

  /** As after a restart: nothing of the log is known any more but how far it was handled. */
  restart(): void {
    this.known = new KnownOfLog();
    this.followedBy(segmentWatch(this.sources()));
  }

  /** Until a deadline is met, at which the process dies; and then another one begins. */
  async diesAtDeadline(): Promise<void> {
    const watch = segmentWatch(this.sources());
    this.followedBy({
      ...watch,
      gather: (input, turn) =>
        input.kind === 'deadline' ? Promise.reject(new Error('Died.')) : Promise.resolve(watch.gather?.(input, turn)),
    });
    const worked = (): never => {
      throw new Error('No deadline was met.');
    };
    await this.work().then(worked, () => undefined);
    this.restart();
  }

  private sources(): WatchSources {
    const { known } = this;
    const reach = (position?: LogPosition): Promise<void> => {
      for (const event of this.events)
        if (!position || comparePositions(event.position, position) <= 0) known.apply(event);
      return Promise.resolve();
    };
    return {
      clock: this.clock,
      known,
      reach,
      reachHead: () => reach(),
      eventsOf: (ids) => Promise.resolve(this.events.filter(({ subjectId = '' }) => ids.includes(subjectId))),
      historyOf: (events, ids) => {
        const told = events.filter(({ type }) => !type.startsWith('segment.'));
        const history = personHistory(told, ids, known.liveModels);
        return history && { ...history, ...(this.strict ? { consents: [] } : {}) };
      },
      peopleAdded: (after, upTo) => {
        const found = this.events.filter(
          ({ type, position }) =>
            type === 'candidate.added' &&
            comparePositions(position, after) > 0 &&
            comparePositions(position, upTo) <= 0,
        );
        const page = found.slice(0, PAGE);
        const done = page.length === found.length;
        return Promise.resolve({
          candidateIds: page.flatMap(({ subjectId }) => subjectId ?? []),
          upTo: done ? upTo : (page.at(-1)?.position ?? upTo),
          done,
        });
      },
    };
  }

  get hour(): number {
    return this.now;
  }

  async until(hour: number): Promise<void> {
    await this.work();
    this.now = Math.max(this.now, hour);
    this.clock.advance(at(this.now).getTime() - this.clock.now().getTime());
    await this.work();
  }

  opened(criteria: Criteria, watched = true): void {
    const data = { name: 'Segment', kind: 'segment', stages: [], criteria, watched };
    this.told.appended(`pool-${this.poolId}`, at(this.now), { type: 'pool.opened', data });
  }

  changed(data: object): void {
    this.told.appended(`pool-${this.poolId}`, at(this.now), { type: 'pool.changed', data });
  }

  /** What was told, in its order. */
  get news(): SegmentEvent[] {
    return this.events.filter(({ type }) => type.startsWith('segment.')) as unknown as SegmentEvent[];
  }

  /** In short, of everybody or of one. */
  changesOf(id?: string): string[] {
    return this.news.flatMap(({ type, data }) => {
      if (type === 'segment.scan-advanced' || type === 'segment.change-expected') return [];
      if (id !== undefined && data.candidateId !== id) return [];
      const restated = 'restated' in data && data.restated ? ' again' : '';
      return [`${type.slice('segment.'.length)} ${(Date.parse(data.at) - at(0).getTime()) / HOUR}${restated}`];
    });
  }
}

const clicked = { type: 'email.clicked', data: { agent: 'human' } } as const satisfies EngagementEvent;
const tagged = { type: 'candidate.tagged', data: { tags: ['a'], freeTags: [] } } as const satisfies CandidateEvent;
const untagged = { type: 'candidate.untagged', data: { tags: ['a'], freeTags: [] } } as const satisfies CandidateEvent;
const hasTag: Criteria = { attribute: 'tags', is: ['a'] };
const quiet: Criteria = { not: { happened: { byPerson: true, ago: { from: { days: 10 } } } } };

describe('A watched segment', () => {
  it('tells who comes and goes after the watch began, and nothing of those who were there', async () => {
    const world = new World();
    const [there, comes] = [world.told.added(at(0)), world.told.added(at(0))];
    world.told.decided(there, at(1), tagged);
    await world.until(2);
    world.opened(hasTag);
    await world.until(3);
    expect(world.changesOf()).toEqual([]);
    world.told.decided(comes, at(3), tagged);
    await world.until(4);
    world.told.decided(there, at(4), untagged);
    await world.until(5);
    expect(world.changesOf(comes)).toEqual(['entered 3']);
    expect(world.changesOf(there)).toEqual(['left 4']);
    // And one page of those who were there.
    expect(world.news).toHaveLength(3);
  });

  it('finds those who change by time alone, though nothing was ever recorded of them again', async () => {
    const world = new World();
    const ids = Array.from({ length: 2 * PAGE + 1 }, () => world.told.added(at(0)));
    for (const id of ids) world.told.happened(id, at(1), clicked);
    await world.until(2);
    world.opened(quiet);
    await world.until(3);
    expect(world.changesOf()).toEqual([]);
    expect(world.ahead).toBe(ids.length);
    await world.until(12 * DAY);
    expect(world.changesOf()).toHaveLength(ids.length);
    for (const id of ids) expect(world.changesOf(id)).toEqual([expect.stringMatching(/^entered 241/)]);
    expect(world.ahead).toBe(0);
  });

  it('goes on looking through those who were there, where the process dies between two stretches', async () => {
    const world = new World();
    const ids = Array.from({ length: 2 * PAGE + 1 }, () => world.told.added(at(0)));
    for (const id of ids) world.told.happened(id, at(1), clicked);
    await world.until(2);
    world.opened(quiet);
    await world.diesAtDeadline();
    await world.until(12 * DAY);
    expect(world.changesOf()).toHaveLength(ids.length);
  });

  it('tells nobody after a restart of a watch that has ended', async () => {
    const world = new World();
    const id = world.told.added(at(0));
    world.told.happened(id, at(1), clicked);
    await world.until(2);
    world.opened(quiet);
    await world.until(3);
    expect(world.ahead).toBe(1);
    world.changed({ watched: false });
    await world.until(4);
    world.restart();
    await world.until(12 * DAY);
    expect(world.changesOf()).toEqual([]);
    expect(world.ahead).toBe(0);
  });

  it('takes back what a later verdict or a late fact shows not to be so', async () => {
    const world = new World();
    const id = world.told.added(at(0));
    world.opened({ happened: { byPerson: true } });
    await world.until(1);
    const click = world.told.happened(id, at(1), clicked);
    await world.until(5);
    const data = { eventId: click.id, verdict: 'machine' as const, classifierVersion: 1, reasons: [] };
    world.told.happened(id, at(5), { type: 'engagement.classified', data });
    await world.until(6);
    expect(world.changesOf()).toEqual(['entered 1', 'entry-retracted 1']);
    world.told.happened(id, at(4), clicked);
    await world.until(7);
    world.told.happened(id, at(2), clicked);
    await world.until(8);
    expect(world.changesOf().slice(2)).toEqual(['entered 4', 'entry-retracted 4', 'entered 2 again']);
  });

  it('of people who may be written to is left with a reply that asks for no more emails', async () => {
    const world = new World();
    const id = world.told.added(at(0));
    world.opened({ consent: { purpose: 'newsletter', channel: 'email' } });
    await world.until(1);
    world.told.decided(id, at(1), {
      type: 'candidate.consent-given',
      data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } },
    });
    await world.until(2);
    world.told.happened(id, at(2), { type: 'email.replied', data: { sentiment: 'timing' } });
    await world.until(3);
    world.told.happened(id, at(3), { type: 'email.replied', data: { sentiment: 'unsubscribe' } });
    await world.until(4);
    expect(world.changesOf(id)).toEqual(['entered 1', 'left 3']);
  });

  it('begins anew where consents are read by other rules, if it asks for them', async () => {
    const world = new World();
    const [reader, other] = [world.told.added(at(0)), world.told.added(at(0))];
    const agrees = (id: string, hour: number) =>
      world.told.decided(id, at(hour), {
        type: 'candidate.consent-given',
        data: { purpose: 'newsletter', channel: 'email', basis: 'consent', evidence: { kind: 'form' } },
      });
    world.opened({ or: [hasTag, { consent: { purpose: 'newsletter', channel: 'email' } }] });
    await world.until(1);
    agrees(reader, 1);
    await world.until(2);
    world.strict = true;
    world.told.appended('consent-rules', at(2), { type: 'consent-rules.changed', data: { version: 2 } });
    await world.until(3);
    agrees(reader, 3);
    world.told.decided(other, at(3), tagged);
    await world.until(4);
    expect([world.changesOf(reader), world.changesOf(other)]).toEqual([['entered 1'], ['entered 3']]);
    // Whoever was left out by the new rules wasn't in when the watch began anew.
    world.told.decided(reader, at(4), tagged);
    await world.until(5);
    expect(world.changesOf(reader)).toEqual(['entered 1', 'entered 4']);
    const watches = new Set(world.news.flatMap(({ data }) => ('watch' in data ? [data.watch.id] : [])));
    expect(watches.size).toBe(2);
  });

  it('has a person who is merged in once', async () => {
    const world = new World();
    const [a, b] = [world.told.added(at(0)), world.told.added(at(0))];
    world.opened(hasTag);
    await world.until(1);
    world.told.decided(b, at(1), tagged);
    await world.until(2);
    const merge = { mergeId: newId(), survivorId: a, mergedId: b };
    world.told.identified(at(2), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    await world.until(3);
    expect(world.changesOf(b)).toEqual(['entered 1', 'entry-retracted 1']);
    expect(world.changesOf(a)).toEqual(['entered 1 again']);
    world.told.identified(at(3), { type: 'identity.unmerged', data: merge });
    await world.until(4);
    expect(world.changesOf(a).slice(1)).toEqual(['entry-retracted 1']);
    expect(world.changesOf(b).slice(2)).toEqual(['entered 1 again']);
  });

  it('goes by the scoring model that is live, and begins anew where another one is made live', async () => {
    const world = new World();
    const [there, comes] = [world.told.added(at(0)), world.told.added(at(0))];
    world.told.happened(there, at(1), clicked);
    const decided = (type: string, data: object) =>
      world.told.appended('scoring-models', at(world.hour), { type, data });
    await world.until(2);
    world.opened({ attribute: 'band', is: ['hot'] });
    await world.until(3);
    // By this one a click is enough.
    const bands = { hot: { enter: 1, leave: 0.5 }, warm: { enter: 0.2, leave: 0.1 } };
    decided('scoring-model.published', { model: { ...liveModel, version: 1_000, bands } });
    await world.until(4);
    decided('scoring-model.made-live', { version: 1_000, before: liveModel.version });
    await world.until(5);
    expect(world.changesOf()).toEqual([]);
    world.told.happened(comes, at(5), clicked);
    await world.until(6);
    expect([world.changesOf(there), world.changesOf(comes)]).toEqual([[], ['entered 5']]);
    await world.until(2_000 * DAY);
    for (const id of [there, comes]) expect(world.changesOf(id).at(-1)).toMatch(/^left/);
    world.forget();
    const told = world.events.length;
    await world.work();
    expect(world.events).toHaveLength(told);
  });

  it('begins anew where its criteria change, and ends where nobody watches any more', async () => {
    const world = new World();
    const id = world.told.added(at(0));
    world.told.happened(id, at(0), clicked);
    world.opened(quiet);
    await world.until(1);
    world.changed({ criteria: hasTag });
    await world.until(1);
    world.told.decided(id, at(1), tagged);
    await world.until(2);
    expect(world.changesOf()).toEqual(['entered 1']);
    world.changed({ watched: false });
    world.told.decided(id, at(2), untagged);
    await world.until(12 * DAY);
    expect(world.changesOf()).toEqual(['entered 1']);
    expect(world.ahead).toBe(0);
    world.changed({ watched: true });
    await world.until(13 * DAY);
    expect(world.changesOf()).toEqual(['entered 1']);
  });
});

const hours = fc.integer({ min: 0, max: 30 * DAY });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('click' as const), who: fc.nat(3), late: hours }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('tag' as const, 'untag' as const), who: fc.nat(3), late: hours }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('verdict' as const),
      which: fc.nat(5),
      verdict: fc.constantFrom('human' as const, 'machine' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), who: fc.nat(3), other: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unmerge' as const), which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
);
const criteria = fc.constantFrom<Criteria>(
  hasTag,
  quiet,
  { and: [hasTag, { happened: { kinds: ['email.clicked'], ago: { from: { days: 9 }, to: { days: 2 } } } }] },
  { or: [{ attribute: 'band', is: ['warm', 'hot'] }, { happened: { ago: { from: { days: 5 } }, atLeast: 2 } }] },
);
const story = fc.record({
  watched: criteria,
  before: fc.array(step, { maxLength: 6 }),
  after: fc.array(fc.record({ step, waits: fc.integer({ min: 0, max: 6 * DAY }) }), { maxLength: 14 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Tells one step of a story. */
class Teller {
  readonly ids: readonly string[];
  private readonly clicks: { readonly id: string; readonly who: string }[] = [];
  private readonly merges: { mergeId: string; survivorId: string; mergedId: string }[] = [];

  constructor(private readonly world: World) {
    this.ids = Array.from({ length: 4 }, () => world.told.added(at(0)));
  }

  tell(one: Step): void {
    const { told, hour } = this.world;
    const now = at(hour);
    const id = 'who' in one ? (this.ids[one.who] ?? '') : '';
    const then = 'late' in one ? at(Math.max(0, hour - Math.max(0, one.late - 20 * DAY))) : now;
    if (one.kind === 'click') this.clicks.push({ id: told.happened(id, then, clicked).id, who: id });
    else if (one.kind === 'tag') told.decided(id, then, tagged);
    else if (one.kind === 'untag') told.decided(id, then, untagged);
    else if (one.kind === 'crash') this.world.forget();
    else if (one.kind === 'verdict') {
      const click = this.clicks[one.which];
      const data = { eventId: click?.id ?? '', verdict: one.verdict, classifierVersion: hour + 1, reasons: [] };
      if (click) told.happened(click.who, now, { type: 'engagement.classified', data });
    } else if (one.kind === 'merge') {
      const [survivorId, mergedId] = [id, this.ids[one.other] ?? ''];
      if (idsOf(peopleOf(this.merges), survivorId).includes(mergedId)) return;
      const merge = { mergeId: newId(), survivorId, mergedId };
      this.merges.push(merge);
      told.identified(now, { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    } else if (one.kind === 'unmerge') {
      const [undone] = this.merges.splice(one.which, 1);
      if (undone) told.identified(now, { type: 'identity.unmerged', data: undone });
    }
  }

  idsOf(id: string): readonly string[] {
    return idsOf(peopleOf(this.merges), id);
  }
}

/** Whether somebody was in at each hour since the watch began, by what was told. */
const toldAt = (world: World, id: string, hour: number): boolean | undefined => {
  const own = world.news.flatMap((event) =>
    event.type !== 'segment.scan-advanced' && event.data.candidateId === id ? [event] : [],
  );
  const [first] = own;
  if (!first) return undefined;
  const { since, wasIn } = first.data.watch;
  let turns = wasIn ? [since] : [];
  for (const { type, data } of own) {
    if (type === 'segment.change-expected' || data.at === null) continue;
    if (type === 'segment.entered' || type === 'segment.left') turns = [...turns, data.at];
    else turns.splice(turns.indexOf(data.at), 1);
  }
  return turns.filter((turn) => Math.max(Date.parse(turn), Date.parse(since)) <= at(hour).getTime()).length % 2 === 1;
};

describe('What is told of a watched segment', () => {
  it('is what its criteria make of the whole history, whatever was told late, taken back, merged, or read again', async () => {
    let changes = 0;
    await fc.assert(
      fc.asyncProperty(story, async ({ watched, before, after }) => {
        const world = new World();
        const teller = new Teller(world);
        await world.until(20 * DAY);
        for (const one of before) teller.tell(one);
        const began = world.hour;
        world.opened(watched);
        for (const { step: one, waits } of after) {
          await world.until(world.hour + waits);
          teller.tell(one);
        }
        await world.until(world.hour + 1);

        for (const id of teller.ids) {
          const ids = teller.idsOf(id);
          const history =
            ids[0] === id
              ? personHistory(
                  world.events.filter(({ type }) => !type.startsWith('segment.')),
                  ids,
                )
              : undefined;
          const turns = history ? membershipChanges(watched, history, at(world.hour).getTime()) : [];
          const isIn = (hour: number): boolean =>
            turns.filter((turn) => turn.at <= at(hour).getTime()).length % 2 === 1;
          const wasTold = toldAt(world, id, began) !== undefined;
          for (let hour = began; hour <= world.hour; hour += 6) {
            // Of whom nothing was told nothing changed since.
            const expected = isIn(wasTold ? hour : began);
            expect(isIn(hour)).toBe(expected);
            if (wasTold) expect({ hour, isIn: toldAt(world, id, hour) }).toEqual({ hour, isIn: expected });
          }
        }
        changes += world.changesOf().length;
        // Everything again, as after a crash.
        const told = world.events.length;
        world.forget();
        await world.work();
        expect(world.events).toHaveLength(told);
      }),
      { numRuns: 50, seed: 11 },
    );
    expect(changes).toBeGreaterThan(50);
  }, 60_000);
});
