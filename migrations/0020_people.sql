-- People who work at the paper. A row stays when they leave: what they did names them. `author` is the byline that they write
-- under, by its id; `email` is how Cloudflare Access names them, in lower case.
create table people (
  id text primary key,
  name text not null,
  role text not null check (role in ('admin', 'editor', 'author', 'contributor')),
  author text,
  email text,
  created_at integer not null,
  removed_at integer
) strict;
create unique index people_email on people (email) where email is not null and removed_at is null;

-- What they sign in with (https://www.w3.org/TR/webauthn-3/): the credential's id and its public key (COSE), both in base64url.
create table passkeys (
  id text primary key,
  person_id text not null references people (id),
  label text not null,
  public_key text not null,
  counter integer not null,
  transports text not null check (json_valid(transports)),
  backed_up integer not null check (backed_up in (0, 1)),
  created_at integer not null,
  used_at integer
) strict;
create index passkeys_person on passkeys (person_id, created_at);

-- Links by which a person makes a first passkey, once. The token is not stored, only its SHA-256.
create table invitations (
  token_hash text primary key,
  person_id text not null references people (id),
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;
create index invitations_person on invitations (person_id, expires_at);

-- Who is signed in, and where. The cookie's secret is not stored, only its SHA-256.
create table sessions (
  id text primary key,
  secret_hash text not null unique,
  person_id text not null references people (id),
  passkey_id text,
  device text not null,
  created_at integer not null,
  used_at integer not null
) strict;
create index sessions_person on sessions (person_id, created_at);

-- What a passkey is to sign next: each is signed once, for what it was made for.
create table challenges (
  hash text primary key,
  purpose text not null check (purpose in ('sign in', 'invitation', 'add')),
  person_id text,
  expires_at integer not null
) strict, without rowid;
create index challenges_expiry on challenges (expires_at);
