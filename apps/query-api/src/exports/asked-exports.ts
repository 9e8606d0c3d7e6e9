import type { Caller } from '#libs/access';
import type { CriteriaOrigin } from '#libs/criteria';
import { invalidRequest } from '#libs/http';
import { CLOCK, type Clock } from '#libs/kernel';
import { Database } from '#libs/read-store';
import type { AskedSearch } from '#libs/search-request';
import { builtInStandings } from '#projections/engagement';
import { memberIdsSql, poolsProjection } from '#projections/pools';
import { savedSearchesProjection } from '#projections/saved-searches';
import { talentSearch } from '#projections/talent-search';
import { Inject, Injectable } from '@nestjs/common';
import { asksScores, elsewhereBy, othersAsked } from '../candidates/elsewhere.js';
import { criteriaOf as talentCriteriaOf } from '../candidates/search-criteria.js';
import { FitModels, fitRecorded } from '../fit/fit-models.js';
import { KnownCustomFields } from '../custom-fields/known-custom-fields.js';
import { Freshness } from '../freshness/freshness.js';
import { given } from '../plain.js';
import { criteriaOf, knownPool } from '../pools/known-pool.js';
import { askedBy, knownSavedSearch } from '../saved-searches/known-saved-search.js';
import { ModelsInUse } from '../scores/models-in-use.js';
import type { AskedExport } from './candidate-exports.js';
import { customFieldOf, type ExportColumn } from './export-columns.js';
import type { ExportKeptRequest, ExportOptions, ExportSearchRequest } from './export.dto.js';

/** What's exported, and how. */
interface ExportedSearch {
  readonly asked: AskedSearch;
  readonly origin: CriteriaOrigin;
  readonly options: ExportOptions;
}

/** What requests for exports come to. */
@Injectable()
export class AskedExports {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly models: ModelsInUse,
    private readonly fits: FitModels,
    private readonly fields: KnownCustomFields,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of a search. */
  async ofSearch(request: ExportSearchRequest, caller: Caller, after?: string): Promise<AskedExport> {
    return this.searched({ asked: request, origin: 'request', options: request }, caller, after);
  }

  /** Of whom a saved search means now. */
  async ofSaved(id: string, request: ExportKeptRequest, caller: Caller, after?: string): Promise<AskedExport> {
    await this.freshness.reach(after, savedSearchesProjection.name);
    const saved = await knownSavedSearch(this.database, id, caller);
    const { facets: _facets, ...search } = askedBy(saved);
    const asked = { ...search, ...given({ sort: request.sort }) };
    const { requisitionId } = saved;
    const options = { ...(requisitionId === null ? {} : { requisitionId }), ...given(request) };
    const found = await this.searched({ asked, origin: 'store', options }, caller, after);
    return { ...found, record: { ...found.record, savedSearchId: saved.savedSearchId } };
  }

  /** Of those who are in a pool or a segment now. */
  async ofMembers(poolId: string, request: ExportKeptRequest, caller: Caller, after?: string): Promise<AskedExport> {
    await this.freshness.reach(after, poolsProjection.name);
    const where = criteriaOf(await knownPool(this.database, poolId));
    const asked = given({ where: where as AskedSearch['where'], sort: request.sort });
    const found = await this.searched({ asked, origin: 'store', options: request }, caller, after);
    const at = found.search.now;
    return {
      ...found,
      search: { ...found.search, ...(where ? {} : { among: (p) => memberIdsSql(poolId, at, p) }) },
      record: { ...found.record, poolId },
    };
  }

  /** Throws 400 for a custom field that isn't there. */
  private async checkColumns(columns: readonly ExportColumn[] = [], after: string | undefined): Promise<void> {
    const asked = columns.map(customFieldOf);
    if (asked.every((key) => key === undefined)) return;
    const known = await this.fields.all(after);
    const unknown = asked.flatMap((key, n) => (key === undefined || known.has(key) ? [] : [n]));
    if (unknown.length > 0)
      throw invalidRequest(
        unknown.map((n) => ({ pointer: `/columns/${n}`, detail: 'must name a declared custom field' })),
      );
  }

  private async searched(
    { asked, origin, options: { format, columns, purpose, requisitionId } }: ExportedSearch,
    caller: Caller,
    after: string | undefined,
  ): Promise<AskedExport> {
    const criteria = talentCriteriaOf(asked, origin);
    if (!criteria.ok) throw invalidRequest(criteria.error);
    await this.fields.check(criteria.value.where, after);
    await this.checkColumns(columns, after);
    await this.freshness.reach(after, talentSearch.name, ...othersAsked(criteria.value.where, asked.sort?.by));
    const scored = asksScores(criteria.value.where, asked.sort?.by);
    const by = scored ? await this.models.live(after) : builtInStandings;
    const fit = await this.fits.sought(asked.fit, after);
    return {
      caller,
      search: {
        criteria: { ...criteria.value, ...(fit ? { fit } : {}) },
        now: this.clock.now(),
        elsewhere: elsewhereBy(by),
        ...(asked.sort ? { sort: given(asked.sort) } : {}),
      },
      format,
      columns,
      record: {
        request: {
          ...fitRecorded(asked, fit),
          format,
          columns,
          purpose,
          requisitionId,
        } as AskedExport['record']['request'],
      },
    };
  }
}
