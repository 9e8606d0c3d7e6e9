import { emptyLedger, entered, isAboutContact, ledgerEventTypes, type ContactLedger } from '#libs/candidates';
import { subjectOf } from '#libs/kernel';
import { followMerges, idsOfPerson, personIdOf } from '#libs/merging';
import { branch, defineProjection, row, type Handler } from '#libs/projecting';
import { ledgersOf, relationshipFollower } from './people.js';
import { replacePermissions } from './permissions.js';
import { statementsIn, statementTypes } from './statements.js';
import { contactPermissions, relationshipPersons, relationships, relationshipStatements } from './tables.js';

const contact: Handler = {
  needs: (event) => {
    if (!isAboutContact(event)) return [];
    const person = { candidate_id: subjectOf(event) };
    return [row(relationships, person), branch(contactPermissions, person), row(relationshipPersons.aliases, person)];
  },
  apply: (event, rows) => {
    if (!isAboutContact(event)) return;
    const candidateId = subjectOf(event);
    const before = rows.get(relationships, { candidate_id: candidateId })?.ledger ?? emptyLedger;
    const ledger = entered(before as ContactLedger, event);
    rows.put(relationships, { candidate_id: candidateId, ledger });
    const personId = personIdOf(rows, relationshipPersons, candidateId);
    if (personId === undefined) return replacePermissions(rows, candidateId, [ledger]);
    replacePermissions(rows, personId, ledgersOf(rows, idsOfPerson(rows, relationshipPersons, personId)));
  },
};

const statement: Handler = {
  needs: () => [],
  apply: (event, rows) => {
    for (const { about, statement: stated } of statementsIn(event)) {
      rows.put(relationshipStatements, {
        candidate_id: subjectOf(event),
        about,
        position: event.position.commit,
        stated_at: event.occurredAt,
        statement: stated,
        actor_kind: event.actor.kind,
        actor_id: event.actor.id,
      });
    }
  },
};

/** Whether somebody may be contacted, who owns the relationship, and what they said of themselves. */
export const relationship = defineProjection({
  name: 'relationship',
  version: 8,
  tables: [
    relationships,
    relationshipStatements,
    contactPermissions,
    relationshipPersons.aliases,
    relationshipPersons.people,
  ],
  handlers: {
    ...Object.fromEntries(ledgerEventTypes.map((type) => [type, contact])),
    ...Object.fromEntries(statementTypes.map((type) => [type, statement])),
    ...followMerges(relationshipPersons, relationshipFollower),
  },
});
