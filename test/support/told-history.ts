import type { ApplicationEvent, CandidateEvent, ClassificationEvent, EngagementEvent } from '#libs/candidates';
import type { IdentityEvent } from '#libs/identity';
import { newId, type DomainEvent, type StoredEvent, type TimePrecision } from '#libs/kernel';

type Told = CandidateEvent | EngagementEvent | ClassificationEvent | ApplicationEvent | IdentityEvent;
type Profile = Partial<Extract<CandidateEvent, { type: 'candidate.added' }>['data']>;
type Submission = Partial<Omit<Extract<ApplicationEvent, { type: 'application.submitted' }>['data'], 'candidateId'>>;

const RECORDED = Date.parse('2026-01-01T00:00:00.000Z');

/** Events about people, in the order in which they're told, as projections get them. */
export class ToldHistory {
  readonly events: StoredEvent[] = [];
  private readonly revisions = new Map<string, number>();

  /** Somebody is known from `at` on, by what's given. */
  added(at: Date, profile: Profile = {}, candidateId = newId()): string {
    const lists = { contactPoints: [], skills: [], interests: [], tags: [], freeTags: [], externalIds: [] };
    this.decided(candidateId, at, { type: 'candidate.added', data: { ...lists, ...profile } });
    return candidateId;
  }

  decided(candidateId: string, at: Date, event: CandidateEvent, precision?: TimePrecision): StoredEvent {
    return this.tell(`candidate-${candidateId}`, candidateId, at, event, precision);
  }

  happened(candidateId: string, at: Date, event: EngagementEvent | ClassificationEvent): StoredEvent {
    return this.tell(`engagement-${candidateId}`, candidateId, at, event);
  }

  applied(candidateId: string, at: Date, application: Submission = {}, precision?: TimePrecision): string {
    const id = newId();
    const source = { kind: 'social-media', name: 'LinkedIn' } as const;
    const data = { candidateId, role: 'Engineer', source, ...application };
    this.tell(`application-${id}`, candidateId, at, { type: 'application.submitted', data }, precision);
    return id;
  }

  moved(applicationId: string, candidateId: string, at: Date, event: ApplicationEvent): StoredEvent {
    return this.tell(`application-${applicationId}`, candidateId, at, event);
  }

  /** About ids, and so about nobody. */
  identified(at: Date, event: IdentityEvent): StoredEvent {
    return this.tell('identity-merges', undefined, at, event);
  }

  /** Anything else. */
  appended(
    streamId: string,
    at: Date,
    event: { readonly type: string; readonly data: unknown },
    about?: string,
  ): StoredEvent {
    return this.tell(streamId, about, at, event);
  }

  private tell(
    streamId: string,
    subjectId: string | undefined,
    occurredAt: Date,
    { type, data }: Told | DomainEvent,
    timePrecision: TimePrecision = 'instant',
  ): StoredEvent {
    const n = BigInt(this.events.length + 1);
    const revision = (this.revisions.get(streamId) ?? -1) + 1;
    this.revisions.set(streamId, revision);
    const id = newId();
    const event: StoredEvent = {
      id,
      type,
      data,
      streamId,
      revision,
      position: { commit: n, prepare: n },
      ...(subjectId === undefined ? {} : { subjectId }),
      occurredAt,
      timePrecision,
      recordedAt: new Date(RECORDED + Number(n)),
      correlationId: id,
      causationId: id,
      actor: { kind: 'user', id: 'recruiter-1' },
      source: 'api',
    };
    this.events.push(event);
    return event;
  }
}
