// npm 11 refuses `npm ci` when an optional platform binary that a package names is absent from package-lock.json, and
// npm leaves out of the lock what the registry at hand did not serve. Nothing but its name says what such a binary is for.

/** What this needs to know of an entry of package-lock.json, version 3. */
interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  packages: Record<string, LockEntry>;
}

/** Adds an entry for every optional dependency, of an exact version, that an installed package names and the lock lacks. `added` are `name@version`. */
export function completeLock<L extends Lock>(lock: L): { lock: L; added: string[] } {
  const packages = { ...lock.packages };
  const added: string[] = [];
  for (const [parent, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const place =
        parent !== "" && EXACT.test(version) ? missingPlace(packages, parent, name, version) : null;
      if (place === null) continue;
      packages[place] = platformEntry(name, version, entry.dev === true);
      added.push(`${name}@${version}`);
    }
  }
  if (added.length === 0) return { lock, added };
  // npm's own order.
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, "en"));
  return {
    lock: { ...lock, packages: Object.fromEntries(sorted) },
    added: [...new Set(added)].sort(),
  };
}

/** A range does not say which version the registry would have served: npm has to choose it. */
const EXACT = /^\d+\.\d+\.\d+(?:[-+].*)?$/;

/**
 * Where an entry has to be added so that `parent` finds this version, or null when it finds it already. The root is free
 * to take when nobody has that name; beside another version, only the parent's own folder shadows no one else.
 */
function missingPlace(
  packages: Lock["packages"],
  parent: string,
  name: string,
  version: string,
): string | null {
  const found = lookupPlaces(parent, name).find((place) => Object.hasOwn(packages, place));
  if (found === undefined) return `node_modules/${name}`;
  return packages[found]?.version === version ? null : `${parent}/node_modules/${name}`;
}

/** The places where Node looks for a package that `parent` needs, nearest first. */
function lookupPlaces(parent: string, name: string): string[] {
  const places = [`node_modules/${name}`];
  for (const folder of parent.matchAll(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+/g)) {
    places.unshift(`${parent.slice(0, folder.index + folder[0].length)}/node_modules/${name}`);
  }
  return places;
}

/** The entry as npm would write it, without the integrity that nobody served. */
function platformEntry(name: string, version: string, dev: boolean): LockEntry {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const find = (table: Record<string, string>) =>
    words.map((word) => table[word]).find((value) => value !== undefined);
  const os = find(OS);
  const cpu = find(CPU);
  const libc = os === "linux" ? find(LIBC) : undefined;
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(libc ? { libc: [libc] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

const OS: Record<string, string> = {
  aix: "aix",
  android: "android",
  darwin: "darwin",
  macos: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  linuxmusl: "linux",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
  windows: "win32",
  win: "win32",
};

const CPU: Record<string, string> = {
  arm: "arm",
  arm64: "arm64",
  aarch64: "arm64",
  ia32: "ia32",
  loong64: "loong64",
  mips64el: "mips64el",
  ppc64: "ppc64",
  ppc64le: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  wasm32: "wasm32",
  x64: "x64",
  // workerd calls its x64 binaries workerd-linux-64.
  64: "x64",
};

const LIBC: Record<string, string> = {
  gnu: "glibc",
  musl: "musl",
  linuxmusl: "musl",
};
