const sameSite: Readonly<Record<string, string>> = {
  'twitter.com': 'x.com',
  'mobile.twitter.com': 'x.com',
  'm.facebook.com': 'facebook.com',
};

/** What names the person in a query; all else says how somebody got there. */
const namingParameters = ['id', 'user'];

/**
 * A profile's address as it's compared: host without `www.` or a country (`de.linkedin.com`), no scheme, no language
 * after it (`/in/ada/en`), no letter case where the site knows none. Undefined if it's no address, or a site's front page.
 */
export const readProfileUrl = (text: string): string | undefined => {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = url.hostname.replace(/^www\./, '').replace(/^[a-z]{2,3}\.(?=linkedin\.com$)/, '');
  if (!host.includes('.') || url.username !== '') return undefined;
  const site = sameSite[host] ?? host;
  const path = decoded(url.pathname).toLowerCase().replace(/\/+$/, '');
  const named = site === 'linkedin.com' ? path.replace(/^(\/(?:in|pub)\/[^/]+).*$/, '$1') : path;
  const query = namingParameters.flatMap((name) => {
    const value = url.searchParams.get(name);
    return value === null ? [] : [`${name}=${value.toLowerCase()}`];
  });
  if (named === '' && query.length === 0 && /^(linkedin|github|x|facebook|xing|gitlab|stackoverflow)\.com$/.test(site))
    return undefined;
  return `${site}${named}${query.length === 0 ? '' : `?${query.join('&')}`}`;
};

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
