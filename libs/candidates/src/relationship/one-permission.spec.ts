import { describe, expect, it } from '@jest/globals';
import { onePermission } from './one-permission.js';
import type { Permission } from './permission.js';

const blocked = (...obstacles: Permission['obstacles']): Permission => ({ allowed: false, obstacles });
const snoozed = (since: string, until: string): Permission => blocked({ code: 'snoozed', since, until });

describe('Whether somebody with several ids may be contacted', () => {
  it('is snoozed from the first of their snoozes on until the last one ends, whichever id comes first', () => {
    const [long, early] = [snoozed('2026-03', '2026-12'), snoozed('2026-01', '2026-06')];
    for (const each of [[long, early] as const, [early, long] as const])
      expect(onePermission(each)).toEqual(snoozed('2026-01', '2026-12'));
  });

  it('stands in the way from when the first of their ids said so', () => {
    const since = (at: string) => blocked({ code: 'do-not-contact', since: at });
    expect(onePermission([since('2026-03'), since('2026-01'), since('2026-02')])).toEqual(since('2026-01'));
  });

  it('has no consent any more from when the last one ran out', () => {
    const expired = (at: string) => blocked({ code: 'consent-expired', since: at });
    expect(onePermission([expired('2026-03'), expired('2026-05'), expired('2026-04')])).toEqual(expired('2026-05'));
  });
});
