/** The items of a cell, each once: split at `;` or `|`, or else at `,`. */
export const listIn = (text: string): string[] => {
  const separator = /[;|]/.test(text) ? /[;|]/ : /,/;
  return [
    ...new Set(
      text
        .split(separator)
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    ),
  ];
};
