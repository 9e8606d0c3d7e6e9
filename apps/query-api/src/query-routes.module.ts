import { CLOCK, systemClock } from '#libs/kernel';
import { ReadModelGate } from '#libs/projecting';
import { loadTaxonomy } from '#libs/taxonomy';
import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit/audit.controller.js';
import { CandidateHistory } from './audit/candidate-history.js';
import { PersonSources } from './audit/person-sources.js';
import { ReplayCandidateHandler } from './audit/replay-candidate.query.js';
import { CandidatesController } from './candidates/candidates.controller.js';
import { GetCandidateHandler } from './candidates/get-candidate.query.js';
import { SearchCandidatesHandler } from './candidates/search-candidates.query.js';
import { CustomFieldsController } from './custom-fields/custom-fields.controller.js';
import { KnownCustomFields } from './custom-fields/known-custom-fields.js';
import { ListCustomFieldsHandler } from './custom-fields/list-custom-fields.query.js';
import { DuplicatesController } from './duplicates/duplicates.controller.js';
import { ListDuplicatesHandler } from './duplicates/list-duplicates.query.js';
import { EmailRatesController } from './email-rates/email-rates.controller.js';
import { GetEmailRatesHandler } from './email-rates/get-email-rates.query.js';
import { SEARCH_RECORD_DAYS } from './environment.js';
import { AskedExports } from './exports/asked-exports.js';
import { CandidateExports } from './exports/candidate-exports.js';
import { ExportSlots } from './exports/export-slots.js';
import { ExportsController } from './exports/exports.controller.js';
import { FitController } from './fit/fit.controller.js';
import { FitModels } from './fit/fit-models.js';
import { GetFitHandler } from './fit/get-fit.query.js';
import { ListFitModelsHandler } from './fit/list-fit-models.query.js';
import { Freshness, READ_WAIT } from './freshness/freshness.js';
import { FunnelController } from './funnel/funnel.controller.js';
import { GetFunnelHandler } from './funnel/get-funnel.query.js';
import { GetHygieneHandler } from './hygiene/get-hygiene.query.js';
import { HygieneController } from './hygiene/hygiene.controller.js';
import { ListFoundHandler } from './hygiene/list-found.query.js';
import { ListPlansHandler } from './hygiene/list-plans.query.js';
import { ListRunsHandler } from './hygiene/list-runs.query.js';
import { Identities } from './identity/identities.js';
import { ListMedallistsHandler } from './medallists/list-medallists.query.js';
import { MedallistsController } from './medallists/medallists.controller.js';
import { NoStoreInterceptor } from './no-store.interceptor.js';
import { PastEvents } from './past/past-events.js';
import {
  GetPastStateHandler,
  ListPastStatesHandler,
  RequestPastStateHandler,
} from './past-states/past-states.query.js';
import { PastStatesController } from './past-states/past-states.controller.js';
import { PastStates } from './past-states/past-states.js';
import { CandidatePoolsController } from './pools/candidate-pools.controller.js';
import { GetMemberHistoryHandler } from './pools/get-member-history.query.js';
import { GetPoolHealthHandler } from './pools/get-pool-health.query.js';
import { GetPoolHandler } from './pools/get-pool.query.js';
import { ListCandidatePoolsHandler } from './pools/list-candidate-pools.query.js';
import { ListPoolChangesHandler } from './pools/list-changes.query.js';
import { ListMembersHandler } from './pools/list-members.query.js';
import { ListPoolsHandler } from './pools/list-pools.query.js';
import { PastStays } from './pools/past-stays.js';
import { PoolsController } from './pools/pools.controller.js';
import { GetProjectionsHandler } from './projections/get-projections.query.js';
import { ProjectionsController } from './projections/projections.controller.js';
import { QueryMetrics } from './query-metrics.js';
import { DearQueries } from './query-cost/dear-query.js';
import { GetRelationshipHandler } from './relationship/get-relationship.query.js';
import { ListNotesHandler } from './relationship/list-notes.query.js';
import { RelationshipController } from './relationship/relationship.controller.js';
import { GetSavedSearchHandler } from './saved-searches/get-saved-search.query.js';
import { ListSavedSearchesHandler } from './saved-searches/list-saved-searches.query.js';
import { RunSavedSearchHandler } from './saved-searches/run-saved-search.query.js';
import { SavedSearchesController } from './saved-searches/saved-searches.controller.js';
import { SchemasController } from './schemas/schemas.controller.js';
import { BackTestHandler } from './scores/back-test.query.js';
import { CompareModelsHandler } from './scores/compare-models.query.js';
import { ExplainedScores } from './scores/explained-scores.js';
import { GetScoreChangesHandler } from './scores/get-score-changes.query.js';
import { GetScoreHandler } from './scores/get-score.query.js';
import { ListCrossedHandler } from './scores/list-crossed.query.js';
import { ListHottestHandler } from './scores/list-hottest.query.js';
import { ListScoringModelsHandler } from './scores/list-scoring-models.query.js';
import { ModelsInUse } from './scores/models-in-use.js';
import { ScoresController } from './scores/scores.controller.js';
import { ListSearchRecordsHandler } from './search-records/list-search-records.query.js';
import { RECORD_DAYS, SearchRecordRetention } from './search-records/search-record-retention.js';
import { SealedCursors } from './sealed-cursors.js';
import { SearchRecords } from './search-records/search-records.js';
import { SearchRecordsController } from './search-records/search-records.controller.js';
import { SegmentHistories } from './segment-histories/segment-histories.js';
import { SegmentHistoriesController } from './segment-histories/segment-histories.controller.js';
import {
  GetSegmentHistoryHandler,
  ListSegmentChangesHandler,
  ListSegmentHistoriesHandler,
  ListSegmentMembersHandler,
  RequestSegmentHistoryHandler,
} from './segment-histories/segment-histories.query.js';
import { GetTimelineHandler } from './timeline/get-timeline.query.js';
import { TimelineController } from './timeline/timeline.controller.js';

