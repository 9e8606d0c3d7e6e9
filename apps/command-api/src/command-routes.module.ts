import { CLOCK, systemClock } from '#libs/kernel';
import { Module } from '@nestjs/common';
import { ApplicationCommands } from './applications/application-commands.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { BulkController } from './bulk/bulk.controller.js';
import { BulkService } from './bulk/bulk.service.js';
import { CandidateCommands } from './candidates/candidate-commands.js';
import { CandidatesController } from './candidates/candidates.controller.js';
import { FitModelCommands } from './fit/fit-model-commands.js';
import { FitModelsController } from './fit/fit-models.controller.js';
import { CriteriaFields } from './custom-fields/criteria-fields.js';
import { CustomFieldCommands } from './custom-fields/custom-field-commands.js';
import { CustomFieldsController } from './custom-fields/custom-fields.controller.js';
import { PlanCommands } from './hygiene/plan-commands.js';
import { HygienePlansController } from './hygiene/plans.controller.js';
import { IdentityCommands } from './identity/identity-commands.js';
import { IdentityController } from './identity/identity.controller.js';
import { InteractionCommands } from './interactions/interaction-commands.js';
import { InteractionsController } from './interactions/interactions.controller.js';
import { BackgroundController } from './relationship/background.controller.js';
import { NotesController } from './relationship/notes.controller.js';
import { RelationshipChanges } from './relationship/relationship-changes.js';
import { MembersController } from './pools/members.controller.js';
import { PersonsMemberships } from './pools/persons-memberships.js';
import { PoolCommands } from './pools/pool-commands.js';
import { PoolsController } from './pools/pools.controller.js';
import { RelationshipCommands } from './relationship/relationship-commands.js';
import { RelationshipController } from './relationship/relationship.controller.js';
import { CommandMetas } from './requests/command-metas.js';
import { SavedSearchCommands } from './saved-searches/saved-search-commands.js';
import { SavedSearchesController } from './saved-searches/saved-searches.controller.js';
import { ScoringModelCommands } from './scoring/scoring-model-commands.js';
import { ScoringModelsController } from './scoring/scoring-models.controller.js';
import { SignUpFormCommands } from './sign-up/sign-up-form-commands.js';
import { SignUpFormsController } from './sign-up/sign-up-forms.controller.js';

/** The routes, which turn requests into commands. Needs the global CommandBus, Digests, KnownPeople, DeclaredCustomFields and logger. */
@Module({
  controllers: [
    BulkController,
    CandidatesController,
    RelationshipController,
    BackgroundController,
    NotesController,
    InteractionsController,
    ApplicationsController,
    IdentityController,
    PoolsController,
    MembersController,
    SavedSearchesController,
    SignUpFormsController,
    ScoringModelsController,
    FitModelsController,
    CustomFieldsController,
    HygienePlansController,
  ],
  providers: [
    { provide: CLOCK, useValue: systemClock },
    CommandMetas,
    CandidateCommands,
    RelationshipChanges,
    RelationshipCommands,
    InteractionCommands,
    ApplicationCommands,
    IdentityCommands,
    PersonsMemberships,
    PoolCommands,
    SavedSearchCommands,
    SignUpFormCommands,
    ScoringModelCommands,
    FitModelCommands,
    CustomFieldCommands,
    CriteriaFields,
    PlanCommands,
    BulkService,
  ],
})
export class CommandRoutesModule {}
