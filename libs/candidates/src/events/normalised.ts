import { closed, word } from '#libs/event-fields';
import { Type, type Static } from 'typebox';

/** A city as the list of places knows it: `region` by its name, `country` as ISO 3166-1 alpha-2, degrees in WGS 84. */
const place = closed({
  city: word(200),
  region: Type.Optional(word(200)),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
});

/**
 * What a taxonomy made of the title, the skills and the location that the same event states, when it was recorded. A field
 * belongs to what it was made of: where an event states a new title, an absent `titleKey` means that the title has none.
 * A later version of the taxonomy leaves it as it is.
 */
export const normalised = closed({
  /** Which edition of the taxonomy and of the list of places. */
  taxonomyVersion: word(60),
  /** The same for all ways of writing one title, e.g. `backend-developer`. */
  titleKey: Type.Optional(word(200)),
  /** Codes of O*NET-SOC, the likeliest first. */
  occupations: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{2}-\\d{4}\\.\\d{2}$' }), { maxItems: 5 })),
  /** One for each skill of the event, in its order: the same for all ways of writing one skill, e.g. `javascript`. */
  skillKeys: Type.Optional(Type.Array(word(100), { maxItems: 300 })),
  /** Where the location is; absent if the list of places doesn't know it. */
  place: Type.Optional(place),
});

export type Normalised = Static<typeof normalised>;
