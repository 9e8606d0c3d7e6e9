import { invalidRequest, ProblemError, retryAfter } from '#libs/http';
import { readCheckpoints } from '#libs/projecting';
import { Database } from '#libs/read-store';
import type { ScoringModel } from '#libs/scoring';
import { builtInStandings, engagementName, standingsBy, type Standings } from '#projections/engagement';
import {
  modelsInUse,
  nextLive,
  publishedModels,
  scoringModels,
  type ModelInUse,
  type Reached,
} from '#projections/scoring-models';
import { Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';
import { badCursor } from '../problems.js';

const BUILDING_RETRY_SECONDS = 10;
const pinned = /^(\d{1,7})\.(.+)$/s;

/** A page's cursor with the model that the page went by: the next one goes by the same, also after a switch. */
export const cursorBy = ({ model }: Standings, cursor: string | null): string | null =>
  cursor === null ? null : `${model.version}.${cursor}`;

/**
 * Which models scores go by now. A switch is one row of the log: a query looks once, and goes by the rows of that model to its
 * end, so that it shows the ranking before the switch or the one after it.
 */
@Injectable()
export class ModelsInUse {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  /**
   * What scores and rankings go by. A model that was made live before the rows by it were whole is live once they are; until
   * then it's the one before.
   */
  async live(after?: string): Promise<Standings> {
    const live = (await this.all(after)).find(({ state }) => state === 'live');
    const by = live ? standingsBy(live.model) : builtInStandings;
    await this.freshness.reach(after, engagementName(by.model.version));
    return by;
  }

  /** The rows by a model. Throws 400 for one that nobody is scored by, 503 while its rows are being made. */
  async scoredBy(version: number, after?: string, pointer = '/model'): Promise<Standings> {
    const all = await this.all(after);
    const found = all.find(({ model, state }) => model.version === version && state !== 'retired');
    if (!found) {
      const scored = all.filter(({ state }) => state !== 'retired').map(({ model }) => model.version);
      throw invalidRequest([{ pointer, detail: `must be a model that everybody is scored by: ${scored.join(', ')}` }]);
    }
    if (found.state === 'building') {
      throw new ProblemError(503, 'read-model-behind', {
        detail: `The scores by model ${version} are being made. Send the same request again later.`,
        headers: retryAfter(BUILDING_RETRY_SECONDS),
      });
    }
    await this.freshness.reach(after, engagementName(version));
    return standingsBy(found.model);
  }

  /** For one page of a list: by the live model, or by that of the page before. Throws 400 `bad-cursor`. */
  async ofPage(cursor: string | undefined, after?: string): Promise<{ by: Standings; cursor?: string }> {
    if (cursor === undefined) return { by: await this.live(after) };
    const [, version, rest] = pinned.exec(cursor) ?? [];
    if (version === undefined || rest === undefined) throw badCursor();
    return { by: await this.ofCursor(Number(version), after), cursor: rest };
  }

  /** The rows by the model that a cursor names. Throws 400 `bad-cursor`. */
  async ofCursor(version: number, after?: string): Promise<Standings> {
    const all = await this.all(after);
    const found = all.find(({ model, state }) => model.version === version && state !== 'retired');
    if (!found) throw badCursor();
    await this.freshness.reach(after, engagementName(version));
    return standingsBy(found.model);
  }

  /** A document, whether or not anybody is scored by it. Throws 400. */
  async document(version: number, after?: string, pointer = '/model'): Promise<ScoringModel> {
    const all = await this.all(after);
    const found = all.find(({ model }) => model.version === version);
    if (found) return found.model;
    const known = all.map(({ model }) => model.version).join(', ');
    throw invalidRequest([{ pointer, detail: `must be the version of a model: ${known}` }]);
  }

  /** Every model that there is or was, by version. */
  async all(after?: string): Promise<readonly ModelInUse[]> {
    await this.freshness.reach(after, scoringModels.name);
    const published = await publishedModels(this.database);
    if (published.length === 0) return modelsInUse(published, () => 0n);
    const reached = await this.reached();
    if (after === undefined) return modelsInUse(published, reached);
    // Not for one whose rows are being made: that takes as long as the whole log, and another one stands in meanwhile.
    await this.freshness.reach(after, engagementName(nextLive(published, reached)));
    return modelsInUse(published, await this.reached());
  }

  private async reached(): Promise<Reached> {
    const live = (await readCheckpoints(this.database)).filter(({ generation }) => generation === 'live');
    const positions = new Map(live.map(({ projection, position }) => [projection, position.commit]));
    return (version) => positions.get(engagementName(version)) ?? 0n;
  }
}
