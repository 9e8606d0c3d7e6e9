import type { AppendAnswer, AppendRequest } from './group-plan.js';

/** An append that waits for its answer. */
export class PendingAppend {
  private answer: ((answer: AppendAnswer) => void) | undefined;

  constructor(
    readonly request: AppendRequest,
    answer: (answer: AppendAnswer) => void,
  ) {
    this.answer = answer;
  }

  /** The first answer counts; later ones go nowhere. */
  settle(answer: AppendAnswer): void {
    const { answer: give } = this;
    this.answer = undefined;
    give?.(answer);
  }
}

const MAX_GROUP_EVENTS = 2_000;
const MAX_GROUP_BYTES = 8 * 1024 * 1024;

/** Takes from the front what goes into one transaction: at least one append, and no more than a transaction should hold. */
export const takeGroup = (queue: PendingAppend[]): PendingAppend[] => {
  let bytes = 0;
  let events = 0;
  let take = 0;
  for (const { request } of queue) {
    events += Math.max(1, request.events.length);
    for (const { data, metadata } of request.events) bytes += data.length + metadata.length;
    if (take > 0 && (events > MAX_GROUP_EVENTS || bytes > MAX_GROUP_BYTES)) break;
    take++;
  }
  return queue.splice(0, take);
};
