import { explainFit, fitModelRef, variations, waysUp, type ExplainedFit, type FitModel } from '#libs/fit';
import { instantOf } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { personFrom, personHistory, type Person } from '#projections/talent-search';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PastStates } from '../past-states/past-states.js';
import { positionOf } from '../freshness/position-token.js';
import { Identities } from '../identity/identities.js';
import { PastEvents } from '../past/past-events.js';
import { candidateUnknown } from '../problems.js';
import { FitModels } from './fit-models.js';
import type { FitDocument, FitQuery } from './fit.dto.js';
import { knownData } from './known-data.js';

/** How well a candidate fits by a model, and what that's made of. */
export class GetFit extends Query<FitDocument> {
  constructor(
    readonly candidateId: string,
    readonly options: FitQuery,
  ) {
    super();
  }
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const ruleDocuments = ({ rules }: ExplainedFit, person: Person): FitDocument['rules'] =>
  rules.map(({ since, conditions, ...rule }) => ({
    ...rule,
    since: instant(since),
    conditions: conditions.map(({ pointer, condition, holds, since: from }) => ({
      pointer,
      condition,
      holds,
      since: instant(from),
      known: knownData(condition, person),
    })),
  }));

const fitDocument = (model: FitModel, fit: ExplainedFit, person: Person, at: Date): FitDocument => {
  const met = fit.rules.map((rule) => rule.met);
  return {
    candidateId: person.id,
    model: fitModelRef(model),
    at: at.toISOString(),
    score: fit.score,
    most: fit.most,
    grade: fit.grade,
    lacksMust: fit.lacksMust,
    rules: ruleDocuments(fit, person),
    variations: variations(model, met),
    waysUp: waysUp(model, met).map(({ labels, ...way }) => ({ ...way, labels: [...labels] })),
  };
};

@QueryHandler(GetFit)
export class GetFitHandler implements IQueryHandler<GetFit> {
  constructor(
    private readonly models: FitModels,
    private readonly identities: Identities,
    private readonly past: PastEvents,
    private readonly pasts: PastStates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** From the log: the same at any time, now among them. Throws 400 for a model that there isn't, and 404. */
  async execute({ candidateId, options }: GetFit): Promise<FitDocument> {
    const after = await this.pasts.laterOf(options.after, options.asOfPosition);
    const { model } = await this.models.named(options.model, after);
    const at = instantOf(options.at) ?? this.clock.now();
    const position = positionOf(options.asOfPosition);
    const ids = await this.identities.idsOf(candidateId, after, { at, position: position?.commit });
    const events = (await this.past.of(ids, { at, position }, after)).flat();
    const [person, history] = [personFrom(events, ids), personHistory(events, ids)];
    const fit = history && explainFit(model, history, at.getTime());
    if (!person || !fit) throw candidateUnknown();
    return fitDocument(model, fit, person, at);
  }
}
