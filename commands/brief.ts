import { briefView, dayText, mayRate } from '../workflows/brief/view.ts'
import { weekAfter, weekOf } from '../workflows/brief/week.ts'
import { type Region, servesRegion } from '../workflows/directory.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { buttonId, type Line } from '../workflows/view.ts'
import { type Context, defineCommand, type Reply, type Request, refuse, shown } from './command.ts'

const mostListed = 20

/** Shows the weekly brief of a region as it stands, and lets its coordinators fill it in. */
export const brief = defineCommand({
  name: 'brief',
  summary: 'command.brief',
  usage: 'usage.brief',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { directory } = context.read
    const own = directory.regions.filter(region => servesRegion(context.actor, region.code))
    const { word, back } = wishOf(request)
    const [only, ...others] = own
    if (word === '') return only && others.length === 0 ? showBrief(only, back, context) : list(own, back, context)
    const region = directory.regions.find(one => [one.code, one.name].some(name => plain(name) === plain(word)))
    if (!region) return refuse('brief.unknown', { word: { words: word } })
    return own.includes(region) ? showBrief(region, back, context) : refuse('brief.foreign')
  },
})

/** The brief of this week, or (`back`) so many weeks ago, as whoever asks may see and fill it in. */
export async function showBrief(
  { code, zone }: Pick<Region, 'code' | 'zone'>,
  back: number,
  { read, actor, now }: Context,
  said?: Phrase,
): Promise<Reply> {
  const week = weekAfter(weekOf(now, zone), -back)
  const known = read.taxonomy.indicators ?? []
  if (known.length === 0) return refuse('brief.none-known')
  const found = await read.briefs.draft(code, week)
  const before = await read.briefs.find(code, weekAfter(week, -1))
  const may = mayRate(code, actor) && back <= 1
  const scene = { region: code, week, brief: found, before, known, may, directory: read.directory }
  return shown(briefView({ ...scene, ...(said ? { said } : {}) }))
}

async function list(regions: readonly Region[], back: number, { read, now }: Context): Promise<Reply> {
  const lines = await Promise.all(
    regions.slice(0, mostListed).map(async ({ code, name, zone }): Promise<Line> => {
      const week = weekAfter(weekOf(now, zone), -back)
      const found = await read.briefs.draft(code, week)
      const state = found ? (found.doneAt === null ? 'brief.is-open' : 'brief.is-done') : 'brief.is-missing'
      const button = {
        id: buttonId('brief', code, String(back)),
        label: phrase('brief.button-region', { region: name }),
      }
      return { type: 'item', text: phrase('brief.of', { region: name, state: phrase(state) }), button }
    }),
  )
  const [first] = regions
  const week = weekAfter(weekOf(now, first?.zone ?? read.directory.zone), -back)
  const title = phrase('brief.list', { week: dayText(week) })
  return shown({ tone: 'plain', title, lines, buttons: [] })
}

/** `AZ`, `Arizona last`, or what was pressed. */
function wishOf({ from, words, assumed }: Request): { readonly word: string; readonly back: number } {
  if (from === 'press') return { word: words.trim(), back: Number(assumed) || 0 }
  const parts = words.trim().split(/\s+/)
  const last = earlier.has(plain(parts.at(-1) ?? ''))
  return { word: (last ? parts.slice(0, -1) : parts).join(' '), back: last ? 1 : 0 }
}

const earlier = new Set(['last', 'before', 'anterior', 'pasada', 'pasado'])
