import type { Role } from './directory.ts'
import type { RegionCode } from './ids.ts'

/** Roles that somebody holds in some regions. */
export type Grant = { readonly roles: readonly Role[]; readonly regions: 'all' | readonly RegionCode[] }

/** A platform's own group (a Slack user group, a Discord role) whose members hold roles. */
export type Group = Grant & { readonly platform: 'slack' | 'discord'; readonly address: string }

/**
 * Two grants as one that allows exactly what both allow together, or null where there is none: a person has one set of
 * roles for one set of regions, so different roles in different regions would give more than was meant.
 */
export function both(one: Grant, other: Grant): Grant | null {
  const roles = [...new Set([...one.roles, ...other.roles])]
  // What does not depend on a region brings none along.
  if (bound(other).length === 0) {
    return { roles, regions: bound(one).length === 0 ? together(one.regions, other.regions) : one.regions }
  }
  if (bound(one).length === 0) return { roles, regions: other.regions }
  if (holds(one, other)) return { roles, regions: one.regions }
  if (holds(other, one)) return { roles, regions: other.regions }
  if (within(one.regions, other.regions) && within(other.regions, one.regions)) return { roles, regions: one.regions }
  const same = allowed(one).join() === allowed(other).join()
  return same ? { roles, regions: together(one.regions, other.regions) } : null
}

/** Own grant and those of groups as one; what of the groups' would give more than was meant is left out. */
export function effective(own: Grant, groups: readonly Grant[]): Grant {
  return groups.reduce((sum, group) => both(sum, group) ?? sum, own)
}

/** The regions of both. */
function together(one: Grant['regions'], other: Grant['regions']): Grant['regions'] {
  return one === 'all' || other === 'all' ? 'all' : [...new Set([...one, ...other])]
}

function holds(more: Grant, less: Grant): boolean {
  const may = allowed(more)
  return allowed(less).every(role => may.includes(role)) && within(less.regions, more.regions)
}

function within(less: Grant['regions'], more: Grant['regions']): boolean {
  return more === 'all' || (less !== 'all' && less.every(region => more.includes(region)))
}

const byRegion: readonly Role[] = ['responder', 'coordinator', 'leader']

function bound({ roles }: Grant): readonly Role[] {
  return byRegion.filter(role => roles.includes(role))
}

// Coordinators may do what responders may.
function allowed(grant: Grant): readonly Role[] {
  const held = bound(grant)
  return byRegion.filter(role => held.includes(role) || (role === 'responder' && held.includes('coordinator')))
}
