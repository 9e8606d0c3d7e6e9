import type { CommandOutcome } from '#libs/event-store';
import { problem } from '#libs/http';
import { KnownPeople } from '#libs/identity';
import { ok, type Refusal, type Result } from '#libs/kernel';
import { membershipId } from '#libs/pools';
import { Injectable } from '@nestjs/common';
import { accepted, type Accepted } from '../requests/accepted.js';
import type { Given } from '../requests/command-metas.js';
import { hasChanged, readableAt } from '../requests/outcomes.js';

/** Who is meant, in which pool. */
export interface Member {
  readonly id: string;
  readonly candidateId: string;
}

/** Asks the same of the membership of one id. */
export type AskMembership = (candidateId: string, given: Given) => Promise<Result<CommandOutcome, Refusal>>;

/** Each id of a person has a membership of its own in a pool: what's asked of one is asked of all. */
@Injectable()
export class PersonsMemberships {
  constructor(private readonly people: KnownPeople) {}

  /**
   * One after the other, that of the id which was named first; If-Match is about that one alone. A request that ends in the
   * middle may be sent again: what was done isn't done twice. Who is a member under no id is refused as `ask` refuses it.
   * @returns the answer of the first membership that it changed, with the position at which all of it can be read; of the
   *   first that there is, if it changed none
   */
  async each({ id, candidateId }: Member, given: Given, ask: AskMembership): Promise<Accepted> {
    const named = await ask(candidateId, given);
    if (!named.ok && named.error.code !== 'not-a-member') throw problem(named.error);
    const answers = named.ok ? [{ candidateId, outcome: named.value }] : [];
    const ids = await this.people.idsOf(candidateId);
    for (const other of ids.filter((each) => each !== candidateId)) {
      const answer = await ask(other, { ...given, ifMatch: undefined });
      if (answer.ok) answers.push({ candidateId: other, outcome: answer.value });
      // What it changed when it came before it's answered by, though it would be refused now.
      else if (answer.error.code !== 'not-a-member' && !answers.some(({ outcome }) => hasChanged(outcome)))
        throw problem(answer.error);
    }
    const first = answers.find(({ outcome }) => hasChanged(outcome)) ?? answers[0];
    if (!first) return accepted(membershipId(id, candidateId), named);
    const position = readableAt(first.outcome, ...answers.map(({ outcome }) => outcome));
    return accepted(membershipId(id, first.candidateId), ok({ ...first.outcome, position }));
  }
}
