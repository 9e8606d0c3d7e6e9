import { asksCustomFields, customFieldProblems, DeclaredCustomFields } from '#libs/candidates';
import { parseCriteria } from '#libs/criteria';
import { invalidRequest } from '#libs/http';
import { Injectable } from '@nestjs/common';

/** Whether the custom fields that criteria name can be asked for, by what the log says is declared. */
@Injectable()
export class CriteriaFields {
  constructor(private readonly declared: DeclaredCustomFields) {}

  /** Throws 400. Criteria that can't be read are told of by whom they're for. */
  async check(criteria: unknown, at: string): Promise<void> {
    const parsed = criteria === undefined || criteria === null ? undefined : parseCriteria(criteria);
    if (!parsed?.ok || !asksCustomFields(parsed.value)) return;
    const problems = customFieldProblems(parsed.value, await this.declared.all());
    if (problems.length > 0)
      throw invalidRequest(problems.map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail })));
  }
}
