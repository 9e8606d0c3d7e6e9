/** Gateways that follow links before anybody sees the message, by what they call themselves. */
const scanners =
  /barracuda|proofpoint|urldefense|mimecast|safelinks|microsoft office protection|office ?365.*atp|messagelabs|symantec|fireeye|trend ?micro|cisco ?(talos|ironport)|ironport|sophos|forcepoint|fortiguard|bitdefender|zscaler|virustotal|urlscan|slackbot-linkexpanding|bingpreview|googlebot|facebookexternalhit|linkedinbot|whatsapp|telegrambot/i;

/** Programs, not browsers. */
const scripts =
  /^(curl|wget|python|go-http-client|java\/|okhttp|node|axios|ruby|perl|libwww|php|apache-httpclient)|headlesschrome|phantomjs|puppeteer|playwright|\b(bot|crawler|spider)\b/i;

/** They fetch pictures for somebody, perhaps when that person reads, perhaps before. */
const proxies = /googleimageproxy|yahoomailproxy|yahoo ?mail ?proxy|outlook-?image-?proxy/i;

const browsers = /^mozilla\/5\.0 .*(chrome|firefox|safari|edg|opr)\//i;

export type ClientKind = 'scanner' | 'script' | 'proxy' | 'browser' | 'other' | 'none';

/** What a user agent says that it is. Whoever wants to be taken for a browser is. */
export const clientKind = (userAgent: string | undefined): ClientKind => {
  if (userAgent === undefined || userAgent === '' || userAgent === '[erased]') return 'none';
  if (scanners.test(userAgent)) return 'scanner';
  if (proxies.test(userAgent)) return 'proxy';
  if (scripts.test(userAgent)) return 'script';
  return browsers.test(userAgent) ? 'browser' : 'other';
};
