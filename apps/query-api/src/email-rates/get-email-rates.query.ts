import { instantOf, invalidRequest } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { identity, pastPersonsSql, personsSql } from '#projections/identity';
import { emailRates, timeline } from '#projections/timeline';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PastStates } from '../past-states/past-states.js';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { given } from '../plain.js';
import type { EmailRatesQuery } from './email-rates-query.dto.js';
import type { EmailRatesDocument } from './email-rates.dto.js';
import { MOST_DAYS, ratedTime } from './rated-time.js';

/** What became of the messages of a time. */
export class GetEmailRates extends Query<EmailRatesDocument> {
  constructor(readonly options: EmailRatesQuery) {
    super();
  }
}

const refusals = {
  'ends-first': { pointer: '/to', detail: 'must be later than from' },
  'too-long': { pointer: '/from', detail: `must be at most ${MOST_DAYS} days before to` },
} as const;

@QueryHandler(GetEmailRates)
export class GetEmailRatesHandler implements IQueryHandler<GetEmailRates> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly pasts: PastStates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options: { by, limit, ...asked } }: GetEmailRates): Promise<EmailRatesDocument> {
    const asOf = instantOf(asked.asOf);
    const asOfPosition = positionOf(asked.asOfPosition)?.commit;
    const time = ratedTime({ from: instantOf(asked.from), to: instantOf(asked.to), asOf }, this.clock.now());
    if (!time.ok) throw invalidRequest([refusals[time.error]]);
    const after = await this.pasts.laterOf(asked.after, asked.asOfPosition);
    await this.freshness.reach(after, timeline.name, identity.name);
    const isPast = asOf !== undefined || asOfPosition !== undefined;
    const { total, groups, groupsLeftOut } = await emailRates(
      this.database,
      { ...time.value, by, limit, ...given({ asOf, asOfPosition }) },
      isPast ? pastPersonsSql('$3::timestamptz', '$4::bigint') : personsSql,
    );
    const { from, to } = time.value;
    return { from: from.toISOString(), to: to.toISOString(), total, groups: [...groups], groupsLeftOut };
  }
}
