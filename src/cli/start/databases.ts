/** The D1 bindings of a wrangler.toml that have migrations, in its order. */
export function findDatabases(toml: string): string[] {
  const tables = toml.split(/^(?=\[)/m).filter((table) => table.startsWith("[[d1_databases]]"));
  return tables.flatMap((table) => {
    const binding = /^binding\s*=\s*"([^"]+)"/m.exec(table)?.[1];
    return binding !== undefined && /^migrations_dir\s*=/m.test(table) ? [binding] : [];
  });
}
