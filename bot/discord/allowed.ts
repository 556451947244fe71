import { OverwriteType, PermissionFlagsBits } from 'discord.js'
import { type PermissionName, permissions } from './manifest.ts'

/** What decides what somebody may do in a channel. */
export type Standing = {
  readonly guild: string
  readonly member: { readonly user: { readonly id: string }; readonly roles: readonly string[] }
  readonly roles: readonly { readonly id: string; readonly permissions: string }[]
  readonly overwrites: readonly {
    readonly id: string
    readonly type: number
    readonly allow: string
    readonly deny: string
  }[]
}

/** The names, as people read them, of what the bot needs and may not do. */
export function missingPermissions(standing: Standing): readonly string[] {
  const bits = allowedBits(standing)
  return (Object.keys(permissions) as PermissionName[])
    .filter(name => (bits & PermissionFlagsBits[name]) === 0n)
    .map(shownName)
}

/** All that a member may do in a channel, as Discord reckons it: roles, then everyone's, roles' and own overwrites. */
function allowedBits({ guild, member, roles, overwrites }: Standing): bigint {
  const own = new Set(member.roles)
  const base = roles
    .filter(role => role.id === guild || own.has(role.id))
    .reduce((bits, role) => bits | BigInt(role.permissions), 0n)
  if (base & PermissionFlagsBits.Administrator) return ~0n
  const everyone = overwrites.filter(one => one.id === guild)
  const ofRoles = overwrites.filter(one => one.type === OverwriteType.Role && one.id !== guild && own.has(one.id))
  const ofMember = overwrites.filter(one => one.type === OverwriteType.Member && one.id === member.user.id)
  return [everyone, ofRoles, ofMember].reduce(applied, base)
}

/** A permission as Discord's settings name it. */
function shownName(name: PermissionName): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/\bIn\b/, 'in')
}

function applied(bits: bigint, overwrites: Standing['overwrites']): bigint {
  const denied = overwrites.reduce((sum, one) => sum | BigInt(one.deny), 0n)
  const allowed = overwrites.reduce((sum, one) => sum | BigInt(one.allow), 0n)
  return (bits & ~denied) | allowed
}
