import { channels, permissionIntervals, purposes, type ContactLedger } from '#libs/candidates';
import type { Rows } from '#libs/projecting';
import { contactPermissions } from './tables.js';

/** Puts somebody's permissions, as their ledger makes them, in the place of those that were there. */
export const replacePermissions = (rows: Rows, candidateId: string, ledger: ContactLedger): void => {
  for (const row of rows.branch(contactPermissions, { candidate_id: candidateId }))
    rows.remove(contactPermissions, row);
  for (const purpose of purposes) {
    for (const channel of channels) {
      for (const { from, until } of permissionIntervals([ledger], { purpose, channel })) {
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
