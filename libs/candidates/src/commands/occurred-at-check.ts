import { refusal, type Clock, type Refusal } from '#libs/kernel';

/** Clocks differ; a source may be this far ahead of ours. */
const TOLERATED_MILLISECONDS = 5 * 60_000;

/** Refuses times that can't be: later than our clock allows, or before there were computers to tell them. */
export class OccurredAtCheck {
  constructor(private readonly clock: Clock) {}

  refuse(occurredAt: Date): Refusal | undefined {
    const at = occurredAt.getTime();
    if (Number.isNaN(at) || at < 0)
      return refusal('invalid', 'occurred-too-early', 'occurredAt must be after 1970.', '/occurredAt');
    if (at > this.clock.now().getTime() + TOLERATED_MILLISECONDS) {
      return refusal(
        'invalid',
        'occurred-in-future',
        'occurredAt is more than 5 minutes in the future.',
        '/occurredAt',
      );
    }
    return undefined;
  }
}
