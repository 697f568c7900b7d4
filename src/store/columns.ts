// Promises: one map of fields for each table or view; what is selected, inserted, updated and read back follows from it.
// Relies on: a field in camel case being the column of the same name in snake case.
// Does not: bind values (batch.d1.ts does).

import { Fragment, type Value } from "./batch.d1.ts";

/** How a field is kept: as it is, as JSON, or as 0 or 1. */
type Kind = "plain" | "json" | "flag";

/** A table's fields, each once. */
export interface Table<T> {
  name: string;
  fields: { [K in keyof T & string]: Kind };
}

/** Names a table and its fields. */
export function table<T>(name: string, fields: Table<T>["fields"]): Table<T> {
  return { name, fields };
}

/** A row of the database, before `fromRow`. */
export type Row = Record<string, Value>;

/** What to select: each column under the name of its field. `of` is the table's name in the statement, `as` stands before each. */
export function columns<T>({ name, fields }: Table<T>, { of = name, as = "" } = {}): Fragment {
  const listed = Object.keys(fields).map((field) => `${of}.${columnOf(field)} as "${as}${field}"`);
  return new Fragment(listed.join(", "));
}

/** The columns of an insert, without those that it writes otherwise. */
export function names<T>({ fields }: Table<T>, without: (keyof T)[] = []): Fragment {
  return new Fragment(fieldsOf(fields, without).map(columnOf).join(", "));
}

/** The values of the same columns out of objects with the table's fields, as JSON in `value`. */
export function values<T>({ fields }: Table<T>, without: (keyof T)[] = []): Fragment {
  const listed = fieldsOf(fields, without).map(
    (field) => `value ${fields[field as keyof T & string] === "json" ? "->" : "->>"} '${field}'`,
  );
  return new Fragment(listed.join(", "));
}

/** What an upsert changes: every column but those. */
export function updates<T>({ fields }: Table<T>, without: (keyof T)[]): Fragment {
  const listed = fieldsOf(fields, without).map((field) => {
    const column = columnOf(field);
    return `${column} = excluded.${column}`;
  });
  return new Fragment(listed.join(", "));
}

/** Reads the fields of a table from a row that was selected with `columns`. */
export function fromRow<T>({ fields }: Table<T>, row: Row, as = ""): T {
  const read = Object.entries<Kind>(fields).map(([field, kind]) => {
    const value = row[`${as}${field}`] ?? null;
    if (kind === "flag") return [field, value === 1];
    return [field, kind === "json" && value !== null ? JSON.parse(String(value)) : value];
  });
  return Object.fromEntries(read) as T;
}

function fieldsOf<T>(fields: Table<T>["fields"], without: (keyof T)[]): string[] {
  return Object.keys(fields).filter((field) => !without.includes(field as keyof T));
}

function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
