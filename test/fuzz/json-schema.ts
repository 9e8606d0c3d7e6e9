/** What OpenAPI 3.0 documents of @nestjs/swagger hold of a schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly example?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says `null` is one of the types; everything else that we use is the same. */
export const jsonSchemaOf = (schema: Schema): object => {
  const { nullable, example: _example, ...rest } = schema;
  const translated: Record<string, unknown> = { ...rest };
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const)
    if (schema[key]) translated[key] = schema[key].map(jsonSchemaOf);
  if (schema.items) translated['items'] = jsonSchemaOf(schema.items);
  if (typeof schema.additionalProperties === 'object')
    translated['additionalProperties'] = jsonSchemaOf(schema.additionalProperties);
  if (schema.properties) {
    translated['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, jsonSchemaOf(property)]),
    );
  }
  return nullable ? { anyOf: [{ type: 'null' }, translated] } : translated;
};
