import type { Store } from '../db/store.ts'
import { spokenCode } from '../workflows/code.ts'
import { hasRole } from '../workflows/directory.ts'

/**
 * The one-time code by which the first administrator comes in: made where the network has none and no such invitation
 * holds, and never shown again. Null where there is no need.
 */
export async function firstAdminCode({ roster, codes }: Pick<Store, 'roster' | 'codes'>, now: number) {
  if ([...roster.directory().people.values()].some(person => hasRole(person, 'admin'))) return null
  const invited = await codes.invites(now)
  if (invited.some(invite => invite.roles.includes('admin'))) return null
  const wanted = { type: 'invite', roles: ['admin'], regions: 'all', uses: 1, until: now + holds, by: null } as const
  return spokenCode(await codes.issue(wanted, now))
}

/** What whoever starts the hub reads with that code. */
export function adminCodeText(code: string): string {
  return [
    'There is no administrator yet. Whoever writes this code to the hub, in a direct conversation on Slack,',
    `Discord or Signal, becomes one. It works once, for ${days} days, and is not shown again: ${code}`,
    'A new one: npm run -s hub -- invite --role admin',
    '',
  ].join('\n')
}

const days = 3
const holds = days * 24 * 60 * 60_000
