/**
 * What one body may cost. Every number is far above what an article needs, and was measured in workerd with
 * 40,000 random documents of 60 KB, each made of one or a few fragments repeated: none took more than 0.2 s,
 * hardly any more than 0.1 s. What takes longest is what is merely long, such as 30,000 lines of one letter.
 */
export const MARKDOWN_LIMITS = {
  /** UTF-8 bytes of Markdown in one body. */
  bodyBytes: 512 * 1024,
  /** UTF-8 bytes of Markdown and HTML together; both are columns of one D1 row, which ends at 2 MB. */
  storedBytes: 1_800_000,
  /** Block quotes, lists and notes inside one another. The parser reads a block again at every level. */
  blockNesting: 32,
  /** Emphasis, links and images inside one another. The parser recurses; its stack ends near 3,000. */
  inlineNesting: 32,
  /** Marks of emphasis in one paragraph that open and are never closed. What an article leaves open is a slip or two. */
  openMarks: 500,
  /** Columns of a table: every row is filled up to the width of its head. */
  tableColumns: 100,
  /** Cells of all tables together: 12 KB of `a|a|…` over `b` lines would make ten million. */
  tableCells: 40_000,
  /** ASCII characters in a row without a space. At each of them the parser looks for the `@` of an address. */
  wordCharacters: 4096,
  /** Steps (characters the parser looks at again) that any body may take. */
  steps: 4_000_000,
  /** Further steps for each character of the body. Dense real prose takes about 30. */
  stepsPerCharacter: 200,
} as const;
