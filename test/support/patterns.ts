/** What a route's pattern matches: a name is a segment, or what its own expression in braces says (one pair may nest). */
export function expressionOf(pattern: string): RegExp {
  const named = /:\w+(?:\{((?:[^{}]|\{[^}]*\})+)\})?/g;
  return new RegExp(`^${pattern.replace(named, (_, own?: string) => own ?? "[^/]+")}$`);
}
