import { may, ROLES, type Role } from "../../domain/role.ts";
import type { Person } from "../contract.ts";
import { say } from "../words/words.ts";

/** The roles for a choice: the one that may least first, so that nobody is made an admin by haste. */
export function roleOptions(): (readonly [Role, string])[] {
  const { roleNames } = say().people;
  return ROLES.toReversed().map((role) => [role, roleNames[role]] as const);
}

/** Whether somebody with a role can be bound to one author: others write under every byline. */
export function isBound(role: Role): boolean {
  return !may({ role }, "write under any byline");
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/** Whether the paper would be without an admin if this one were none. */
export function isLastAdmin(person: Person, people: readonly Person[]): boolean {
  const isAdmin = ({ role, removedAt }: Person) => role === "admin" && removedAt === null;
  return isAdmin(person) && people.filter(isAdmin).length === 1;
}
