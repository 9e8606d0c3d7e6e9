import { placesMeant, type Place } from '#libs/taxonomy';
import type { NearLeaf } from './leaves.js';

interface NearProblem {
  /** A JSON pointer into `near`. */
  readonly at: string;
  readonly detail: string;
}

/** How many of the cities that may be meant are named. */
const NAMED = 5;

const nameOf = ({ city, region, country }: Place): string =>
  [city, region, country].filter((part) => part !== undefined).join(', ');

const severalMeant = (places: readonly Place[]): string => {
  const [more, names] = [places.length - NAMED, places.slice(0, NAMED).map(nameOf).join('; ')];
  return `may be ${names}${more > 0 ? ` or one of ${more} more` : ''}: say its region, its country, or latitude and longitude`;
};

/** Whether it's a city or a point that's asked for. */
export const nearShapeProblems = ({ near }: NearLeaf): readonly NearProblem[] => {
  const { city, region, country, latitude, longitude } = near;
  const isPoint = latitude !== undefined && longitude !== undefined;
  const isCity = city !== undefined;
  const besideIt = isPoint ? (region ?? country) : (latitude ?? longitude);
  return isPoint === isCity || besideIt !== undefined
    ? [{ at: '', detail: 'must have either city, with region and country if need be, or latitude and longitude' }]
    : [];
};

/** Whether the city is one that there is, and which of several. */
export const nearPlaceProblems = ({ near }: NearLeaf): readonly NearProblem[] => {
  const { city, region, country } = near;
  if (city === undefined) return [];
  const places = placesMeant({
    city,
    ...(region === undefined ? {} : { region }),
    ...(country === undefined ? {} : { country }),
  });
  if (places.length === 1) return [];
  return [
    { at: '/city', detail: places.length > 1 ? severalMeant(places) : 'is no city that the list of places has there' },
  ];
};
