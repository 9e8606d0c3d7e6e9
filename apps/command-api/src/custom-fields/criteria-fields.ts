import { asksCustomFields, customFieldProblems, DeclaredCustomFields } from '#libs/candidates';
import { parseCriteria } from '#libs/criteria';
import { invalidRequest } from '#libs/http';
import { wordProblems } from '#libs/search-request';
import { Injectable } from '@nestjs/common';

/** Whether what criteria name can be asked for: words of closed lists, and custom fields by what the log says is declared. */
@Injectable()
export class CriteriaFields {
  constructor(private readonly declared: DeclaredCustomFields) {}

  /** Throws 400. Criteria that can't be read are told of by whom they're for. */
  async check(criteria: unknown, at: string): Promise<void> {
    const parsed = criteria === undefined || criteria === null ? undefined : parseCriteria(criteria);
    if (!parsed?.ok) return;
    const problems = [
      ...wordProblems(parsed.value),
      ...(asksCustomFields(parsed.value) ? customFieldProblems(parsed.value, await this.declared.all()) : []),
    ];
    if (problems.length > 0)
      throw invalidRequest(problems.map(({ pointer, detail }) => ({ pointer: `${at}${pointer}`, detail })));
  }
}
