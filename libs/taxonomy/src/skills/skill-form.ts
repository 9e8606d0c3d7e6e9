import { folded } from '../text/fold.js';

/** Keeps C++, C#, .NET and F# whole. */
const word = /\.net\b|[\p{L}\p{N}]+[+#]*/gu;

/** A skill's name in the form in which names are compared: "React.js" is "react", "CI/CD" is "ci-cd". Empty if there's no word in it. */
export const skillForm = (name: string): string => {
  const text = folded(name)
    .replaceAll(/(\p{L})[. ]js\b/gu, '$1')
    .replaceAll('®', ' ')
    .replaceAll('™', ' ');
  return (text.match(word) ?? []).join('-');
};
