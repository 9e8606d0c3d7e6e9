import {
  applicationEventDefinitions,
  candidateEventDefinitions,
  classificationEventDefinitions,
  engagementEventDefinitions,
} from './events/index.js';

export {
  applicationDecider,
  applicationMoves,
  type Application,
  type ApplicationMove,
  type SubmittedApplication,
} from './application/application-decider.js';
export { candidateDecider, type CandidateUpdate, type Tags } from './candidate/candidate-decider.js';
export type { Candidate, KnownCandidate } from './candidate/candidate.js';
export { CandidatesModule } from './candidates.module.js';
export { AddCandidateCommand, type NewCandidate } from './commands/add-candidate/add-candidate.command.js';
export { AssignOwnerCommand } from './commands/assign-owner/assign-owner.command.js';
export { ChangeCustomFieldCommand } from './commands/change-custom-field/change-custom-field.command.js';
export { ChangeRelationshipCommand } from './commands/change-relationship/change-relationship.command.js';
export { DeclareCustomFieldCommand } from './commands/declare-custom-field/declare-custom-field.command.js';
export { DeclaredCustomFields } from './commands/declared-custom-fields.js';
export { PersonIds } from './commands/person-ids.js';
export { MoveApplicationCommand } from './commands/move-application/move-application.command.js';
export {
  RecordInteractionCommand,
  type Addressee,
  type FactIdentity,
} from './commands/record-interaction/record-interaction.command.js';
export { RetireCustomFieldCommand } from './commands/retire-custom-field/retire-custom-field.command.js';
export { SubmitApplicationCommand } from './commands/submit-application/submit-application.command.js';
export { TagCandidateCommand } from './commands/tag-candidate/tag-candidate.command.js';
export { TakeUpConsentRulesCommand } from './commands/take-up-consent-rules/take-up-consent-rules.command.js';
export { TakeUpConsentRulesHandler } from './commands/take-up-consent-rules/take-up-consent-rules.handler.js';
export { UpdateCandidateCommand, type CandidatePatch } from './commands/update-candidate/update-candidate.command.js';
export type { AddressedOutcome, Outcome } from './commands/outcome.js';
export { normaliseContact } from './contact-points/normalise.js';
export { PersonEvents, type PersonStreams } from './person-events/person-events.js';
export { MOST_CUSTOM_FIELDS, type CustomFieldChange } from './custom-fields/custom-fields-decider.js';
export { evolveCustomFields, type CustomField, type CustomFields } from './custom-fields/custom-fields.js';
export { asksCustomFields, customFieldProblems } from './custom-fields/custom-field-problems.js';
export { customFieldValues } from './custom-fields/custom-field-values.js';
export { customValue } from './custom-fields/custom-value.js';
export { engagementDecider } from './engagement/engagement-decider.js';
export { messageOf } from './engagement/message-of.js';
export { supersedes, verdictsOf } from './engagement/verdicts.js';
export * from './events/index.js';
export {
  interactionEvent,
  interactionKinds,
  renewsContact,
  type InteractionKind,
  type ReportedInteraction,
} from './interactions/interaction-kinds.js';
export { onePermission } from './relationship/one-permission.js';
export {
  CONSENT_RULES,
  emptyLedger,
  entered,
  isAboutContact,
  unsubscribes,
  ledgerEventTypes,
  mayContact,
  type ContactLedger,
  type LedgerEvent,
  type Obstacle,
  type Permission,
} from './relationship/permission.js';
export { permissionIntervals, type PermissionInterval } from './relationship/permission-intervals.js';
export type { Occasion } from './relationship/consent.js';
export type { RelationshipChange } from './relationship/relationship-decisions.js';
export { defaultTags, TagVocabulary } from './tags/tag-vocabulary.js';

/** Every event type of this context. */
export const candidatesEventDefinitions = [
  ...candidateEventDefinitions,
  ...engagementEventDefinitions,
  ...classificationEventDefinitions,
  ...applicationEventDefinitions,
] as const;
