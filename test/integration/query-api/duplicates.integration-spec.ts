import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { duplicates, likelyPeople } from '#projections/duplicates';
import { identity, pairDecisions } from '#projections/identity';
import { FoldedHistory } from '../../support/folded-history.js';

const SERVERS_MILLISECONDS = 30_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const email = (value: string) => ({ kind: 'email', value }) as const;
const phone = { kind: 'phone', value: '+15125550177' } as const;
const [ada, spouse, again] = ['a', 'b', 'c'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`);

describe('Who is likely there twice', () => {
  let model: FoldedHistory;

  beforeAll(async () => {
    model = await FoldedHistory.of(duplicates, identity);
    const { told } = model;
    // Strangers, so that names have a rarity.
    for (let n = 0; n < 40; n++)
      told.added(day(0), {
        name: {
          full: `${['Mary', 'James', 'Omar'][n % 3]} ${'bcdfghjklm'[n % 10]}a${'nrst'[n % 4]}o${'klv'[n % 3]}er`,
        },
        contactPoints: [email(`person${n}@gmail.com`)],
      });
    const shared = [email('the.lovelaces@example.org'), phone];
    told.added(day(1), { name: { full: 'Adelaide Lovelace' }, contactPoints: shared }, ada);
    told.added(day(1), { name: { full: 'William Lovelace' }, contactPoints: shared }, spouse);
    const moved = [email('adelaide@example.net'), phone];
    told.added(day(2), { name: { full: 'Adelaide Lovelace' }, contactPoints: moved }, again);
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  /** The groups that any of the three is in. */
  const listed = async () => {
    const page = await likelyPeople(model.database, { minBits: 1, limit: 100 }, pairDecisions);
    if (!page.ok) throw new Error(page.error);
    return page.value.items
      .filter(({ candidateIds }) => [ada, spouse, again].some((id) => candidateIds.includes(id)))
      .map(({ candidateIds, pairs }) => ({ candidateIds, pairs: pairs.map((pair) => pair.candidateIds) }));
  };

  it('are spouses until they are told apart, and then one of them with their own other record, alone', async () => {
    expect((await listed())[0]?.candidateIds).toEqual(expect.arrayContaining([ada, spouse]));
    const apart = { candidateId: ada, otherId: spouse, bits: 40 };
    model.told.identified(day(3), { type: 'identity.told-apart', data: apart });
    await model.fold();
    expect(await listed()).toEqual([{ candidateIds: [ada, again], pairs: [[ada, again]] }]);
  });

  it('are bound by a merge of two who had been told apart', async () => {
    const merge = { mergeId: '00000000-0000-4000-8000-00000000000d', survivorId: ada, mergedId: spouse };
    model.told.identified(day(4), { type: 'identity.merged', data: { ...merge, reason: 'review' } });
    await model.fold();
    expect((await listed())[0]?.candidateIds).toEqual(expect.arrayContaining([ada, spouse]));
  });
});
