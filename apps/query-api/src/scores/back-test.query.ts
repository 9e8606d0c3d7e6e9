import { instantOf, invalidRequest } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import { cameWithin, foretold, monthEnds, type Foretold, type ScoringModel } from '#libs/scoring';
import { engagement, pastScores, type PastScores } from '#projections/engagement';
import { funnel, outcomesByCandidate } from '#projections/funnel';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { setImmediate as turn } from 'node:timers/promises';
import { Freshness } from '../freshness/freshness.js';
import type { BackTestDocument, BackTestQuery, BackTestRowDocument, ForetoldDocument } from './back-test.dto.js';
import { ModelsInUse } from './models-in-use.js';

const DAY = 24 * 3_600_000;
const outcomes = ['interviews', 'hires'] as const;

/** How well models would have foretold interviews and hires at the ends of past months. */
export class BackTest extends Query<BackTestDocument> {
  constructor(readonly options: BackTestQuery) {
    super();
  }
}

const measure = (
  people: readonly PastScores[],
  [model, instant]: readonly [number, number],
  came: (candidateId: string) => boolean,
): Foretold =>
  foretold(
    people.flatMap(({ candidateId, scores }) => {
      const score = scores[model]?.[instant] ?? NaN;
      return Number.isNaN(score) ? [] : [{ score, came: came(candidateId) }];
    }),
  );

const foretoldDocument = ({ version }: ScoringModel, { auc, topDecileLift, deciles }: Foretold): ForetoldDocument => ({
  model: version,
  auc: auc ?? null,
  topDecileLift: topDecileLift ?? null,
  deciles: [...deciles],
});

@QueryHandler(BackTest)
export class BackTestHandler implements IQueryHandler<BackTest> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly inUse: ModelsInUse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ options }: BackTest): Promise<BackTestDocument> {
    const { after, months, until, within: days } = options;
    const now = this.clock.now();
    const known = instantOf(until) ?? now;
    // What can't have come yet isn't what didn't come.
    if (known > now) throw invalidRequest([{ pointer: '/until', detail: 'must not be later than now' }]);
    await this.freshness.reach(after, engagement.name, funnel.name);
    const models = await Promise.all(options.models.map((version) => this.inUse.document(version, after, '/models')));
    // What comes within so many days has to be over.
    const instants = monthEnds(new Date(known.getTime() - days * DAY), months);
    const came = await outcomesByCandidate(this.database);
    const people: PastScores[] = [];
    for await (const one of pastScores(this.database, models, instants, options.people)) people.push(one);
    const items: BackTestRowDocument[] = [];
    for (const [instant, at] of instants.entries()) {
      for (const outcome of outcomes) {
        const measured: Foretold[] = [];
        for (const model of models.keys()) {
          // Other requests come in between.
          await turn();
          measured.push(measure(people, [model, instant], (id) => cameWithin(came.get(id)?.[outcome], at, days)));
        }
        items.push({
          monthEnd: at.toISOString().slice(0, 10),
          outcome,
          people: measured[0]?.people ?? 0,
          came: measured[0]?.came ?? 0,
          models: models.map((model, i) => foretoldDocument(model, measured[i] ?? foretold([]))),
        });
      }
    }
    return { within: days, people: people.length, items };
  }
}
