import type { Occasion } from './consent.js';
import { onePermission } from './one-permission.js';
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
  return [...said, ...expired, ...woken];
};

/**
 * When somebody may be contacted for a purpose on a channel, about anything: the instants at which `mayContact` allows it,
 * by what was said under each of their ids. In order, none empty, none touching the next.
 */
export const permissionIntervals = (
  ledgers: readonly ContactLedger[],
  { purpose, channel }: Omit<Occasion, 'topic'>,
): readonly PermissionInterval[] => {
  // Without a consent, nothing ever is.
  if (!ledgers.some(({ given }) => given.some((one) => one.purpose === purpose && one.channel === channel))) return [];
  const intervals: PermissionInterval[] = [];
  let from: Date | undefined;
  for (const at of [...new Set(ledgers.flatMap(turningPoints))].sort().map((text) => new Date(text))) {
    const [first, ...others] = ledgers.map((ledger) => mayContact(ledger, { purpose, channel }, at));
    const { allowed } = first ? onePermission([first, ...others]) : { allowed: false };
    if (allowed) from ??= at;
    else if (from) {
      intervals.push({ from, until: at });
      from = undefined;
    }
  }
  return from ? [...intervals, { from }] : intervals;
};
