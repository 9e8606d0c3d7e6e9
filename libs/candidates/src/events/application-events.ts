import { closed, firstVersion, narrative, oneOf, opaqueId, uuid, word } from '#libs/event-fields';
import type { EventOf } from '#libs/kernel';
import { Type } from 'typebox';
import { sourceSchema } from './candidate-events.js';

/** In order. Reaching a stage implies that the earlier ones were passed, also those that nobody recorded. */
export const applicationStages = ['applied', 'screened', 'interviewed', 'offered', 'hired'] as const;
export type ApplicationStage = (typeof applicationStages)[number];

const candidateId = uuid();

/** `assessmentScore`: what the source scored the applicant with, in its own unit. */
export const applicationSubmitted = firstVersion(
  'application.submitted',
  closed({
    candidateId,
    role: word(),
    source: sourceSchema,
    requisitionId: Type.Optional(opaqueId()),
    recruiter: Type.Optional(opaqueId()),
    assessmentScore: Type.Optional(Type.Number()),
  }),
);
export const applicationStageReached = firstVersion(
  'application.stage-reached',
  closed({ candidateId, stage: oneOf(['screened', 'interviewed', 'offered']) }),
);
export const applicationHired = firstVersion('application.hired', closed({ candidateId }));
/** `reason` is a code from the business's list; what somebody wrote about it is sealed. */
export const applicationRejected = firstVersion(
  'application.rejected',
  closed({ candidateId, reason: Type.Optional(word(100)), notes: Type.Optional(narrative()) }),
);
/** The candidate ended it. */
export const applicationWithdrawn = firstVersion(
  'application.withdrawn',
  closed({ candidateId, reason: Type.Optional(word(100)), notes: Type.Optional(narrative()) }),
);

export const applicationEventDefinitions = [
  applicationSubmitted,
  applicationStageReached,
  applicationHired,
  applicationRejected,
  applicationWithdrawn,
] as const;

/** One application of one person for one role: the events of an `application-<uuid>` stream. */
export type ApplicationEvent = EventOf<(typeof applicationEventDefinitions)[number]>;
