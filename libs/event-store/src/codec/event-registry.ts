import type { EventDefinition, JsonSchema } from '#libs/kernel';
import { SealedFields } from '#libs/privacy';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { InvalidEventError } from '../errors.js';

/** One event type, compiled. */
export interface RegisteredEvent {
  readonly definition: EventDefinition;
  readonly sealedFields: SealedFields;
  /** Throws InvalidEventError for data that must not be appended. */
  checkNew(data: unknown): void;
  /** Throws InvalidEventError for data that was read; a personal leaf may be anything, since it may be erased. */
  checkRead(data: unknown): void;
}

/** The same schema with every personal leaf accepting anything. */
const withoutPersonalLeaves = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withoutPersonalLeaves);
  if (typeof schema !== 'object' || schema === null) return schema;
  if ('privacy' in schema) return {};
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutPersonalLeaves(value)]));
};

/** Says where and which rule, never the value. */
const firstError = (check: ValidateFunction): string => {
  const error = check.errors?.[0];
  return error ? `${error.instancePath || '/'} ${error.message ?? 'is not valid'}` : 'is not valid';
};

/** All event types that this program knows. An event type belongs to one definition; versions count from 1. */
export class EventRegistry {
  private readonly events = new Map<string, RegisteredEvent>();

  constructor(definitions: readonly EventDefinition[]) {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: false });
    addFormats.default(ajv);
    ajv.addKeyword('privacy');
    for (const definition of definitions) this.register(ajv, definition);
  }

  /** Undefined for a type that a newer or another program wrote. */
  get(type: string): RegisteredEvent | undefined {
    return this.events.get(type);
  }

  private register(ajv: Ajv, definition: EventDefinition): void {
    const { type, version, upcasters = {} } = definition;
    if (this.events.has(type)) throw new Error(`The event type ${type} is defined twice.`);
    for (let hop = 1; hop < version; hop++) {
      if (!upcasters[hop]) throw new Error(`${type} has no upcaster from version ${hop} to ${hop + 1}.`);
    }
    // Compiled when it's first needed: all of them together take a second of every start, and most processes meet a few.
    const checkWith = (schemaOf: () => JsonSchema): ((data: unknown) => void) => {
      let compiled: ValidateFunction | undefined;
      return (data) => {
        const check = (compiled ??= ajv.compile(schemaOf()));
        if (!check(data)) throw new InvalidEventError(type, firstError(check));
      };
    };
    // TypeBox marks its schemas with non-enumerable properties that ajv doesn't see; a JSON copy is a plain schema.
    const plain = JSON.parse(JSON.stringify(definition.schema)) as JsonSchema;
    this.events.set(type, {
      definition,
      sealedFields: new SealedFields(plain),
      checkNew: checkWith(() => plain),
      checkRead: checkWith(() => withoutPersonalLeaves(plain) as JsonSchema),
    });
  }
}
