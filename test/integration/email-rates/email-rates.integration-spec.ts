import { newId } from '#libs/kernel';
import { identity, pastPersonsSql, personsSql } from '#projections/identity';
import {
  emailRateDimensions,
  emailRates,
  timeline,
  type EmailRates,
  type EmailRatesCriteria,
  type EmailRatesFound,
} from '#projections/timeline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FoldedHistory } from '../../support/folded-history.js';
import { anyHour, anyTime, emailSteps, tell } from './any-emails.js';
import { countedMessages, type Asked } from './counted-messages.js';

const SERVERS_MILLISECONDS = 30_000;
const HOUR = 3_600_000;

const pastPersons = pastPersonsSql('$3::timestamptz', '$4::bigint');

/** The numbers that it's made of. */
const countsOf = (rates: EmailRates): Record<string, number> => ({
  messages: rates.messages,
  delivered: rates.delivered.count,
  bounced: rates.bounced.count,
  ...Object.fromEntries(
    (['human', 'unknown', 'machine'] as const).flatMap((agent) => [
      [`opened ${agent}`, rates.opened[agent].count],
      [`clicked ${agent}`, rates.clicked[agent].count],
    ]),
  ),
  engaged: rates.clickToOpen.of,
  replied: rates.replied.count,
  unsubscribed: rates.unsubscribed.count,
  complained: rates.complained.count,
});

describe('Email rates', () => {
  let model: FoldedHistory;
  /** Years apart, so that a time of one history holds nothing of another. */
  let histories = 0;
  const begin = (): Date => new Date(Date.UTC(1970 + histories++, 0, 1));

  const ask = (criteria: EmailRatesCriteria, persons?: string): Promise<EmailRatesFound> => {
    const isPast = criteria.asOf !== undefined || criteria.asOfPosition !== undefined;
    return emailRates(model.database, criteria, persons ?? (isPast ? pastPersons : personsSql));
  };

  beforeAll(async () => {
    model = await FoldedHistory.of(timeline, identity);
  }, SERVERS_MILLISECONDS);
  afterAll(() => model.stop(), SERVERS_MILLISECONDS);

  it('are what a walk through the whole history counts, whatever was told late, judged, merged and un-merged', async () => {
    const moment = fc.record({
      asOf: fc.option(anyHour, { nil: undefined, freq: 1 }),
      asOfStep: fc.option(fc.nat(), { nil: undefined, freq: 2 }),
    });
    const asked = fc.record({
      hours: anyTime,
      by: fc.shuffledSubarray([...emailRateDimensions]),
      moment,
    });
    await fc.assert(
      fc.asyncProperty(emailSteps, fc.array(asked, { minLength: 3, maxLength: 6 }), async (steps, questions) => {
        const start = begin();
        const events = tell(model.told, start, steps);
        await model.fold();
        const time = (hours: number): Date => new Date(start.getTime() + hours * HOUR);
        for (const {
          hours,
          by,
          moment: { asOf, asOfStep },
        } of questions) {
          const position =
            asOfStep === undefined ? undefined : events[asOfStep % Math.max(1, events.length)]?.position.commit;
          const question: Asked = {
            from: time(hours[0]),
            to: time(hours[1] + 1),
            by,
            ...(asOf === undefined ? {} : { asOf: time(asOf) }),
            ...(position === undefined ? {} : { asOfPosition: position }),
          };
          const expected = countedMessages(events, question);
          const { total, groups } = await ask({ ...question, limit: 1_000 });
          const found = new Map(
            groups.map((group) => [by.map((dimension) => group[dimension] ?? '-').join(','), countsOf(group)]),
          );
          if (total.messages > 0) found.set('', countsOf(total));
          expect(found).toEqual(expected);
        }
      }),
      { numRuns: 120 },
    );
  }, 300_000);

  it('of nothing have no rate', async () => {
    const from = begin();
    const to = new Date(from.getTime() + HOUR);
    const nothing = { count: 0, of: 0, rate: null };
    const { total, groups } = await ask({ from, to, by: ['campaign'], limit: 10 });
    expect(groups).toEqual([]);
    expect(total).toMatchObject({ messages: 0, delivered: nothing, opened: { human: nothing }, clickToOpen: nothing });
  });

  it('show the largest groups first, and say how many they leave out', async () => {
    const from = begin();
    const sizes = { spring: 1, summer: 3, autumn: 2, winter: 2 };
    for (const [campaignId, size] of Object.entries(sizes))
      for (let n = 0; n < size; n++)
        model.told.happened(newId(), from, { type: 'email.delivered', data: { campaignId } });
    await model.fold();
    const criteria = { from, to: new Date(from.getTime() + HOUR), by: ['campaign'] as const };
    const names = async (limit: number) => {
      const { total, groups, groupsLeftOut } = await ask({ ...criteria, limit });
      expect(total.delivered.count).toBe(8);
      return [groups.map(({ campaign }) => campaign), groupsLeftOut];
    };
    expect(await names(4)).toEqual([['summer', 'autumn', 'winter', 'spring'], 0]);
    expect(await names(3)).toEqual([['summer', 'autumn', 'winter'], 1]);
    expect(await names(1)).toEqual([['summer'], 3]);
  });

  it.each([
    ['now', personsSql, {}],
    ['as of a position', pastPersons, { asOfPosition: 1_000_000n }],
  ])(
    'read what the messages of the time came to, and nobody else’s, %s',
    async (_when, persons, moment) => {
      const from = begin();
      const at = (hours: number): Date => new Date(from.getTime() + hours * HOUR);
      const people = Array.from({ length: 500 }, () => newId());
      for (let n = 0; n < 20; n++)
        for (const id of people) {
          const message = { messageId: `m-${n}` };
          model.told.happened(id, at(n * 24), { type: 'email.delivered', data: message });
          model.told.happened(id, at(n * 24 + 1), { type: 'email.opened', data: { ...message, agent: 'human' } });
        }
      await model.fold();
      await model.database.query(`ANALYZE read.timeline_v${timeline.version}`);
      const criteria = { from: at(48), to: at(72), by: ['campaign'] as const, limit: 10, ...moment };
      expect((await ask(criteria)).total.opened.human).toEqual({ count: 500, of: 500, rate: 1 });
      const [plan = []] = await model.plansOf((sql) => emailRates(sql, criteria, persons));
      const scans = plan.filter((step) => step['Relation Name'] === `timeline_v${timeline.version}`);
      expect(scans.map((step) => [step['Node Type'], step['Rows Removed by Filter'] ?? 0])).not.toContainEqual([
        'Seq Scan',
        expect.anything(),
      ]);
      // Rows of a step are those of each time that it ran: 500 deliveries at once, and two facts of each message.
      expect(Math.max(...scans.map((step) => step['Actual Rows']))).toBe(500);
    },
    60_000,
  );
});
