import { editionsFor, whyNotBoard } from '../workflows/board/right.ts'
import { type BoardScope, boardName, linkItem } from '../workflows/board/scope.ts'
import { regionName } from '../workflows/directory.ts'
import { type Edition, leaves } from '../workflows/edition.ts'
import type { RegionCode } from '../workflows/ids.ts'
import { type Param, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import type { Line } from '../workflows/view.ts'
import { type Context, defineCommand, type OneTimeLink, type Reply, refuse, shown } from './command.ts'

/** Gives whoever asks a link that opens a live page of their regions, once, in the edition that is theirs. */
export const board = defineCommand({
  name: 'board',
  summary: 'command.board',
  usage: 'usage.board',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words }, context) => {
    const scope = read(words, context)
    if ('unknown' in scope) return refuse('board.unknown', { word: { words: scope.unknown } })
    const why = whyNotBoard(context.actor, scope)
    if (why) return { type: 'refused', phrase: why }
    return { type: 'show', incident: boardName, item: linkItem(scope), say: link => told(link, scope, context) }
  },
})

function read(words: string, { read: { directory }, actor }: Context): BoardScope | { readonly unknown: string } {
  const regions: RegionCode[] = []
  let edition: Edition = editionsFor(actor)[0] ?? 'response'
  let all = false
  for (const word of words.split(/[\s,;]+/).filter(each => each !== '')) {
    const region = directory.regions.find(one => plain(one.code) === plain(word))
    const named = names.get(plain(word))
    if (region) regions.push(region.code)
    else if (named) edition = named
    else if (everything.has(plain(word))) all = true
    else return { unknown: word }
  }
  if (regions.length > 0) return { edition, regions: [...new Set(regions)] }
  return { edition, regions: all ? 'all' : actor.regions }
}

const everything = new Set(['all', 'todo', 'todos', 'todas'])
const names = new Map<string, Edition>([
  ['response', 'response'],
  ['responders', 'response'],
  ['respuesta', 'response'],
  ['leadership', 'leadership'],
  ['leaders', 'leadership'],
  ['direccion', 'leadership'],
  ['partner', 'partner'],
  ['partners', 'partner'],
  ['aliados', 'partner'],
  ['aliadas', 'partner'],
  ['public', 'public'],
  ['publico', 'public'],
])

function told({ url, until }: OneTimeLink, { edition, regions }: BoardScope, { read: { directory } }: Context): Reply {
  const where: Param =
    regions === 'all' ? phrase('board.all-regions') : regions.map(code => regionName(directory, code))
  const lines: Line[] = [
    { type: 'text', text: phrase('board.link-what', { regions: where, edition: phrase(`board.edition-${edition}`) }) },
    { type: 'link', text: phrase('board.link-open'), url },
    { type: 'text', text: phrase('board.link-until', { until: { time: until } }) },
    { type: 'note', text: phrase('board.link-care') },
    ...(leaves(edition) ? [{ type: 'note', text: phrase('board.link-outside') } as const] : []),
  ]
  return shown({ tone: 'plain', title: phrase('board.link-title'), lines, buttons: [] })
}
