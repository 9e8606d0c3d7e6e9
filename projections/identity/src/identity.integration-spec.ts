import { idsOf, peopleOf, type IdentityEvent, type Merge } from '#libs/identity';
import { newId, type StoredEvent } from '#libs/kernel';
import { MemoryReadModel } from '#libs/projecting';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FoldedHistory } from '../../../test/support/folded-history.js';
import { identity } from './identity.projection.js';
import { idsOfPerson } from './queries/ids-of.query.js';
import { undecidedSql } from './queries/undecided-sql.js';
import { identityAliases, identityPeople } from './tables.js';

const SERVERS_MILLISECONDS = 30_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const into = (survivorId: string, mergedId: string): Merge => ({ mergeId: newId(), survivorId, mergedId });
const merged = (merge: Merge): IdentityEvent => ({ type: 'identity.merged', data: { ...merge, reason: 'review' } });
const unmerged = (merge: Merge): IdentityEvent => ({ type: 'identity.unmerged', data: merge });

describe('Who is one person', () => {
  let model: FoldedHistory;
  const [a, b, c] = [newId(), newId(), newId()];
  const first = into(a, b);
  const second = into(b, c);

  beforeAll(async () => {
    model = await FoldedHistory.of(identity);
    model.told.identified(day(1), merged(first));
    model.told.identified(day(2), merged(second));
    await model.fold();
    model.told.identified(day(3), unmerged(first));
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('is said of either id, now, by when it was decided, and by when it was recorded', async () => {
    const sql = model.database;
    expect(await idsOfPerson(sql, c)).toEqual([b, c]);
    expect(await idsOfPerson(sql, a)).toEqual([a]);
    expect(await idsOfPerson(sql, c, { at: day(2) })).toEqual([a, b, c]);
    expect(await idsOfPerson(sql, a, { position: 2n })).toEqual([a, b, c]);
    expect(await idsOfPerson(sql, c, { position: 1n })).toEqual([c]);
    expect(await idsOfPerson(sql, b, { at: day(1) })).toEqual([a, b]);
    expect(await idsOfPerson(sql, b, { at: day(0) })).toEqual([b]);
  });
});

describe('A pair that somebody decided on', () => {
  let model: FoldedHistory;
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`);

  beforeAll(async () => {
    model = await FoldedHistory.of(identity);
    model.told.identified(day(1), merged(into(a, b)));
    model.told.identified(day(2), {
      type: 'identity.told-apart',
      data: { candidateId: b, otherId: c, bits: 2.5 },
    });
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('is not looked at again, unless they look eight times as likely one person as when they were told apart', async () => {
    const isUndecided = async (one: string, other: string, bits: number): Promise<boolean> => {
      const statement = `SELECT (${undecidedSql('$1::uuid', '$2::uuid', '$3::integer')}) AS undecided`;
      const [row] = await model.database.query<{ undecided: boolean }>(statement, [one, other, bits * 1_000]);
      return row.undecided;
    };
    expect(await isUndecided(a, b, 20)).toBe(false);
    expect(await isUndecided(b, c, 5.4)).toBe(false);
    expect(await isUndecided(b, c, 5.5)).toBe(true);
    expect(await isUndecided(a, c, 1)).toBe(true);
  });
});

describe('A merge that was undone', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`);
  const told = (events: readonly IdentityEvent[]): StoredEvent[] =>
    events.map((event, n) => ({
      ...event,
      id: String(n),
      streamId: 'identity-merges',
      revision: n,
      position: { commit: BigInt(n + 1), prepare: BigInt(n + 1) },
      occurredAt: day(n),
      timePrecision: 'instant',
      recordedAt: day(n),
      correlationId: 'c',
      causationId: 'c',
      actor: { kind: 'user', id: 'spec' },
      source: 'spec',
    }));
  const rowsOf = (batches: readonly (readonly StoredEvent[])[]) => {
    const model = new MemoryReadModel(identity);
    for (const batch of batches) model.apply(batch);
    return [model.rows(identityAliases), model.rows(identityPeople)];
  };
  const step = fc.record({ into: fc.nat(4), from: fc.nat(4), undo: fc.option(fc.nat(9), { freq: 3 }) });

  it('leaves the rows that there would be without it, among any others and in any batches', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.nat(25), (steps, cut) => {
        const events: IdentityEvent[] = [];
        let standing: Merge[] = [];
        steps.forEach(({ into: x, from: y, undo }, n) => {
          const gone = undo === null ? undefined : standing[undo];
          if (gone) {
            standing = standing.filter((one) => one !== gone);
            events.push(unmerged(gone));
          } else if (!idsOf(peopleOf(standing), ids[x]).includes(ids[y])) {
            const merge = { mergeId: `m${n}`, survivorId: ids[x], mergedId: ids[y] };
            standing.push(merge);
            events.push(merged(merge));
          }
        });
        const all = told(events);
        const positions = new Map(
          all.map(({ data, type, position }) => [`${type} ${(data as Merge).mergeId}`, position]),
        );
        const without = told(standing.map(merged)).map((event) => ({
          ...event,
          position: positions.get(`identity.merged ${(event.data as Merge).mergeId}`) ?? event.position,
        }));
        const expected = rowsOf([without]);
        expect(rowsOf([all])).toEqual(expected);
        expect(rowsOf(all.map((event) => [event]))).toEqual(expected);
        expect(rowsOf([all.slice(0, cut), all.slice(cut)])).toEqual(expected);
      }),
    );
  });
});
