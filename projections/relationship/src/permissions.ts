import { channels, permissionIntervals, purposes, type ContactLedger } from '#libs/candidates';
import type { Rows } from '#libs/projecting';
import { contactPermissions } from './tables.js';

/** Puts somebody's permissions, as what was said under each of their ids makes them, in the place of those that were there. */
export const replacePermissions = (rows: Rows, candidateId: string, ledgers: readonly ContactLedger[]): void => {
  for (const row of rows.fetchBranch(contactPermissions, { candidate_id: candidateId }))
    rows.remove(contactPermissions, row);
  for (const purpose of purposes) {
    for (const channel of channels) {
      for (const { from, until } of permissionIntervals(ledgers, { purpose, channel })) {
        rows.put(contactPermissions, {
          candidate_id: candidateId,
          occasion: `${purpose}/${channel}`,
          allowed_from: from,
          allowed_until: until ?? null,
        });
      }
    }
  }
};
