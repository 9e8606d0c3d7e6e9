import type { RapportProcess } from '../e2e/support/rapport-process.js';
import { faultsOf } from './answer-checks.js';
import { curlOf } from './curl.js';
import { fetchOperations, nameOf, type AppName, type Operation } from './documents.js';
import { acceptedIn, Journal } from './journal.js';
import { Living, ownWords, type OwnWords } from './living.js';
import type { RequestPlan } from './request-plan.js';
import { HungRequestError, send, type ReceivedAnswer, type SentRequest } from './sent-request.js';

/** What's wrong with one request's answer. */
export interface Fault {
  /** The same for every request that meets it. */
  readonly key: string;
  readonly text: string;
}

const CORRELATION = 'x-correlation-id';
const correlationOf = ({ own }: OwnWords): string => `c-${own.slice(2)}`;

/** The apps of a running instance, what lives in them, and what was sent to them. */
export class FuzzedApps {
  readonly journal = new Journal();
  private readonly living = new Living();
  private serial = 0;

  private constructor(
    private readonly urls: Readonly<Record<AppName, string>>,
    readonly operations: readonly Operation[],
  ) {}

  static async of({ instance, keys }: RapportProcess): Promise<FuzzedApps> {
    const urls = {
      'command-api': instance.commandApiUrl,
      'query-api': instance.queryApiUrl,
      projector: instance.projectorUrl,
    };
    const apps = Object.entries(urls) as [AppName, string][];
    const operations = await Promise.all(apps.map(([app, url]) => fetchOperations(app, url)));
    const fuzzed = new FuzzedApps(urls, operations.flat());
    for (const role of ['service', 'analyst', 'auditor', 'admin'] as const) fuzzed.living.tell(role, keys[role]);
    return fuzzed;
  }

  /** Sends it, twice where it's one that may be sent twice, and tells what's wrong with the first answer; what both did, the log says. */
  async run(plan: RequestPlan): Promise<Fault[]> {
    const words = ownWords(++this.serial);
    const sent = this.fill(plan, words);
    const first = await this.answer(plan, sent, words);
    if (typeof first === 'string') return this.faults(plan, sent, [first]);
    if (first === undefined) return [];
    const found = faultsOf(plan, sent.body?.toString('utf8') ?? '', first, words);
    if (
      plan.reaches &&
      sent.headers.some(([name, value]) => name === 'idempotency-key' && value === `${words.own}-0`)
    ) {
      const second = await this.answer(plan, sent, words);
      if (typeof second === 'string') found.push(second);
    }
    return this.faults(plan, sent, found);
  }

  private faults({ operation, why, reaches }: RequestPlan, sent: SentRequest, found: readonly string[]): Fault[] {
    return found.map((fault) => ({
      // What never reaches an operation is nothing about it.
      key: reaches ? `${nameOf(operation)}: ${fault.slice(0, 120)}` : `${operation.app}: ${fault.slice(0, 120)}`,
      text: `${fault} (${why})\n${curlOf(sent)}`,
    }));
  }

  /** A fault, an answer, or undefined where the connection ended, as it may for what isn't HTTP. */
  private async answer(
    plan: RequestPlan,
    sent: SentRequest,
    words: OwnWords,
  ): Promise<ReceivedAnswer | string | undefined> {
    const { operation } = plan;
    try {
      const answer = await send(sent);
      if (answer === 'closed') {
        this.journal.count(operation, undefined, 0);
        this.note(plan, correlationOf(words), undefined, '', sent.target);
        return plan.wire ? undefined : 'no answer';
      }
      this.journal.count(operation, answer.status, answer.milliseconds);
      this.note(
        plan,
        String(answer.headers[CORRELATION] ?? correlationOf(words)),
        answer.status,
        answer.text,
        sent.target,
      );
      this.learn(plan, sent, answer);
      return answer;
    } catch (error) {
      if (error instanceof HungRequestError) return 'no answer in time';
      throw error;
    }
  }

