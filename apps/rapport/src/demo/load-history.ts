import {
  AddCandidateCommand,
  MoveApplicationCommand,
  RecordInteractionCommand,
  SubmitApplicationCommand,
} from '#libs/candidates';
import type { CommandMeta } from '#libs/event-store';
import type { Refusal, Result } from '#libs/kernel';
import { newId } from '#libs/kernel';
import { Digests } from '#libs/privacy';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { GeneratedLife } from './history.js';

/** People loaded at once: their events are appended together, a stream at a time. */
const AT_ONCE = 48;

/** Sends invented lives through the same commands as real ones. Ids are derived, so that two loads of one seed are one history. */
export class HistoryLoader {
  private readonly commands: CommandBus;
  private readonly digests: Digests;
  private readonly correlationId = newId();
  events = 0;

  constructor(writeSide: INestApplicationContext) {
    this.commands = writeSide.get(CommandBus);
    this.digests = writeSide.get(Digests);
  }

  /** `onLife` is called after each person. Throws at the first refusal: an invented history has nothing to refuse. */
  async load(lives: Iterable<GeneratedLife>, onLife: () => void): Promise<void> {
    const source = lives[Symbol.iterator]();
    const worker = async (): Promise<void> => {
      for (let next = source.next(); !next.done; next = source.next()) {
        await this.life(next.value);
        onLife();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  private async life({ number, candidate, interactions, applications }: GeneratedLife): Promise<void> {
    const candidateId = this.digests.idFrom('demo-candidate', String(number));
    const { addedAt, ...known } = candidate;
    await this.expect(this.commands.execute(new AddCandidateCommand(candidateId, known, this.meta(addedAt))));
    await Promise.all([
      // All at once: commands that wait for one stream are decided in order and appended together.
      ...interactions.map(({ type, at, data, machine }, i) =>
        this.expect(
          this.commands.execute(
            new RecordInteractionCommand(
              {
                candidateId,
                interaction: { type, data, ...(machine === undefined ? {} : { machineHint: machine }) },
                fact: { provider: 'demo', eventId: `${number}-${i}` },
              },
              this.meta(at),
            ),
          ),
        ),
      ),
      ...applications.map((application, i) =>
        this.application(candidateId, candidate.source, application, `${number}-${i}`),
      ),
    ]);
  }

  private async application(
    candidateId: string,
    source: GeneratedLife['candidate']['source'],
    { role, steps }: GeneratedLife['applications'][number],
    name: string,
  ): Promise<void> {
    const applicationId = this.digests.idFrom('demo-application', name);
    for (const { stage, at } of steps) {
      const meta = this.meta(at);
      const from = source ?? { kind: 'other' as const, name: 'Unknown' };
      await this.expect(
        stage === 'applied'
          ? this.commands.execute(
              new SubmitApplicationCommand(applicationId, { candidateId, role, source: from }, meta),
            )
          : this.commands.execute(new MoveApplicationCommand(applicationId, { stage }, meta)),
      );
    }
  }

  private async expect(execution: Promise<Result<{ readonly appended: number }, Refusal>>): Promise<void> {
    const result = await execution;
    if (!result.ok) throw new Error(`The generated history was refused: ${result.error.code}: ${result.error.message}`);
    this.events += result.value.appended;
  }

  private meta(occurredAt: Date): CommandMeta {
    return {
      context: { actor: { kind: 'import', id: 'rapport-demo' }, correlationId: this.correlationId, source: 'demo' },
      occurredAt,
    };
  }
}
