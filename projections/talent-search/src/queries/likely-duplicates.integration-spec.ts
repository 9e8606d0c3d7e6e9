import { ERASED } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../../test/support/folded-history.js';
import { talentSearch } from '../talent-search.projection.js';
import { likelyDuplicates } from './likely-duplicates.query.js';

const SERVERS_MILLISECONDS = 30_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));

describe('Who is likely there twice', () => {
  let model: FoldedHistory;
  const email = (value: string) => ({ kind: 'email', value }) as const;

  beforeAll(async () => {
    model = await FoldedHistory.of(talentSearch);
    for (let n = 0; n < 30; n += 1)
      model.told.added(day(0), {
        name: {
          full: `${['Mary', 'James', 'Omar'][n % 3]} ${'bcdfghjklm'[n % 10]}a${'nrst'[n % 4]}o${'klv'[n % 3]}er`,
        },
        contactPoints: [email(`person${n}@gmail.com`)],
      });
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('are those of whom enough agrees, with the reasons, and without what it is that agrees', async () => {
    const one = model.told.added(day(1), {
      name: { full: 'Elizabeth Montgomery' },
      contactPoints: [email('liz.montgomery@example.com')],
    });
    const other = model.told.added(day(2), {
      name: { full: 'Liz Montgomrey' },
      contactPoints: [email('lm@example.org')],
    });
    await model.fold();
    expect(await likelyDuplicates(model.database, 1)).toEqual([]);
    const contactPoints = [email('lm@example.org'), email('liz.montgomery+crm@example.com')];
    model.told.decided(other, day(3), { type: 'candidate.contact-points-changed', data: { contactPoints } });
    await model.fold();
    const [found, ...more] = await likelyDuplicates(model.database, 1);
    expect(more).toEqual([]);
    expect(found.candidateIds).toEqual([one, other].sort());
    expect(found.pairs[0].reasons).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'email', verdict: 'same' }),
        expect.objectContaining({ field: 'given name', verdict: 'short form' }),
        expect.objectContaining({ field: 'family name', verdict: 'slip' }),
      ]),
    );
    expect(JSON.stringify(found)).not.toMatch(/montgom/i);
  });

  it('are not those of whom the same was erased', async () => {
    const before = await likelyDuplicates(model.database, 1);
    const contactPoints = [email(ERASED), { kind: 'phone', value: ERASED } as const];
    for (let n = 0; n < 3; n += 1) model.told.added(day(4), { name: { full: ERASED }, contactPoints });
    await model.fold();
    const after = await likelyDuplicates(model.database, 1);
    expect(after.map(({ candidateIds }) => candidateIds)).toEqual(before.map(({ candidateIds }) => candidateIds));
  });
});
