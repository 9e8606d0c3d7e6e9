import {
  AddCandidateCommand,
  MoveApplicationCommand,
  RecordInteractionCommand,
  SubmitApplicationCommand,
  TagCandidateCommand,
  UpdateCandidateCommand,
} from '#libs/candidates';
import type { CommandMeta } from '#libs/event-store';
import { CommandRunner } from '#libs/event-store';
import { KnownPeople } from '#libs/identity';
import { newId, type Clock, type TimePrecision } from '#libs/kernel';
import { ContactIndex, Digests } from '#libs/privacy';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ApplicantRecord } from './applicants.js';
import type { CandidateRecord } from './candidate-record.js';
import { refusedBecause, type RecordImport } from './import-records.js';
import type { InteractionRecord } from './interactions-ndjson.js';
import { identifiersOf, Recognition } from './recognition.js';
import type { RecordOutcome } from './report.js';

/**
 * Turns the records of files into commands. Every record may be imported again, also by two processes at once:
 * a person is found by external id or address, under the id that they go by, and ids that aren't known yet are derived from them.
 */
export class Importer {
  private readonly commands: CommandBus;
  private readonly runner: CommandRunner;
  private readonly digests: Digests;
  private readonly recognition: Recognition;
  private readonly correlationId = newId();

  constructor(
    writeSide: INestApplicationContext,
    private readonly clock: Clock,
  ) {
    this.commands = writeSide.get(CommandBus);
    this.runner = writeSide.get(CommandRunner);
    this.digests = writeSide.get(Digests);
    this.recognition = new Recognition(
      writeSide.get(ContactIndex),
      this.runner,
      writeSide.get(KnownPeople),
      this.digests,
    );
  }

  readonly candidates: RecordImport<CandidateRecord> = {
    keysOf: (record) => identifiersOf(record).map(({ kind, value }) => `${kind} ${value}`),
    record: async (record, line) => (await this.candidate(record, line)).outcome,
  };

  readonly interactions: RecordImport<InteractionRecord> = {
    keysOf: () => [],
    record: (record, line) => this.interaction(record, line),
  };

  /** @param asOf when everything in the file is taken to have happened; the file itself has no dates */
  applicants(asOf: Date): RecordImport<ApplicantRecord> {
    return {
      keysOf: ({ externalId }) => [externalId],
      record: (record, line) => this.applicant(record, line, asOf),
    };
  }

  /** Adds a person, or brings what's known of them up to date: fields of the record replace, tags are added; addresses as `Recognition` says. */
  async candidate(record: CandidateRecord, line: number): Promise<{ outcome: RecordOutcome; candidateId: string }> {
    const owner = record.owner === undefined ? undefined : this.ownerId(record.owner);
    const { addedAt, tags, owner: _, ...profile } = record;
    const meta = this.meta(addedAt ?? this.clock.now());
    const found = await this.recognition.find(record);
    if (!found.ok) return { outcome: refusedBecause(line, found.error), candidateId: '' };
    const { known, newId: unused } = found.value;
    let { contactPoints } = found.value;
    let candidateId = known ?? unused;
    // The index may name somebody who was never added: an import that was killed in between.
    if (known === undefined || !(await this.runner.exists({ category: 'candidate', id: known }))) {
      const candidate = { ...profile, tags, ...(owner === undefined ? {} : { owner }) };
      const added = await this.commands.execute(new AddCandidateCommand(candidateId, candidate, meta));
      if (added.ok) return { outcome: { kind: added.value.appended > 0 ? 'added' : 'unchanged' }, candidateId };
      // Another import of the same person was faster; or it's a record that recognises nobody but itself, imported again.
      if (added.error.code !== 'candidate-exists') return { outcome: refusedBecause(line, added.error), candidateId };
      candidateId = await this.recognition.personOf(candidateId);
      // What the other one told of them isn't taken away.
      const again = await this.recognition.find(record);
      if (!again.ok) return { outcome: refusedBecause(line, again.error), candidateId };
      contactPoints = again.value.contactPoints;
    }
    const update = { ...nonEmpty({ ...profile, contactPoints }), ...(owner === undefined ? {} : { owner }) };
    const updated = await this.commands.execute(
      new UpdateCandidateCommand(candidateId, update, this.meta(this.clock.now())),
    );
    if (!updated.ok) return { outcome: refusedBecause(line, updated.error), candidateId };
    const tagged = await this.commands.execute(
      new TagCandidateCommand(candidateId, { add: tags, remove: [] }, this.meta(this.clock.now())),
    );
    if (!tagged.ok) return { outcome: refusedBecause(line, tagged.error), candidateId };
    const changed = updated.value.appended + tagged.value.appended > 0;
    return { outcome: { kind: changed ? 'updated' : 'unchanged' }, candidateId };
  }

  /** A fact without a provider's id is known by its whole content: the same line twice is one event. */
  async interaction(record: InteractionRecord, line: number): Promise<RecordOutcome> {
    const { addressee, type, data, machine, occurredAt, provider, eventId, content } = record;
    const fact = { provider: provider ?? 'import', eventId: eventId ?? this.digests.digest('import-line', content) };
    const recorded = await this.commands.execute(
      new RecordInteractionCommand(
        {
          ...addressee,
          interaction: { type, data, ...(machine === undefined ? {} : { machineHint: machine }) },
          fact,
        },
        this.meta(occurredAt),
      ),
    );
    if (!recorded.ok) return refusedBecause(line, recorded.error);
    return { kind: recorded.value.duplicate ? 'unchanged' : 'added' };
  }

  private async applicant(record: ApplicantRecord, line: number, asOf: Date): Promise<RecordOutcome> {
    const known = await this.candidate(
      {
        contactPoints: [],
        skills: [],
        interests: [],
        tags: [],
        externalIds: [{ system: 'applicants', id: record.externalId }],
        source: record.source,
        owner: record.recruiter,
        addedAt: asOf,
      },
      line,
    );
    if (known.outcome.kind === 'refused') return known.outcome;
    const meta = this.meta(asOf, 'unknown');
    const applicationId = this.digests.idFrom('imported-application', 'applicants', record.externalId);
    const { candidateId } = known;
    const { role, source, assessmentScore, recruiter } = record;
    const application = { candidateId, role, source, assessmentScore, recruiter };
    const submitted = await this.commands.execute(new SubmitApplicationCommand(applicationId, application, meta));
    if (!submitted.ok && submitted.error.code !== 'application-exists') return refusedBecause(line, submitted.error);
    let appended = submitted.ok ? submitted.value.appended : 0;
    for (const stage of record.stages) {
      const moved = await this.commands.execute(new MoveApplicationCommand(applicationId, { stage }, meta));
      if (!moved.ok) return refusedBecause(line, moved.error);
      appended += moved.value.appended;
    }
    if (known.outcome.kind === 'added') return known.outcome;
    return { kind: appended > 0 ? 'updated' : known.outcome.kind };
  }

  /** Owners are opaque ids; an address in a file becomes one. */
  private ownerId(owner: string): string {
    return /[@\s]/.test(owner) ? `user-${this.digests.digest('owner', owner.toLowerCase())}` : owner;
  }

  private meta(occurredAt: Date, timePrecision: TimePrecision = 'instant'): CommandMeta {
    return {
      context: { actor: { kind: 'import', id: 'rapport-import' }, correlationId: this.correlationId, source: 'import' },
      occurredAt,
      timePrecision,
    };
  }
}

/** A list that a file leaves empty says nothing; an update must not clear what's known. */
const nonEmpty = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(value).filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0)),
  ) as Partial<T>;
