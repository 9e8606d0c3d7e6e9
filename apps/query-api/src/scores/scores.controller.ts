import { Roles } from '#libs/access';
import { ApiProblems, UuidParam } from '#libs/http';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AfterQuery } from '../freshness/after.dto.js';
import { DearQuery } from '../query-cost/dear-query.js';
import { BackTestDocument, BackTestQuery } from './back-test.dto.js';
import { BackTest } from './back-test.query.js';
import { CompareModels } from './compare-models.query.js';
import { ComparisonDocument, ComparisonQuery } from './comparison.dto.js';
import { CrossedPage, CrossedQuery } from './crossed.dto.js';
import { GetScoreChanges } from './get-score-changes.query.js';
import { GetScore } from './get-score.query.js';
import { HottestPage, HottestQuery } from './hottest.dto.js';
import { ListCrossed } from './list-crossed.query.js';
import { ListHottest } from './list-hottest.query.js';
import { ListScoringModels } from './list-scoring-models.query.js';
import { ScoreChangesDocument, ScoreChangesQuery } from './score-changes.dto.js';
import { ScoreDocument, ScoreQuery } from './score.dto.js';
import { ScoringModelsDocument } from './scoring-model.dto.js';

@ApiTags('engagement')
@Roles('service', 'analyst', 'admin')
@Controller('v1')
export class ScoresController {
  constructor(private readonly queries: QueryBus) {}

  @Get('candidates/:id/score')
  @ApiOperation({
    summary: 'How engaged a candidate is, and what their score is made of',
    description:
      'Exact for any time: what lay in the future then does not count, and what had happened is worth what it was worth then.',
  })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: ScoreDocument })
  @ApiProblems(400, 404)
  score(@UuidParam() id: string, @Query() query: ScoreQuery): Promise<ScoreDocument> {
    return this.queries.execute(new GetScore(id, query));
  }

  @Get('candidates/:id/score/changes')
  @ApiOperation({
    summary: 'Why a candidate’s score isn’t what it was',
    description:
      'What came, what went and why, what faded, and what counts for another share than it did, between two times; they add up to the change of the score.',
  })
  @ApiParam({ name: 'id', format: 'uuid', example: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a' })
  @ApiOkResponse({ type: ScoreChangesDocument })
  @ApiProblems(400, 404)
  changes(@UuidParam() id: string, @Query() query: ScoreChangesQuery): Promise<ScoreChangesDocument> {
    return this.queries.execute(new GetScoreChanges(id, query));
  }

  @Get('engagement/hottest')
  @DearQuery()
  @ApiOperation({ summary: 'The most engaged candidates, hottest first' })
  @ApiOkResponse({ type: HottestPage })
  @ApiProblems(400)
  hottest(@Query() query: HottestQuery): Promise<HottestPage> {
    return this.queries.execute(new ListHottest(query));
  }

  @Get('scoring-models/comparison')
  @DearQuery()
  @ApiOperation({
    summary: 'How two scoring models rank everybody: bands, places, and who moves',
    description: 'Of models that everybody is scored by. Reads the rows by both, and changes nothing.',
  })
  @ApiOkResponse({ type: ComparisonDocument })
  @ApiProblems(400)
  comparison(@Query() query: ComparisonQuery): Promise<ComparisonDocument> {
    return this.queries.execute(new CompareModels(query));
  }

  @Get('scoring-models/comparison/people')
  @DearQuery()
  @ApiOperation({
    summary: 'Who is in another band by one scoring model than by another, with both scores',
    description: 'Those whom GET /v1/scoring-models/comparison counts as crossings, one by one.',
  })
  @ApiOkResponse({ type: CrossedPage })
  @ApiProblems(400)
  crossed(@Query() query: CrossedQuery): Promise<CrossedPage> {
    return this.queries.execute(new ListCrossed(query));
  }

  @Get('scoring-models/back-test')
  @DearQuery()
  @ApiOperation({
    summary: 'How well scoring models would have foretold interviews and hires, at the ends of past months',
    description:
      'Looks only at what had happened by each month’s end. It tells how well a ranking foretold what came, not that engagement caused it.',
  })
  @ApiOkResponse({ type: BackTestDocument })
  @ApiProblems(400)
  backTest(@Query() query: BackTestQuery): Promise<BackTestDocument> {
    return this.queries.execute(new BackTest(query));
  }

  @Get('scoring-models')
  @ApiOperation({ summary: 'Every published scoring model, and which one is live' })
  @ApiOkResponse({ type: ScoringModelsDocument })
  @ApiProblems(400)
  scoringModels(@Query() { after }: AfterQuery): Promise<ScoringModelsDocument> {
    return this.queries.execute(new ListScoringModels(after));
  }
}
