import { CommandRunner, EventLog, streamName } from '#libs/event-store';
import { Coalescer, refusal, type Refusal } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { identityDecider, type Identities } from '../merges/identity-decider.js';
import { idsOf, peopleOf, survivorOf, type People } from '../merges/people.js';
import { identityStream } from './outcome.js';

/** Who is one person, by what the store knows at the moment of asking. */
@Injectable()
export class KnownPeople {
  private known: { readonly state: Identities; readonly revision: number; readonly people: People } = {
    state: identityDecider.initial,
    revision: -1,
    people: new Map(),
  };
  /** An import asks for every record: who asks while a read is under way shares the next one, which begins after they asked. */
  private readonly reads = new Coalescer<null, People>(async (askers) => {
    const people = await this.read();
    return askers.map(() => people);
  });

  constructor(
    private readonly log: EventLog,
    private readonly runner: CommandRunner,
  ) {}

  /** The id of whoever this one was merged into; undefined for an id that a person goes by. */
  async survivorOf(candidateId: string): Promise<string | undefined> {
    const survivor = survivorOf(await this.reads.call(null), candidateId);
    return survivor === candidateId ? undefined : survivor;
  }

  /** All ids of whoever has this one, the id that they go by first. */
  async idsOf(candidateId: string): Promise<readonly string[]> {
    return idsOf(await this.reads.call(null), candidateId);
  }

  /** For changes of what a person is shown with, of which a merged id's would stay unseen. */
  async refuseMerged(candidateId: string): Promise<(Refusal & { readonly survivorId: string }) | undefined> {
    const survivorId = await this.survivorOf(candidateId);
    if (survivorId === undefined) return undefined;
    const message = `This candidate was merged into ${survivorId}. Send the change there, or undo the merge first.`;
    return { ...refusal('conflict', 'candidate-merged', message), survivorId };
  }

  private async read(): Promise<People> {
    const revision = await this.log.lastRevision(streamName(identityStream));
    if (revision !== this.known.revision) {
      const since = revision > this.known.revision ? this.known : undefined;
      const loaded = await this.runner.load(identityDecider, identityStream, since);
      const { standing } = this.known.state;
      // Most decisions tell two apart, and nobody's ids change by them.
      if (loaded) {
        const people =
          loaded.state.standing === standing ? this.known.people : peopleOf(loaded.state.standing.values());
        this.known = { ...loaded, people };
      }
    }
    return this.known.people;
  }
}
