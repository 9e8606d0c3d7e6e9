import type { EventLog } from '#libs/event-store';
import { comparePositions, decodePosition } from '#libs/kernel';
import { ask, type Answer } from './answers.js';
import {
  commandRequest,
  ownerOf,
  queryRequest,
  scoreRequest,
  secondOf,
  type CrowdRequest,
  type CrowdTargets,
} from './crowd-requests.js';

/** A request and its answer. */
export interface Reply {
  readonly request: CrowdRequest;
  readonly answer: Answer;
}

/** A command that's sent until it's taken. */
interface Deed {
  readonly number: number;
  readonly request: CrowdRequest;
  taken: boolean;
  /** Whom it's about; a new candidate's id comes with the answer. */
  candidateId: string | undefined;
}

/** Half of what a process has in work at most: those who come again aren't a second outage. */
const MOST_AT_A_TIME = 1_000;

/** Many callers who ask for everything at once, and send again what wasn't taken. */
export class Crowd {
  private readonly deeds: Deed[] = [];
  /** Of the latest of their commands that was taken. */
  private token: string | undefined;

  /** @param candidates whom the commands and the queries are about; nobody else writes about them */
  constructor(
    private readonly candidates: readonly string[],
    private readonly targets: CrowdTargets,
    private readonly log: EventLog,
  ) {}

  /** Sends so many new commands and so many queries, all at once. */
  async rush(commands: number, queries: number): Promise<{ commands: Reply[]; queries: Reply[] }> {
    const deeds = Array.from({ length: commands }, () => this.newDeed());
    const requests = Array.from({ length: queries }, (_, i) => queryRequest(this.targets, this.candidate(i), i));
    const [done, read] = await Promise.all([
      Promise.all(deeds.map((deed) => this.attempt(deed))),
      Promise.all(requests.map(async (request) => ({ request, answer: await ask(request) }))),
    ]);
    return { commands: done, queries: read };
  }

  /** Sends what wasn't taken yet once again, a lot of it at a time; whether all is taken now. */
  async insist(): Promise<boolean> {
    const some = this.open.slice(0, MOST_AT_A_TIME);
    for (const { request, answer } of await Promise.all(some.map((deed) => this.attempt(deed))))
      if (answer.status >= 300 && answer.status !== 503)
        throw new Error(`${request.name} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    return this.open.length === 0;
  }

  /** Whether reads after all that was taken are answered yet; throws if such an answer lacks any of it. */
  async readsItAll(): Promise<boolean> {
    const answers = await Promise.all(this.candidates.map((id) => ask(scoreRequest(this.targets, id, this.token))));
    return answers.every(({ status, body }, i) => {
      if (status === 503) return false;
      const wanted = this.deeds.filter(
        ({ request, candidateId }) => request.name === 'interaction' && candidateId === this.candidates[i],
      ).length;
      const shown = (body['terms'] as unknown[] | undefined)?.length;
      if (status !== 200 || shown !== wanted)
        throw new Error(`A read with \`after\` was answered with ${status}, ${shown} of ${wanted} interactions.`);
      return true;
    });
  }

  /** Whether each kind of query is answered, not only once: a process may hold a connection that it doesn't know is dead. */
  async isServed(): Promise<boolean> {
    const requests = Array.from({ length: 20 }, (_, i) => queryRequest(this.targets, this.candidate(i), i));
    const answers = await Promise.all(requests.map((request) => ask(request)));
    return answers.every(({ status }) => status === 200);
  }

  /** How often the log holds each command, by its number; -1 counts what nobody asked for. */
  async stored(): Promise<ReadonlyMap<number, number>> {
    const counts = new Map(this.deeds.map(({ number }) => [number, 0]));
    const count = (number = -1): void => void counts.set(number, (counts.get(number) ?? 0) + 1);
    const bySecond = new Map(this.deeds.map(({ number }) => [secondOf(number), number]));
    const byOwner = new Map(this.deeds.map(({ number }) => [ownerOf(number), number]));
    for (const id of this.candidates) {
      for await (const { metadata } of this.log.readStream(`engagement-${id}`))
        count(bySecond.get((metadata as { occurredAt: string }).occurredAt));
      for await (const { type, data } of this.log.readStream(`candidate-${id}`))
        if (type === 'candidate.owner-assigned') count(byOwner.get((data as { owner: string }).owner));
    }
    for (const { number, request, candidateId } of this.deeds) {
      if (request.name !== 'add' || candidateId === undefined) continue;
      for await (const { revision } of this.log.readStream(`candidate-${candidateId}`))
        count(revision === 0 ? number : -1);
    }
    return counts;
  }

  /** Commands that were answered with a success. */
  get taken(): readonly number[] {
    return this.deeds.flatMap(({ number, taken }) => (taken ? [number] : []));
  }

  private get open(): readonly Deed[] {
    return this.deeds.filter(({ taken }) => !taken);
  }

  private candidate(number: number): string {
    return this.candidates[number % this.candidates.length] ?? '';
  }

  private newDeed(): Deed {
    const number = this.deeds.length;
    const id = this.candidate(Math.floor(number / 10));
    const request = commandRequest(this.targets, id, number);
    const deed: Deed = { number, request, taken: false, candidateId: request.name === 'add' ? undefined : id };
    this.deeds.push(deed);
    return deed;
  }

  private async attempt(deed: Deed): Promise<Reply> {
    const answer = await ask(deed.request);
    if (answer.status < 300) {
      deed.taken = true;
      deed.candidateId ??= String(answer.body['id']);
      this.token = later(this.token, String(answer.body['position']));
    }
    return { request: deed.request, answer };
  }
}

const later = (known: string | undefined, heard: string): string => {
  const [a, b] = [decodePosition(known ?? ''), decodePosition(heard)];
  if (!b) throw new Error('A command was taken without a position.');
  return a && known !== undefined && comparePositions(a, b) > 0 ? known : heard;
};
