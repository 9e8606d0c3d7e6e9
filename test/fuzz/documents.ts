import { Ajv, type ValidateFunction } from 'ajv';
import { jsonSchemaOf, type Schema } from './json-schema.js';

export type AppName = 'command-api' | 'query-api' | 'projector';

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema };
}

interface DescribedOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** One method of one address, as an app's document describes it. */
export interface Operation {
  readonly app: AppName;
  readonly method: string;
  /** `/v1/candidates/{id}` */
  readonly template: string;
  readonly parameters: readonly Parameter[];
  readonly body:
    { readonly mediaType: string; readonly schema: Schema; readonly accepts: ValidateFunction } | undefined;
  /** By status, then by media type; null where the document says nothing about the content. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, ValidateFunction | null>>;
  /** Where a `$ref` leads. */
  readonly resolve: (schema: Schema) => Schema;
  /** Of a problem, as this app publishes it. */
  readonly isProblem: ValidateFunction | undefined;
}

export const nameOf = ({ app, method, template }: Operation): string => `${app} ${method} ${template}`;

const DOCUMENT = 'openapi.json';
const COMPONENTS = '#/components/schemas/';

/** Everything that a published document says can be asked of an app. Throws for a document that isn't sound. */
export const operationsOf = (app: AppName, document: OpenApiDocument): Operation[] => {
  const components = document.components?.schemas ?? {};
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  ajv.addSchema({
    $id: DOCUMENT,
    components: {
      schemas: Object.fromEntries(Object.entries(components).map(([name, schema]) => [name, jsonSchemaOf(schema)])),
    },
  });
  const absolute = (schema: Schema): object =>
    JSON.parse(
      JSON.stringify(jsonSchemaOf(schema)).replaceAll(`"${COMPONENTS}`, `"${DOCUMENT}${COMPONENTS}`),
    ) as object;
  const compile = (schema: Schema): ValidateFunction => ajv.compile(absolute(schema));
  const resolve = (schema: Schema): Schema => {
    const target = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined);
    if (target === undefined) return schema;
    const found = components[target.slice(COMPONENTS.length)];
    if (!found) throw new Error(`${app}'s document has no ${target}.`);
    return schema.nullable ? { ...found, nullable: true } : found;
  };
  const isProblem = components['ProblemDocument'] ? compile({ $ref: `${COMPONENTS}ProblemDocument` }) : undefined;
  return Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, described]): Operation => {
      const [mediaType, content] = Object.entries(described.requestBody?.content ?? {})[0] ?? [];
      const schema = content?.schema;
      return {
        app,
        method: method.toUpperCase(),
        template,
        parameters: described.parameters ?? [],
        body: mediaType && schema ? { mediaType, schema, accepts: compile(schema) } : undefined,
        answers: new Map(
          Object.entries(described.responses).map(([status, answer]) => [
            Number(status),
            new Map(
              Object.entries(answer.content ?? {}).map(([type, { schema: shape }]) => [
                type,
                shape && /[/+]json$/.test(type) ? compile(shape) : null,
              ]),
            ),
          ]),
        ),
        resolve,
        isProblem,
      };
    }),
  );
};

/** Reads `/docs/openapi.json` of a running app. */
export const fetchOperations = async (app: AppName, url: string): Promise<Operation[]> => {
  const response = await fetch(`${url}/docs/openapi.json`);
  if (!response.ok) throw new Error(`${app} answered ${response.status} for its document.`);
  return operationsOf(app, (await response.json()) as OpenApiDocument);
};
