// Which parts of a Markdown text are code, so that a picture shown as an example stays an example.

/** The text with its code and comments blanked out: fenced and indented blocks, spans, <!-- -->. Every offset stays. */
export function withoutCode(markdown: string): string {
  return withoutSpans(withoutBlocks(markdown));
}

interface Fence {
  mark: string;
  length: number;
}

function withoutBlocks(markdown: string): string {
  let fence: Fence | null = null;
  let afterBlank = true;
  let inCode = false;
  // How far the text of the list stands in from the margin that one is in; indented code stands four further.
  let listIndent = 0;
  const lines = markdown.split("\n").map((line) => {
    if (fence) {
      if (closes(line, fence)) fence = null;
      return blanked(line);
    }
    const opened = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?!.*`)|~{3,})/.exec(line);
    if (opened?.[1] && indentOf(line) < listIndent + 4) {
      fence = { mark: opened[1][0] ?? "", length: opened[1].length };
      return blanked(line);
    }
    if (line.trim() === "") {
      afterBlank = true;
      return line;
    }
    const indent = indentOf(line);
    const [item] = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(line) ?? [];
    inCode = indent >= listIndent + 4 && (afterBlank || inCode);
    if (!inCode) {
      if (item !== undefined) listIndent = Math.min(widthOf(item), indent + 5);
      else if (afterBlank && indent < listIndent) listIndent = indent < 2 ? 0 : indent;
    }
    afterBlank = false;
    return inCode ? blanked(line) : line;
  });
  return lines.join("\n");
}

function closes(line: string, { mark, length }: Fence): boolean {
  const bare = line.replace(/^[ \t>]+/, "").trimEnd();
  return bare.length >= length && bare === mark.repeat(bare.length);
}

/** Comments and code spans. A span ends within its paragraph, or it is none. */
function withoutSpans(markdown: string): string {
  return markdown
    .replace(/<!--[^]*?-->/g, blanked)
    .replace(/(?<![\\`])(`+)(?!`)((?:(?!\n[ \t]*\n)[^])*?[^`])\1(?!`)/g, blanked);
}

function indentOf(line: string): number {
  return widthOf(/^[ \t]*/.exec(line)?.[0] ?? "");
}

/** How far a text reaches, tabs ending at every fourth column. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character === "\t" ? 4 - (width % 4) : 1;
  return width;
}

function blanked(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
