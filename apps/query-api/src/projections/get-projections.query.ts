import { EventLog } from '#libs/event-store';
import { CLOCK, comparePositions, encodePosition, type Clock, type LogPosition } from '#libs/kernel';
import { readCheckpoints, type Checkpoint } from '#libs/projecting';
import { Database } from '#libs/read-store';
import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import type { ProjectionDocument, ProjectionsDocument } from './projections.dto.js';
import { readModels } from './read-models.js';

/** How far the read models have followed the log. */
export class GetProjections extends Query<ProjectionsDocument> {
  constructor(readonly after?: string) {
    super();
  }
}

/** Seconds, to a tenth. */
const lagOf = ({ position, eventAt }: Checkpoint, head: LogPosition, now: Date): number | null => {
  if (comparePositions(position, head) >= 0) return 0;
  return eventAt ? Math.max(0, Math.round((now.getTime() - eventAt.getTime()) / 100) / 10) : null;
};

/** @param all the generations of one projection */
const toDocument = (live: Checkpoint, all: readonly Checkpoint[], head: LogPosition, now: Date): ProjectionDocument => {
  const building = all.find(({ generation }) => generation === 'building');
  return {
    name: live.projection,
    version: live.version,
    state: live.state,
    ...(live.reason === undefined ? {} : { reason: live.reason }),
    position: encodePosition(live.position),
    upToDate: comparePositions(live.position, head) >= 0,
    lagSeconds: lagOf(live, head, now),
    ...(building ? { building: { version: building.version, position: encodePosition(building.position) } } : {}),
  };
};

@QueryHandler(GetProjections)
export class GetProjectionsHandler implements IQueryHandler<GetProjections> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
    private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ after }: GetProjections): Promise<ProjectionsDocument> {
    await this.freshness.reach(after, ...new Set([...readModels, ...(await this.live())]));
    // The head first: a projection may pass it meanwhile, but one that's behind never looks up to date.
    const head = await this.log.head();
    const checkpoints = await readCheckpoints(this.database);
    return {
      head: encodePosition(head),
      items: checkpoints
        .filter(({ generation }) => generation === 'live')
        .map((live) =>
          toDocument(
            live,
            checkpoints.filter(({ projection }) => projection === live.projection),
            head,
            this.clock.now(),
          ),
        ),
    };
  }

  /** Names of those that there are: published scoring models have read models of their own. */
  private async live(): Promise<string[]> {
    const checkpoints = await readCheckpoints(this.database);
    return checkpoints.flatMap(({ generation, projection }) => (generation === 'live' ? [projection] : []));
  }
}
