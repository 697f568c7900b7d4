/** As much of Node's files as the deep test uses, which is checked among tests for workerd. */
declare module "node:fs" {
  export function readFileSync(file: string, encoding: "utf8"): string;
  export function writeFileSync(file: string, text: string): void;
}
