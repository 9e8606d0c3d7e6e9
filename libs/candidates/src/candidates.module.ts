import { systemClock } from '#libs/kernel';
import { loadTaxonomy } from '#libs/taxonomy';
import { Global, Module, type DynamicModule, type OnModuleInit, type Type } from '@nestjs/common';
import { AddCandidateHandler } from './commands/add-candidate/add-candidate.handler.js';
import { AssignOwnerHandler } from './commands/assign-owner/assign-owner.handler.js';
import { CandidateContacts } from './commands/candidate-contacts.js';
import { ChangeCustomFieldHandler } from './commands/change-custom-field/change-custom-field.handler.js';
import { ChangeRelationshipHandler } from './commands/change-relationship/change-relationship.handler.js';
import { DeclareCustomFieldHandler } from './commands/declare-custom-field/declare-custom-field.handler.js';
import { DeclaredCustomFields } from './commands/declared-custom-fields.js';
import { MoveApplicationHandler } from './commands/move-application/move-application.handler.js';
import { OccurredAtCheck } from './commands/occurred-at-check.js';
import { PersonIds } from './commands/person-ids.js';
import { AddresseeFinder } from './commands/record-interaction/addressee-finder.js';
import { RecordInteractionHandler } from './commands/record-interaction/record-interaction.handler.js';
import { RetireCustomFieldHandler } from './commands/retire-custom-field/retire-custom-field.handler.js';
import { SubmitApplicationHandler } from './commands/submit-application/submit-application.handler.js';
import { TagCandidateHandler } from './commands/tag-candidate/tag-candidate.handler.js';
import { TakeUpConsentRulesHandler } from './commands/take-up-consent-rules/take-up-consent-rules.handler.js';
import { UpdateCandidateHandler } from './commands/update-candidate/update-candidate.handler.js';
import { loadTagVocabulary } from './tags/load-vocabulary.js';
import { TagVocabulary } from './tags/tag-vocabulary.js';

/** The command side of candidates, interactions, applications and custom fields. Needs CqrsModule, EventStoreModule and PrivacyModule. */
@Global()
@Module({
  providers: [
    { provide: TagVocabulary, useFactory: () => loadTagVocabulary() },
    { provide: OccurredAtCheck, useFactory: (): OccurredAtCheck => new OccurredAtCheck(systemClock) },
    CandidateContacts,
    DeclaredCustomFields,
    AddresseeFinder,
    AddCandidateHandler,
    UpdateCandidateHandler,
    TagCandidateHandler,
    AssignOwnerHandler,
    ChangeRelationshipHandler,
    RecordInteractionHandler,
    SubmitApplicationHandler,
    MoveApplicationHandler,
    DeclareCustomFieldHandler,
    ChangeCustomFieldHandler,
    RetireCustomFieldHandler,
    TakeUpConsentRulesHandler,
  ],
  exports: [DeclaredCustomFields],
})
export class CandidatesModule implements OnModuleInit {
  /** @param people what tells who is one person; a global provider */
  static forRoot({ people }: { readonly people: Type<PersonIds> }): DynamicModule {
    return { module: CandidatesModule, providers: [{ provide: PersonIds, useExisting: people }] };
  }

  onModuleInit(): void {
    loadTaxonomy();
  }
}
