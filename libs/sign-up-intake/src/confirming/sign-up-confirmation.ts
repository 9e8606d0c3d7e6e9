import type { Clock } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import { ConfirmSignUpCommand } from '#libs/sign-up';
import { CommandBus } from '@nestjs/cqrs';
import { PendingSignUps, type OpenedSignUp } from '../pending/pending-sign-ups.js';
import { readConfirmationToken } from '../tokens/confirmation-tokens.js';
import { SignUpAddressee } from './sign-up-addressee.js';

/** Thrown where the log refuses a confirmation, which is a bug or a race with an erasure. */
export class ConfirmationRefusedError extends Error {
  constructor(readonly code: string) {
    super(`A confirmation was refused: ${code}.`);
    this.name = 'ConfirmationRefusedError';
  }
}

/** Confirms submissions by the links that were sent. */
export class SignUpConfirmation {
  constructor(
    private readonly pending: PendingSignUps,
    private readonly addressee: SignUpAddressee,
    private readonly commands: Pick<CommandBus, 'execute'>,
    private readonly digests: Digests,
    private readonly clock: Clock,
  ) {}

  /** What a link is about; undefined where it's forged, has expired, or is about nothing that's still there. Changes nothing. */
  async look(token: string): Promise<(OpenedSignUp & { readonly signUpId: string }) | undefined> {
    const read = readConfirmationToken(this.digests, token);
    const now = this.clock.now();
    if (!read || read.expiresAt <= now) return undefined;
    const opened = await this.pending.open(read.signUpId, now);
    return opened && { ...opened, signUpId: read.signUpId };
  }

  /**
   * Gives the form that was signed up by. A second time is as the first: once it's in the log, whatever fails afterwards
   * and is tried again finds it there.
   */
  async confirm(token: string, correlationId: string): Promise<string | undefined> {
    const found = await this.look(token);
    if (!found) return undefined;
    if (found.kind === 'confirmed') return found.formId;
    const { signUpId, submission, submittedAt } = found;
    const { address: _, ...entered } = submission;
    const candidateId = await this.addressee.find(entered.email, entered.name);
    const now = this.clock.now();
    const confirmed = { ...entered, candidateId, submittedAt: submittedAt.toISOString() };
    const context = { actor: { kind: 'system' as const, id: 'sign-up' }, correlationId, source: 'sign-up' };
    const result = await this.commands.execute(
      new ConfirmSignUpCommand(signUpId, confirmed, { context, occurredAt: now }),
    );
    if (!result.ok) throw new ConfirmationRefusedError(result.error.code);
    await this.pending.settle(signUpId, now);
    return entered.formId;
  }
}
