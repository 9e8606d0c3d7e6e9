import { instantOf } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import type { ScoringModel } from '#libs/scoring';
import { engagement, explain, factsRecordedFor, type CandidateFact, type Score } from '#projections/engagement';
import { knownCandidates, talentSearch } from '#projections/talent-search';
import { Inject, Injectable } from '@nestjs/common';
import { PastStates } from '../past-states/past-states.js';
import { Freshness } from '../freshness/freshness.js';
import { positionOf } from '../freshness/position-token.js';
import { Identities } from '../identity/identities.js';
import { candidateUnknown } from '../problems.js';
import { ModelsInUse } from './models-in-use.js';

/** When a score is of, and what's known. */
export interface ScoreMoment {
  readonly at?: string | undefined;
  readonly asOfPosition?: string | undefined;
}

/** Scores of one candidate, with what they're made of. */
@Injectable()
export class ExplainedScores {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly identities: Identities,
    private readonly models: ModelsInUse,
    private readonly pasts: PastStates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The live model unless another one is asked for. Throws 400 for one that there isn't. */
  async modelOf(version: number | undefined, after: string | undefined): Promise<ScoringModel> {
    // Somebody with whom nothing happened has no rows in engagement; that they exist, talent search knows.
    await this.freshness.reach(after, engagement.name, talentSearch.name);
    return version === undefined ? (await this.models.live(after)).model : this.models.document(version, after);
  }

  /** Throws 404. */
  async of(
    candidateId: string,
    model: ScoringModel,
    { at, asOfPosition }: ScoreMoment,
    knownOf: string | undefined,
  ): Promise<{ readonly score: Score; readonly facts: readonly CandidateFact[] }> {
    const after = await this.pasts.laterOf(knownOf, asOfPosition);
    const instant = instantOf(at) ?? this.clock.now();
    const position = positionOf(asOfPosition)?.commit;
    const ids = await this.identities.idsOf(candidateId, after, { at: instant, position });
    await this.freshness.reachAbout(ids, after, engagement.name, talentSearch.name);
    const [known, facts] = await Promise.all([
      knownCandidates(this.database, ids),
      factsRecordedFor(this.database, ids, instant, position),
    ]);
    if (known.size === 0) throw candidateUnknown();
    return { score: explain(model, ids[0] ?? candidateId, facts, instant), facts };
  }
}
