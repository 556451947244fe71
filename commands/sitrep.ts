import type { RegionCode } from '../workflows/ids.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { trusted } from '../workflows/sight.ts'
import { buildSitrep, figureWindow } from '../workflows/sitrep.ts'
import { plain, readHours } from '../workflows/spoken.ts'
import { buttonId, type View } from '../workflows/view.ts'
import { type Context, defineCommand, tell } from './command.ts'

const hour = 3_600_000
const usual = 24
const longest = 31 * 24

/** Sums up what was reported and done in some regions and hours, for whoever leads; the details are a second screen. */
export const sitrep = defineCommand({
  name: 'sitrep',
  summary: 'command.sitrep',
  usage: 'usage.sitrep',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const pressed = request.from === 'press'
    const words = pressed ? request.assumed.replaceAll('+', ' ') : request.words
    const asked = read(words, context)
    if ('unknown' in asked) return tell('reply.sitrep-unknown', { word: { words: asked.unknown } })
    if (asked.hours < 1 || asked.hours > longest) return tell('reply.sitrep-hours', { count: longest })
    const [first, second] = await build(asked, context)
    if (!first) return tell('reply.list-none')
    if (pressed && second) return { type: 'view', view: second, private: true }
    const more = second ? [{ id: buttonId('sitrep', '', packed(words)), label: phrase('reply.sitrep-details') }] : []
    return { type: 'view', view: { ...first, buttons: more }, private: true }
  },
})

type Asked = { readonly hours: number; readonly regions: 'all' | readonly RegionCode[] }

async function build({ hours, regions }: Asked, { read, actor, now }: Context): Promise<readonly View[]> {
  const { directory, taxonomy } = read
  const window = figureWindow({ from: now - hours * hour, to: now }, { regions, taxonomy, now })
  const figures = await read.incidents.figures(window)
  const only = regions !== 'all' && regions.length === 1 ? regions[0] : undefined
  return buildSitrep(figures, {
    directory,
    taxonomy,
    zone: actor.zone,
    region: only ?? 'all',
    maySeeRed: trusted(actor.platform, directory) && sees(actor, regions),
  })
}

function read(words: string, { read: { directory }, actor }: Context): Asked | { readonly unknown: string } {
  const regions: RegionCode[] = []
  let hours = usual
  let all = false
  for (const word of words.split(/[\s,;]+/).filter(each => each !== '')) {
    const region = directory.regions.find(one => plain(one.code) === plain(word))
    const said = readHours(word)
    if (region) regions.push(region.code)
    else if (said && said.rest === '') hours = said.value
    else if (everything.has(plain(word))) all = true
    else return { unknown: word }
  }
  if (regions.length > 0) return { hours, regions }
  return { hours, regions: all ? 'all' : actor.regions }
}

const everything = new Set(['all', 'todo', 'todos', 'todas'])

function sees(actor: Actor, regions: Asked['regions']): boolean {
  if (actor.regions === 'all') return true
  return regions !== 'all' && regions.every(region => actor.regions.includes(region))
}

// Never empty, so that the button is told from the command typed without words.
function packed(words: string): string {
  return words.trim() === '' ? `${usual}h` : words.trim().replace(/\s+/g, '+')
}
