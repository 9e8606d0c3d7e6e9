import { err, ok, refusal, sameJson, type Decision } from '#libs/kernel';
import { decideBackground, type BackgroundChange } from '../background/background-decisions.js';
import type { KnownCandidate } from '../candidate/candidate.js';
import { decideMedallist, type MedallistChange } from '../medallists/medallist-decisions.js';
import { decideNote, type NoteChange } from '../notes/note-decisions.js';
import type {
  Attachment,
  Availability,
  CandidateEvent,
  ConsentGiven,
  ConsentWithdrawn,
  DoNotContact,
  Language,
  Snooze,
} from '../events/index.js';

/** What may be decided about the relationship. */
export type RelationshipChange =
  | { readonly kind: 'give-consent'; readonly consents: readonly ConsentGiven[] }
  | { readonly kind: 'withdraw-consent'; readonly withdrawal: ConsentWithdrawn }
  | { readonly kind: 'set-do-not-contact'; readonly doNotContact: DoNotContact }
  | { readonly kind: 'lift-do-not-contact'; readonly note?: string }
  /** `at`: as of when it's decided. */
  | { readonly kind: 'snooze'; readonly snooze: Snooze; readonly at: string }
  | { readonly kind: 'end-snooze' }
  | { readonly kind: 'state-availability'; readonly availability: Availability }
  | { readonly kind: 'change-languages'; readonly languages: readonly Language[] }
  | { readonly kind: 'change-attachments'; readonly attachments: readonly Attachment[] }
  | BackgroundChange
  | NoteChange
  | MedallistChange;

const snoozeIsPast = refusal('invalid', 'snooze-is-past', 'The time to be left alone until lies in the past.');

/** One event for each thing that really changes, and for each consent, withdrawal and availability that's stated. */
export const decideRelationship = (change: RelationshipChange, state: KnownCandidate): Decision<CandidateEvent> => {
  switch (change.kind) {
    // Each time, also on the same terms: whether it changes anything depends on when each was said, and on emails that were
    // unsubscribed from, which lie in another stream. What's the same request is known by its Idempotency-Key.
    case 'give-consent':
      return ok(change.consents.map((data) => ({ type: 'candidate.consent-given', data })));
    case 'withdraw-consent':
      return ok([{ type: 'candidate.consent-withdrawn', data: change.withdrawal }]);
    case 'set-do-not-contact':
      if (state.doNotContact && sameJson(state.doNotContact, change.doNotContact)) return ok([]);
      return ok([{ type: 'candidate.do-not-contact-set', data: change.doNotContact }]);
    case 'lift-do-not-contact':
      if (!state.doNotContact) return ok([]);
      return ok([
        { type: 'candidate.do-not-contact-lifted', data: change.note === undefined ? {} : { note: change.note } },
      ]);
    case 'snooze':
      if (change.snooze.until <= change.at) return err(snoozeIsPast);
      if (state.snooze && sameJson(state.snooze, change.snooze)) return ok([]);
      return ok([{ type: 'candidate.snoozed', data: change.snooze }]);
    case 'end-snooze':
      return ok(state.snooze ? [{ type: 'candidate.snooze-ended', data: {} }] : []);
    // Also the same again: what was said last stands, and that may have been said under an id that they were merged with.
    case 'state-availability':
      return ok([{ type: 'candidate.availability-stated', data: change.availability }]);
    case 'change-languages':
      if (sameJson(change.languages, state.languages)) return ok([]);
      return ok([{ type: 'candidate.languages-changed', data: { languages: [...change.languages] } }]);
    case 'change-attachments':
      if (sameJson(change.attachments, state.attachments)) return ok([]);
      return ok([{ type: 'candidate.attachments-changed', data: { attachments: [...change.attachments] } }]);
    case 'change-work-history':
    case 'change-education':
      return decideBackground(change, state);
    case 'write-note':
    case 'edit-note':
    case 'remove-note':
      return decideNote(change, state);
    case 'mark-silver-medallist':
    case 'unmark-silver-medallist':
      return decideMedallist(change);
  }
};
