import { fitModelNamed, fitModelRef, type FitModel } from '#libs/fit';
import { invalidRequest } from '#libs/http';
import { Database } from '#libs/read-store';
import type { AskedSearch } from '#libs/search-request';
import { fitModels, publishedFitModel, publishedFitModels, type PublishedFitModel } from '#projections/fit-models';
import type { TalentCriteria } from '#projections/talent-search';
import { Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';
import { badCursor } from '../problems.js';

const pinned = /^f(\d{1,6})\.(.+)$/s;

/** A page's cursor with the version of the fit model that the page went by: the next one goes by the same. */
export const fitCursor = (model: FitModel | undefined, cursor: string | null): string | null =>
  cursor === null || model === undefined ? cursor : `f${model.version}.${cursor}`;

/** A request as it's recorded: with the version that it went by. */
export const fitRecorded = <T extends Pick<AskedSearch, 'fit'>>(request: T, fit: TalentCriteria['fit']): T =>
  request.fit && fit ? { ...request, fit: { ...request.fit, model: fitModelRef(fit.model) } } : request;

/** The published fit models that requests name. */
@Injectable()
export class FitModels {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async all(after?: string): Promise<readonly PublishedFitModel[]> {
    await this.freshness.reach(after, fitModels.name);
    return publishedFitModels(this.database);
  }

  /** Also of one that's retired, if its version is named. Throws 400 for one that there isn't. */
  async named(ref: string, after?: string, pointer = '/model'): Promise<PublishedFitModel> {
    await this.freshness.reach(after, fitModels.name);
    const { name, version } = fitModelNamed(ref);
    const found = await publishedFitModel(this.database, name, version);
    if (found) return found;
    throw invalidRequest([{ pointer, detail: 'must be a published fit model: GET /v1/fit-models lists them' }]);
  }

  /** The model that a search asks for. Throws 400 for one that there isn't, or that's retired. */
  async sought(fit: AskedSearch['fit'], after?: string): Promise<TalentCriteria['fit']> {
    if (!fit) return undefined;
    const { model, retiredAt } = await this.named(fit.model, after, '/fit/model');
    if (retiredAt)
      throw invalidRequest([{ pointer: '/fit/model', detail: 'must not be retired: no search goes by it any more' }]);
    return { model, ...(fit.grades ? { grades: fit.grades } : {}) };
  }

  /** For one page of a list: by the model that's asked for, in the version of the page before. Throws 400 `bad-cursor`. */
  async ofPage(
    fit: AskedSearch['fit'],
    cursor: string | undefined,
    after?: string,
  ): Promise<{ readonly fit?: TalentCriteria['fit']; readonly cursor?: string | undefined }> {
    if (!fit) return { cursor };
    if (cursor === undefined) return { fit: await this.sought(fit, after) };
    await this.freshness.reach(after, fitModels.name);
    const [, version, rest] = pinned.exec(cursor) ?? [];
    const { name } = fitModelNamed(fit.model);
    const found = version === undefined ? undefined : await publishedFitModel(this.database, name, Number(version));
    if (!found) throw badCursor();
    return { fit: { model: found.model, ...(fit.grades ? { grades: fit.grades } : {}) }, cursor: rest };
  }
}
