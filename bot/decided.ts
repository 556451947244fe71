import type { StoreTx } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import type { Directory } from '../workflows/directory.ts'
import { RuleError } from '../workflows/errors.ts'
import { phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import type { WarningChange } from '../workflows/warning/deed.ts'
import { decidedPosts } from '../workflows/warning/posts.ts'
import type { Unit } from './transact.ts'

/** What somebody decided about a warning, and who hears of it. */
export type Decided = { readonly change: WarningChange; readonly posts: readonly Post[] }

/**
 * What a unit of work decides about a warning, judged by how that stands now; null for all else.
 * @throws RuleError that says how it stands, if somebody else was first or it is over
 */
export async function deciding(
  tx: StoreTx,
  { action, actor, now }: Pick<Unit, 'action' | 'actor' | 'now'>,
  context: { readonly directory: Directory; readonly taxonomy: Taxonomy },
): Promise<Decided | null> {
  if (action.type !== 'warning' || !actor) return null
  const { do: deed } = action
  const change: WarningChange = { do: deed, by: actor.id, at: now }
  if (deed.type === 'dismiss') {
    const alarm = await tx.alarm(deed.alarm)
    if (!alarm) throw new RuleError(phrase('warning.gone'))
    const { answeredBy, answeredAt, endsAt } = alarm
    if (answeredBy && answeredAt !== null) {
      const params = { person: { person: answeredBy }, time: { time: answeredAt } }
      throw new RuleError(phrase('warning.dismissed-before', params))
    }
    if (endsAt <= now) throw new RuleError(phrase('warning.over'))
    return { change, posts: decidedPosts(change, alarm, context) }
  }
  const alert = await tx.alertIn(deed.region)
  const region = context.directory.regions.find(one => one.code === deed.region)?.name ?? deed.region
  if (deed.type === 'calm' && !alert) throw new RuleError(phrase('warning.no-alert', { region }))
  if (deed.type === 'alert' && alert) {
    const params = { person: { person: alert.by }, time: { time: alert.at }, region }
    throw new RuleError(phrase('warning.alert-before', params))
  }
  return { change, posts: decidedPosts(change, null, context) }
}
