import { ProblemError, retryAfter } from '#libs/http';
import type { LogPosition } from '#libs/kernel';
import { ReadModelGate } from '#libs/projecting';
import { Inject, Injectable } from '@nestjs/common';
import { waitingAside } from '../query-cost/place.js';
import { positionOf } from './position-token.js';

/** How long a read waits for its read models, in milliseconds. */
export const READ_WAIT = Symbol('ReadWait');

/** A read model that was merely late is there soon; a paused one waits for an operator. */
const RETRY_SECONDS = { behind: 1, paused: 30, 'set-aside': 30 } as const;

const reasons = {
  behind: 'has not reached the position that the request names',
  paused: 'is paused before the position that the request names',
  'set-aside': 'could not take in an event that the request is about, and has set it aside',
} as const;

/** Keeps a reader from seeing rows older than what they know of. */
@Injectable()
export class Freshness {
  /** How often waiting ended how, since the process started. */
  readonly outcomes = { reached: 0, behind: 0, paused: 0, 'set-aside': 0 };

  constructor(
    private readonly gate: ReadModelGate,
    @Inject(READ_WAIT) private readonly waitMilliseconds: number,
  ) {}

  /**
   * Resolves once all these projections have reached the position, at once if there's none.
   * Throws the 503 problem `read-model-behind` if one doesn't in time, or has set aside what was recorded there. A dear
   * query gives its place to others meanwhile.
   */
  async reach(after: string | undefined, ...projections: readonly string[]): Promise<void> {
    await this.reachAbout([], after, ...projections);
  }

  /** As `reach`, for a read about one person with these ids: nothing about them up to the position may be set aside. */
  async reachAbout(
    ids: readonly string[],
    after: string | undefined,
    ...projections: readonly string[]
  ): Promise<void> {
    const position = positionOf(after);
    if (position === undefined) return;
    await waitingAside(Promise.all(projections.map((projection) => this.waitFor(projection, position, ids))));
  }

  private async waitFor(projection: string, position: LogPosition, ids: readonly string[]): Promise<void> {
    const state = await this.gate.waitFor(projection, position, this.waitMilliseconds, ids);
    this.outcomes[state]++;
    if (state === 'reached') return;
    throw new ProblemError(503, 'read-model-behind', {
      detail: `The read model ${projection} ${reasons[state]}. Send the same request again later.`,
      headers: retryAfter(RETRY_SECONDS[state]),
    });
  }
}
