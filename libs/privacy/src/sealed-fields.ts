import { ERASED, privacyGroups, type JsonSchema, type PrivacyGroup } from '#libs/kernel';

/** Where the personal leaves of a schema lie. */
interface Shape {
  readonly group?: PrivacyGroup;
  readonly properties: Map<string, Shape>;
  items?: Shape;
}

type Json = unknown;
type JsonObject = Record<string, Json>;

/** What stands in the stored data for a leaf that lies in the box of its group, at that index. */
interface Marker {
  readonly $sealed: readonly [PrivacyGroup, number];
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isMarker = (value: unknown): value is Marker => isObject(value) && Array.isArray(value['$sealed']);
const isGroup = (value: unknown): value is PrivacyGroup => (privacyGroups as readonly unknown[]).includes(value);

const join = (a: Shape | undefined, b: Shape | undefined): Shape | undefined => {
  if (!a || !b) return a ?? b;
  const group = a.group ?? b.group;
  const joined: Shape = { ...(group ? { group } : {}), properties: new Map(a.properties) };
  for (const [key, shape] of b.properties) {
    const both = join(joined.properties.get(key), shape);
    if (both) joined.properties.set(key, both);
  }
  const items = join(a.items, b.items);
  if (items) joined.items = items;
  return joined;
};

const shapeOf = (schema: unknown): Shape | undefined => {
  if (!isObject(schema)) return undefined;
  if (isGroup(schema['privacy'])) return { group: schema['privacy'], properties: new Map() };
  let shape: Shape | undefined;
  for (const variant of [schema['anyOf'], schema['oneOf'], schema['allOf']].flat())
    shape = join(shape, shapeOf(variant));
  const own: Shape = { properties: new Map() };
  for (const [key, value] of Object.entries(isObject(schema['properties']) ? schema['properties'] : {})) {
    const inner = shapeOf(value);
    if (inner) own.properties.set(key, inner);
  }
  const items = shapeOf(schema['items']);
  if (items) own.items = items;
  return own.properties.size > 0 || own.items ? join(shape, own) : shape;
};

/** Data with its personal leaves taken out: `boxes` has them by group, in the order of their markers. */
export interface Separated {
  readonly data: Json;
  readonly boxes: ReadonlyMap<PrivacyGroup, readonly Json[]>;
}

/** Takes the personal leaves of data out and puts them back, as the marks in a schema say. Pure. */
export class SealedFields {
  private readonly shape: Shape | undefined;

  constructor(schema: JsonSchema) {
    this.shape = shapeOf(schema);
  }

  /** Whether the schema marks anything as personal. */
  get any(): boolean {
    return this.shape !== undefined;
  }

  separate(data: Json): Separated {
    const boxes = new Map<PrivacyGroup, Json[]>();
    const walk = (value: Json, shape: Shape | undefined): Json => {
      if (!shape || value === undefined || value === null) return value;
      if (shape.group) {
        const box = boxes.get(shape.group) ?? [];
        boxes.set(shape.group, box);
        box.push(value);
        return { $sealed: [shape.group, box.length - 1] } satisfies Marker;
      }
      if (Array.isArray(value)) return value.map((item) => walk(item, shape.items));
      if (!isObject(value)) return value;
      const copy: JsonObject = { ...value };
      for (const [key, inner] of shape.properties) if (key in copy) copy[key] = walk(copy[key], inner);
      return copy;
    };
    return { data: walk(data, this.shape), boxes };
  }

  /** Puts the leaves back; those of a group that `boxes` lacks read as erased. */
  restore(data: Json, boxes: ReadonlyMap<PrivacyGroup, readonly Json[]>): Json {
    const walk = (value: Json, shape: Shape | undefined): Json => {
      if (!shape || value === undefined || value === null) return value;
      if (isMarker(value)) {
        const [group, index] = value.$sealed;
        const box = boxes.get(group);
        return box === undefined ? ERASED : box[index];
      }
      if (Array.isArray(value)) return value.map((item) => walk(item, shape.items));
      if (!isObject(value)) return value;
      const copy: JsonObject = { ...value };
      for (const [key, inner] of shape.properties) if (key in copy) copy[key] = walk(copy[key], inner);
      return copy;
    };
    return walk(data, this.shape);
  }
}
