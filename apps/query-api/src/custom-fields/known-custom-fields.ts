import { asksCustomFields, customFieldProblems } from '#libs/candidates';
import type { Criteria } from '#libs/criteria';
import { invalidRequest } from '#libs/http';
import { Database } from '#libs/read-store';
import { customFieldsProjection, declaredCustomFields, type DeclaredCustomField } from '#projections/custom-fields';
import { Injectable } from '@nestjs/common';
import { Freshness } from '../freshness/freshness.js';

/** The custom fields that there are, and whether what's asked for is one of them. */
@Injectable()
export class KnownCustomFields {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async all(after?: string): Promise<ReadonlyMap<string, DeclaredCustomField>> {
    await this.freshness.reach(after, customFieldsProjection.name);
    return declaredCustomFields(this.database);
  }

  /** Throws 400 for criteria about a field that isn't there, or by which nobody is found. */
  async check(where: Criteria | undefined, after?: string, at = '/where'): Promise<void> {
    if (!where || !asksCustomFields(where)) return;
    const problems = customFieldProblems(where, await this.all(after));
    if (problems.length > 0)
      throw invalidRequest(problems.map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail })));
  }
}