  private note(
    plan: RequestPlan,
    correlationId: string,
    status: number | undefined,
    text: string,
    target: string,
  ): void {
    const { operation, why, wire } = plan;
    if (operation.app !== 'command-api' || operation.method === 'GET') return;
    const isBulk = operation.template.endsWith('/bulk');
    // Lines are worked on while the rest still comes: where that breaks off, nobody knows how far it went.
    const known = isBulk && wire && (status ?? 400) >= 400 ? undefined : status;
    // A note's id is no stream's: it's written to its candidate's.
    const about = /^\/v1\/candidates\/([0-9a-f-]{36})\/notes/i.exec(target)?.[1]?.toLowerCase();
    const answered = status === undefined ? [] : acceptedIn(status, text);
    const accepted = about === undefined ? answered : answered.map((command) => ({ ...command, id: about }));
    const what = `${operation.method} ${operation.template} (${why})`;
    this.journal.note({ correlationId, status: known, accepted, isBulk, what });
  }

  private fill(plan: RequestPlan, words: OwnWords): SentRequest {
    const fill = (text: string): string => this.living.fill(text, words);
    const { body, wire, method, operation } = plan;
    const headers = plan.headers.map(([name, value]) => [name, fill(value)] as const);
    const sentBody = typeof body === 'string' ? fill(body) : body && fill(body.toString('latin1'));
    return {
      url: new URL(this.urls[operation.app]),
      method,
      target: fill(plan.target),
      headers: headers.some(([name]) => name === CORRELATION)
        ? headers
        : [...headers, [CORRELATION, correlationOf(words)]],
      body: sentBody === undefined ? undefined : Buffer.from(sentBody, typeof body === 'string' ? 'utf8' : 'latin1'),
      ...(wire ? { wire } : {}),
    };
  }

  /** Keeps what later requests can name. */
  private learn({ operation }: RequestPlan, sent: SentRequest, { status, text, headers }: ReceivedAnswer): void {
    if (status >= 300) return;
    if (operation.app === 'query-api') {
      const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
      if (cursor) this.living.tell('cursor', cursor);
      const asked = status === 202 ? /"id":"([0-9a-f-]{36})"/.exec(text)?.[1] : undefined;
      if (asked) this.living.tell(operation.template === '/v1/past-states' ? 'past' : 'history', asked);
      return;
    }
    const ticket = /"ticket":"([^"]+)"/.exec(text)?.[1];
    if (ticket) this.living.tell('ticket', ticket);
    for (const { id, position } of acceptedIn(status, text).slice(0, 2)) {
      this.living.tell('position', position);
      if (headers.etag) this.living.tell('etag', headers.etag);
      if (operation.method !== 'POST') continue;
      if (/\/candidates(\/bulk)?$/.test(operation.template)) {
        this.living.tell('candidate', id);
        const address = /"email","value":"([^"]+)"/.exec(sent.body?.toString('utf8') ?? '')?.[1];
        if (address) this.living.tell('address', address);
      }
      if (operation.template === '/v1/applications') this.living.tell('application', id);
      if (operation.template.endsWith('/merges')) this.living.tell('merge', id);
      if (operation.template.endsWith('/closure')) this.living.forget(id);
      if (operation.template === '/v1/pools') this.living.tell('pool', id);
      if (operation.template === '/v1/pools' && /"kind":"segment"/.test(sent.body?.toString('utf8') ?? ''))
        this.living.tell('segment', id);
      if (operation.template === '/v1/saved-searches') this.living.tell('search', id);
      if (operation.template === '/v1/custom-fields') this.living.tell('field', id);
      if (operation.template === '/v1/hygiene/plans') this.living.tell('plan', id);
      if (operation.template === '/v1/sign-up-forms') this.living.tell('form', id);
      const noted = /^\/v1\/candidates\/([0-9a-f-]{36})\/notes$/.exec(sent.target)?.[1];
      if (noted) this.living.tell('note', `${noted}/notes/${id}`);
      const pool = /^\/v1\/pools\/([0-9a-f-]{36})\/members$/.exec(sent.target)?.[1];
      const candidate = /"candidateId":"([0-9a-f-]{36})"/.exec(sent.body?.toString('utf8') ?? '')?.[1];
      if (pool && candidate) this.living.tell('member', `${pool}/members/${candidate}`);
    }
  }
}
