// Stylesheets are imported as text: the build (src/cli/build/) and the tests' (vitest.config.ts) see to it.
declare module "*.css" {
  const text: string;
  export default text;
}
