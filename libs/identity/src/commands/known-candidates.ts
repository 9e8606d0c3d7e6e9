import { CommandRunner } from '#libs/event-store';
import { refusal, type Refusal } from '#libs/kernel';
import { Injectable } from '@nestjs/common';

const candidateUnknown = refusal('not-found', 'candidate-unknown', 'There is no candidate with this id.');
const otherUnknown = refusal('not-found', 'candidate-unknown', 'There is no candidate with this id.', '/otherId');

/** Refuses pairs of which one was never added. */
@Injectable()
export class KnownCandidates {
  constructor(private readonly runner: CommandRunner) {}

  async refuse(candidateId: string, otherId: string): Promise<Refusal | undefined> {
    const [one, other] = await Promise.all([this.isKnown(candidateId), this.isKnown(otherId)]);
    return one ? (other ? undefined : otherUnknown) : candidateUnknown;
  }

  private isKnown(id: string): Promise<boolean> {
    return this.runner.exists({ category: 'candidate', id });
  }
}
