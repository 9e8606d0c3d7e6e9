export { placeOf, type StatedLocation } from './places/place-of.js';
export type { Place } from './places/place-list.js';
