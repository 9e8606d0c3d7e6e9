import type { Obstacle, Permission } from './permission.js';

type Standing = Permission['obstacles'][number];

/** That nothing was said, or that what was said ran out: a consent under another id makes up for it. */
const absences: readonly Obstacle[] = ['no-consent', 'consent-expired'];
const gravestFirst: readonly Obstacle[] = [
  'do-not-contact',
  'complained',
  'snoozed',
  'unsubscribed',
  'consent-withdrawn',
  'consent-expired',
  'no-consent',
];

const isAbsence = ({ code }: Standing): boolean => absences.includes(code);

/** What has no end ends last. */
const laterEnd = (one: string | undefined, other: string | undefined): string | undefined => {
  if (one === undefined || other === undefined) return undefined;
  return one > other ? one : other;
};

/**
 * An obstacle under two ids. It's there under both now, so it has been since the first of them and is until the last one ends;
 * but that no consent holds is so only since there's none under either.
 */
const both = (one: Standing, other: Standing): Standing => {
  const [earlier, later] = (one.since ?? '') <= (other.since ?? '') ? [one, other] : [other, one];
  const { since } = isAbsence(one) ? later : earlier;
  const until = laterEnd(one.until, other.until);
  return { code: one.code, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
};

const eachOnce = (obstacles: readonly Standing[]): Standing[] => {
  const byCode = new Map<string, Standing>();
  for (const one of obstacles) {
    const other = byCode.get(one.code);
    byCode.set(one.code, other ? both(other, one) : one);
  }
  return [...byCode.values()].sort((x, y) => gravestFirst.indexOf(x.code) - gravestFirst.indexOf(y.code));
};

/**
 * Whether somebody may be contacted of whom something was said under each of several ids. What was said against it under
 * either id counts; what was only never said under one of them doesn't.
 */
export const onePermission = (each: readonly [Permission, ...Permission[]]): Permission => {
  const [first, ...others] = each;
  if (others.length === 0) return first;
  const inForce = each
    .filter(({ consent, obstacles }) => consent && !obstacles.some(isAbsence))
    .map(({ consent }) => consent)
    .sort((x, y) => ((x?.at ?? '') < (y?.at ?? '') ? 1 : -1));
  const all = eachOnce(each.flatMap(({ obstacles }) => obstacles));
  const telling = all.filter(({ code }) => code !== 'no-consent');
  const obstacles =
    inForce.length > 0 ? all.filter((one) => !isAbsence(one)) : telling.length > 0 && all.length > 1 ? telling : all;
  const consent = inForce[0] ?? each.find((one) => one.consent)?.consent;
  return { allowed: obstacles.length === 0, obstacles, ...(consent ? { consent } : {}) };
};
