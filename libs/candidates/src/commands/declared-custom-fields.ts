import { CommandRunner, type StreamRef } from '#libs/event-store';
import { Coalescer, ok, type Refusal, type Result } from '#libs/kernel';
import { Injectable } from '@nestjs/common';
import { customFieldsDecider } from '../custom-fields/custom-fields-decider.js';
import { noCustomFields, type CustomFields } from '../custom-fields/custom-fields.js';
import { customFieldValues, type CustomFieldValue } from '../custom-fields/custom-field-values.js';

/** The one stream on which it's decided which custom fields there are. */
export const customFieldsStream: StreamRef = { category: 'custom', id: 'fields' };

/** The custom fields as the store has them. However many candidates come at once, they're read once. */
@Injectable()
export class DeclaredCustomFields {
  private readonly reads = new Coalescer<true, CustomFields>(async (asked) => {
    const fields = (await this.runner.load(customFieldsDecider, customFieldsStream))?.state ?? noCustomFields;
    return asked.map(() => fields);
  });

  constructor(private readonly runner: CommandRunner) {}

  all(): Promise<CustomFields> {
    return this.reads.call(true);
  }

  /** Checks values by key; null clears. Reads nothing where there are none. */
  async values(
    asked: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Result<readonly CustomFieldValue[], Refusal>> {
    if (!asked || Object.keys(asked).length === 0) return ok([]);
    return customFieldValues(asked, await this.all());
  }
}
