import {
  AddCandidateCommand,
  ChangeRelationshipCommand,
  RecordInteractionCommand,
  type ConsentGiven,
  type ReportedInteraction,
  type Source,
} from '#libs/candidates';
import { CommandRunner, type CommandMeta } from '#libs/event-store';
import { ERASED, err, ok, type Refusal, type Result } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import { ConfirmedSignUps, type SignUpConfirmed } from '#libs/sign-up';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

type Admitted = Result<null, Refusal>;

/** Make a candidate of whoever confirmed this submission, or add to the one that they are. */
export class AdmitSignUpCommand extends Command<Admitted> {
  constructor(
    readonly signUpId: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/**
 * Turns a confirmed submission into commands, each with a key of its own: done again after a crash, nothing is done twice.
 * Of somebody who is known, the profile stays as it is: who they are isn't decided by a form.
 */
@CommandHandler(AdmitSignUpCommand)
export class AdmitSignUpHandler implements ICommandHandler<AdmitSignUpCommand> {
  constructor(
    private readonly signUps: ConfirmedSignUps,
    private readonly runner: CommandRunner,
    private readonly commands: CommandBus,
    private readonly digests: Digests,
  ) {}

  async execute({ signUpId, meta }: AdmitSignUpCommand): Promise<Admitted> {
    const signUp = await this.signUps.find(signUpId);
    if (!signUp) throw new Error('A submission that was confirmed is not in the log.');
    // Forgotten in the meantime: there's nobody left to admit.
    if (signUp.email === ERASED) return ok(null);
    const of = (part: string): CommandMeta => this.metaOf(meta, part);
    const { candidateId } = signUp;

    // 1. The person.
    if (!(await this.runner.exists({ category: 'candidate', id: candidateId }))) {
      const added = await this.commands.execute(new AddCandidateCommand(candidateId, newcomer(signUp), of('add')));
      if (!added.ok && added.error.code !== 'candidate-exists') return err(added.error);
    }

    // 2. What they agreed to.
    const consents = consentsOf(signUpId, signUp);
    const given = await this.commands.execute(
      new ChangeRelationshipCommand(candidateId, { kind: 'give-consent', consents }, of('consent')),
    );
    if (!given.ok) return err(given.error);

    // 3. Where they came by the form, and what they're interested in.
    const { formId, source, topics } = signUp;
    const submitted = await this.happened(
      candidateId,
      { type: 'form.submitted', data: { formId, source } },
      of('form'),
    );
    if (!submitted.ok) return submitted;
    for (const topic of topics) {
      const interest = { type: 'interest.expressed', data: { interest: topic, channel: 'sign-up' } } as const;
      const expressed = await this.happened(candidateId, interest, of(`interest ${topic}`));
      if (!expressed.ok) return expressed;
    }
    return ok(null);
  }

  private async happened(candidateId: string, interaction: ReportedInteraction, meta: CommandMeta): Promise<Admitted> {
    const recorded = await this.commands.execute(new RecordInteractionCommand({ candidateId, interaction }, meta));
    return recorded.ok ? ok(null) : err(recorded.error);
  }

  private metaOf(meta: CommandMeta, part: string): CommandMeta {
    const key = this.digests.digest('sign-up-admission', meta.commandKey?.key ?? '', part);
    return { ...meta, commandKey: { key, body: key } };
  }
}

const newcomer = ({ email, name, source }: SignUpConfirmed): AddCandidateCommand['candidate'] => ({
  ...(name === undefined ? {} : { name: { full: name } }),
  contactPoints: [{ kind: 'email', value: email }],
  source: source as Source,
  skills: [],
  interests: [],
  tags: [],
  externalIds: [],
});

const consentsOf = (signUpId: string, { consents, textVersion }: SignUpConfirmed): ConsentGiven[] =>
  consents.map(
    ({ purpose, channel }) =>
      ({
        purpose,
        channel,
        basis: 'consent',
        textVersion,
        // The stream of this id has the form, the language, and when.
        evidence: { kind: 'double-opt-in', reference: signUpId },
      }) as ConsentGiven,
  );
