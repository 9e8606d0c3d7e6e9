import type { Occasion } from './consent.js';
import { mayContact, type ContactLedger } from './permission.js';

/** A stretch of time, half-open: `from` is in it, `until` isn't. Without an end where nothing that was said ends it. */
export interface PermissionInterval {
  readonly from: Date;
  readonly until?: Date;
}

/** Every instant at which an answer may become another. Between two of them it stays as it is. */
const turningPoints = (ledger: ContactLedger): string[] => {
  const said = Object.values(ledger).flatMap((list: readonly { readonly at: string }[]) => list.map(({ at }) => at));
  const expired = ledger.given.flatMap(({ expiresAt }) => expiresAt ?? []);
  const woken = ledger.snoozed.flatMap(({ until }) => until ?? []);
  return [...new Set([...said, ...expired, ...woken])].sort();
};

/**
 * When somebody may be contacted for a purpose on a channel, about anything: the instants at which `mayContact` allows it.
 * In order, none empty, none touching the next.
 */
export const permissionIntervals = (
  ledger: ContactLedger,
  { purpose, channel }: Omit<Occasion, 'topic'>,
): readonly PermissionInterval[] => {
  // Without a consent, nothing ever is.
  if (!ledger.given.some((given) => given.purpose === purpose && given.channel === channel)) return [];
  const intervals: PermissionInterval[] = [];
  let from: Date | undefined;
  for (const at of turningPoints(ledger).map((text) => new Date(text))) {
    const { allowed } = mayContact(ledger, { purpose, channel }, at);
    if (allowed) from ??= at;
    else if (from) {
      intervals.push({ from, until: at });
      from = undefined;
    }
  }
  return from ? [...intervals, { from }] : intervals;
};
