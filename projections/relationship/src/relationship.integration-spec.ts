import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FoldedHistory } from '../../../test/support/folded-history.js';
import { relationshipOf } from './queries/relationship.query.js';
import { relationship } from './relationship.projection.js';

const SERVERS_MILLISECONDS = 30_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));

describe('A relationship, as it stood at any time', () => {
  let model: FoldedHistory;
  let ada: string;
  const mayWrite = async (at: Date, topic?: string) => {
    const { permissions } = await relationshipOf(model.database, ada, at, topic);
    const found = permissions.find(({ purpose, channel }) => purpose === 'newsletter' && channel === 'email');
    return found?.allowed ? [] : found?.obstacles.map(({ code }) => code);
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(relationship);
    ada = model.told.added(day(0), { owner: 'user-1' });
    model.told.decided(ada, day(1), {
      type: 'candidate.consent-given',
      data: {
        purpose: 'newsletter',
        channel: 'email',
        basis: 'consent',
        evidence: { kind: 'form', note: 'At the fair.' },
      },
    });
    model.told.decided(ada, day(2), {
      type: 'candidate.availability-stated',
      data: { status: 'open', noticeDays: 30 },
    });
    await model.fold();
    model.told.happened(ada, day(5), { type: 'email.unsubscribed', data: { topic: 'go' } });
    model.told.decided(ada, day(8), { type: 'candidate.languages-changed', data: { languages: [{ code: 'en' }] } });
    model.told.decided(ada, day(9), { type: 'candidate.do-not-contact-set', data: { reason: 'asked' } });
    model.told.decided(ada, day(7), { type: 'candidate.owner-assigned', data: { owner: null } });
    // Told late.
    model.told.decided(ada, day(6), {
      type: 'candidate.owner-assigned',
      data: { owner: 'emea', kind: 'team', reason: 'Moved.' },
    });
    model.told.decided(ada, day(3), { type: 'candidate.snoozed', data: { until: day(4).toISOString() } });
    model.told.decided(ada, day(6), { type: 'candidate.availability-stated', data: { status: 'not-looking' } });
    await model.fold();
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('says whether they may be written to, and why not', async () => {
    expect(await mayWrite(day(0))).toEqual(['no-consent']);
    expect(await mayWrite(day(2))).toEqual([]);
    expect(await mayWrite(day(3))).toEqual(['snoozed']);
    expect(await mayWrite(day(4))).toEqual([]);
    expect(await mayWrite(day(7))).toEqual([]);
    expect(await mayWrite(day(7), 'go')).toEqual(['unsubscribed']);
    expect(await mayWrite(day(9))).toEqual(['do-not-contact']);
  });

  it('lays out when they may be, so that everybody who may be at a time is found', async () => {
    const rows = await model.database.query<{ occasion: string; allowed_from: Date; allowed_until: Date | null }>(
      'SELECT occasion, allowed_from, allowed_until FROM read.contact_permissions WHERE candidate_id = $1 ORDER BY allowed_from',
      [ada],
    );
    expect(rows).toEqual([
      { occasion: 'newsletter/email', allowed_from: day(1), allowed_until: day(3) },
      { occasion: 'newsletter/email', allowed_from: day(4), allowed_until: day(9) },
    ]);
  });

  it('says what was known of a next job and of languages', async () => {
    const known = async (at: Date) => {
      const { availability, languages } = await relationshipOf(model.database, ada, at);
      return [availability?.statement.status, languages.length];
    };
    expect(await known(day(1))).toEqual([undefined, 0]);
    expect(await known(day(5))).toEqual(['open', 0]);
    expect(await known(day(6))).toEqual(['not-looking', 0]);
    expect(await known(day(8))).toEqual(['not-looking', 1]);
  });

  it('says who owned it when, who handed it over and why', async () => {
    const owners = async (at: Date) => (await relationshipOf(model.database, ada, at)).owners;
    expect(await owners(day(0))).toMatchObject([{ statement: { owner: 'user-1' }, at: day(0) }]);
    expect(await owners(day(8))).toMatchObject([
      { statement: { owner: 'user-1' } },
      { statement: { owner: 'emea', kind: 'team', reason: 'Moved.' }, at: day(6), by: { id: 'recruiter-1' } },
      { statement: { owner: null }, at: day(7) },
    ]);
  });

  it('allows nothing of somebody of whom nothing is known', async () => {
    const { permissions } = await relationshipOf(model.database, '00000000-0000-4000-8000-000000000000', day(5));
    expect(permissions).toHaveLength(25);
    expect(permissions.some(({ allowed }) => allowed)).toBe(false);
  });
});
