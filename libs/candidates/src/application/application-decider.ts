import { err, ok, refusal, unknownEvent, type Decider, type Decision } from '#libs/kernel';
import { applicationStages, type ApplicationEvent, type ApplicationStage, type Source } from '../events/index.js';

/** Where one application stands. `ended` says how; nothing moves it any more. */
export type Application =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'submitted';
      readonly candidateId: string;
      readonly stage: ApplicationStage;
      readonly ended?: 'hired' | 'rejected' | 'withdrawn';
    };

export interface SubmittedApplication {
  readonly candidateId: string;
  readonly role: string;
  readonly source: Source;
  readonly requisitionId?: string;
  readonly recruiter?: string;
  readonly assessmentScore?: number;
}

export const applicationMoves = ['screened', 'interviewed', 'offered', 'hired', 'rejected', 'withdrawn'] as const;
/** `reason` and `notes` go with `rejected` and `withdrawn`. */
export interface ApplicationMove {
  readonly stage: (typeof applicationMoves)[number];
  readonly reason?: string;
  readonly notes?: string;
}

export type ApplicationCommand =
  | { readonly kind: 'submit'; readonly application: SubmittedApplication }
  | { readonly kind: 'move'; readonly move: ApplicationMove };

const applicationUnknown = refusal('not-found', 'application-unknown', 'There is no application with this id.');
const applicationExists = refusal('conflict', 'application-exists', 'There is an application with this id already.');
const applicationClosed = (ended: string): ReturnType<typeof refusal> =>
  refusal(
    'conflict',
    'application-closed',
    `This application has ended (${ended}). Another attempt is another application.`,
  );

const rank = (stage: ApplicationStage): number => applicationStages.indexOf(stage);

const decide = (command: ApplicationCommand, state: Application): Decision<ApplicationEvent> => {
  if (command.kind === 'submit') {
    if (state.kind === 'submitted') return err(applicationExists);
    return ok([{ type: 'application.submitted', data: command.application }]);
  }
  return state.kind === 'none' ? err(applicationUnknown) : move(command.move, state);
};

/** Stages may be skipped; a stage that was reached or passed changes nothing, so late news of it is no error. */
const move = (
  { stage, reason, notes }: ApplicationMove,
  state: Extract<Application, { kind: 'submitted' }>,
): Decision<ApplicationEvent> => {
  const { candidateId, ended } = state;
  if (stage === 'rejected' || stage === 'withdrawn') {
    if (ended === stage) return ok([]);
    if (ended) return err(applicationClosed(ended));
    const data = {
      candidateId,
      ...(reason === undefined ? {} : { reason }),
      ...(notes === undefined ? {} : { notes }),
    };
    return ok([
      stage === 'rejected' ? { type: 'application.rejected', data } : { type: 'application.withdrawn', data },
    ]);
  }
  if (rank(stage) <= rank(state.stage)) return ok([]);
  if (ended) return err(applicationClosed(ended));
  return ok([
    stage === 'hired'
      ? { type: 'application.hired', data: { candidateId } }
      : { type: 'application.stage-reached', data: { candidateId, stage } },
  ]);
};

const evolve = (state: Application, event: ApplicationEvent): Application => {
  if (event.type === 'application.submitted') {
    return { kind: 'submitted', candidateId: event.data.candidateId, stage: 'applied' };
  }
  if (state.kind === 'none')
    throw new Error(`An application's first event is application.submitted, not ${event.type}.`);
  switch (event.type) {
    case 'application.stage-reached':
      return { ...state, stage: event.data.stage };
    case 'application.hired':
      return { ...state, stage: 'hired', ended: 'hired' };
    case 'application.rejected':
      return { ...state, ended: 'rejected' };
    case 'application.withdrawn':
      return { ...state, ended: 'withdrawn' };
    default:
      return unknownEvent(event);
  }
};

/** One application of one person, on the stream `application-<uuid>`. */
export const applicationDecider: Decider<Application, ApplicationCommand, ApplicationEvent> = {
  initial: { kind: 'none' },
  decide,
  evolve,
};
