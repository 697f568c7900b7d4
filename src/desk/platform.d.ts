// The API's schemas, whose types the desk has, name what a database is. Nothing of it is in the desk: this is for the compiler alone.
declare type D1Database = import("@cloudflare/workers-types").D1Database;
