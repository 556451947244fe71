import type { Lane, Post } from '../change.ts'
import type { Directory, Person } from '../directory.ts'
import type { Incident } from '../incident.ts'
import { phrase } from '../phrase.ts'
import { sight } from '../sight.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { lineOf } from '../trigger/view.ts'
import { buttonId, type Line } from '../view.ts'

const least = 2
const mostNamed = 6

/**
 * What somebody is told once there are two threats to our own people within a week that they may know of, and again at
 * four, eight and so on; through each tool only those that may be shown there.
 */
export function threatPosts(
  person: Person,
  threats: readonly Incident[],
  { directory, taxonomy, lane }: { directory: Directory; taxonomy: Taxonomy; lane: Lane },
): readonly Post[] {
  const all = threats.toSorted((one, other) => one.reportedAt - other.reportedAt)
  const [first] = all
  const last = all.at(-1)
  if (!first || !last || all.length < least) return []
  const round = Math.floor(Math.log2(all.length))
  return person.accounts.flatMap((own): readonly Post[] => {
    const seen = all.filter(one => sight(one, { person, through: own.platform }, directory) !== 'nothing')
    if (seen.length < least) return []
    const lines = seen.slice(-mostNamed).map((one): Line => {
      const button = { id: buttonId('more', one.id), label: phrase('button.open') }
      return { type: 'item', text: lineOf(one, { directory, taxonomy }), button }
    })
    const head: Line = { type: 'strong', text: phrase('warning.told-own', { count: seen.length }) }
    return [
      {
        ...{ key: `warning:own:${first.id}:${round}:${own.id}`, to: { account: own.id }, incident: last.id },
        ...{ thread: false, lane, view: { tone: 'plain', title: null, lines: [head, ...lines], buttons: [] } },
      },
    ]
  })
}