export interface QueryRoutesOptions {
  /** How long a read with `after` waits, in milliseconds. */
  readonly readWaitMilliseconds: number;
  /** How long records of searches are kept; two years unless given. */
  readonly searchRecordDays?: number;
}

/** The routes and the handlers of their queries. Needs the global Database, EventLog, EventCodec and QueryBus. */
@Module({})
export class QueryRoutesModule implements OnModuleInit {
  /** Before the first search asks what a title or a city means. */
  onModuleInit(): void {
    loadTaxonomy();
  }

  static forRoot({ readWaitMilliseconds, searchRecordDays = SEARCH_RECORD_DAYS }: QueryRoutesOptions): DynamicModule {
    return {
      module: QueryRoutesModule,
      controllers: [
        CandidatesController,
        TimelineController,
        RelationshipController,
        MedallistsController,
        SchemasController,
        ScoresController,
        FitController,
        FunnelController,
        EmailRatesController,
        PoolsController,
        CandidatePoolsController,
        SavedSearchesController,
        CustomFieldsController,
        PastStatesController,
        SegmentHistoriesController,
        DuplicatesController,
        HygieneController,
        ExportsController,
        ProjectionsController,
        AuditController,
        SearchRecordsController,
      ],
      providers: [
        { provide: CLOCK, useValue: systemClock },
        { provide: READ_WAIT, useValue: readWaitMilliseconds },
        { provide: RECORD_DAYS, useValue: searchRecordDays },
        { provide: APP_INTERCEPTOR, useClass: NoStoreInterceptor },
        DearQueries,
        ReadModelGate,
        Freshness,
        Identities,
        ModelsInUse,
        KnownCustomFields,
        SealedCursors,
        ListCustomFieldsHandler,
        QueryMetrics,
        CandidateHistory,
        PersonSources,
        PastEvents,
        PastStays,
        SearchCandidatesHandler,
        GetCandidateHandler,
        GetTimelineHandler,
        GetRelationshipHandler,
        ListNotesHandler,
        ListMedallistsHandler,
        ExplainedScores,
        GetScoreHandler,
        GetScoreChangesHandler,
        ListHottestHandler,
        ListScoringModelsHandler,
        CompareModelsHandler,
        ListCrossedHandler,
        BackTestHandler,
        FitModels,
        GetFitHandler,
        ListFitModelsHandler,
        GetFunnelHandler,
        ListPoolsHandler,
        GetPoolHandler,
        GetPoolHealthHandler,
        ListMembersHandler,
        ListPoolChangesHandler,
        GetMemberHistoryHandler,
        ListCandidatePoolsHandler,
        ListSavedSearchesHandler,
        GetSavedSearchHandler,
        RunSavedSearchHandler,
        PastStates,
        RequestPastStateHandler,
        GetPastStateHandler,
        ListPastStatesHandler,
        SegmentHistories,
        RequestSegmentHistoryHandler,
        GetSegmentHistoryHandler,
        ListSegmentHistoriesHandler,
        ListSegmentMembersHandler,
        ListSegmentChangesHandler,
        ListDuplicatesHandler,
        GetEmailRatesHandler,
        GetHygieneHandler,
        ListFoundHandler,
        ListPlansHandler,
        ListRunsHandler,
        ExportSlots,
        CandidateExports,
        AskedExports,
        GetProjectionsHandler,
        ReplayCandidateHandler,
        SearchRecords,
        SearchRecordRetention,
        ListSearchRecordsHandler,
      ],
    };
  }
}
