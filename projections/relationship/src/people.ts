import { emptyLedger, type ContactLedger } from '#libs/candidates';
import type { Follower } from '#libs/merging';
import { branch, row, type Rows } from '#libs/projecting';
import { replacePermissions } from './permissions.js';
import { contactPermissions, relationships } from './tables.js';

/** What was said under each of these ids. */
export const ledgersOf = (rows: Rows, ids: readonly string[]): ContactLedger[] =>
  ids.map((id) => (rows.fetch(relationships, { candidate_id: id })?.ledger ?? emptyLedger) as ContactLedger);

/** What was said stays under the id that it was said under; when somebody may be contacted is one person's. */
export const relationshipFollower: Follower = {
  needs: (candidateId) => [
    row(relationships, { candidate_id: candidateId }),
    branch(contactPermissions, { candidate_id: candidateId }),
  ],
  regroup: (rows, { before, after }) => {
    for (const [personId = ''] of before) replacePermissions(rows, personId, []);
    for (const ids of after) replacePermissions(rows, ids[0] ?? '', ledgersOf(rows, ids));
  },
};
