import { readFilter } from '../workflows/filter.ts'
import { listLines } from '../workflows/inside.ts'
import { phrase } from '../workflows/phrase.ts'
import { buttonId } from '../workflows/view.ts'
import { defineCommand, tell } from './command.ts'

// Ten lines with a button each are what the tightest platform shows in one message.
const page = 10
const longestId = 100

/** Lists the open incidents of a person's regions, most urgent first, a page at a time; filters are words. */
export const incidents = defineCommand({
  name: 'incidents',
  summary: 'command.incidents',
  usage: 'usage.incidents',
  permission: 'read',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { read, actor } = context
    const { words, token } = request.from === 'press' ? unpack(request.assumed) : { words: request.words, token: '' }
    const asked = readFilter(words, actor, read)
    if (asked.type === 'unknown') return tell('reply.list-unknown', { word: { words: asked.word } })
    if (asked.type === 'other-region') return tell('reply.list-other', { region: asked.region })
    const found = await read.incidents.list({
      ...asked.filter,
      viewer: actor.id,
      limit: page,
      ...(token === '' ? {} : { after: token }),
    })
    if (found.items.length === 0) return tell('reply.list-none')
    const lines = listLines(found.items, context)
    const next = found.next === null ? '' : buttonId('incidents', '', pack(words, found.next))
    return {
      type: 'view',
      private: true,
      view: {
        tone: 'plain',
        title: phrase('reply.list-title', { count: found.total }),
        lines,
        buttons: next === '' || next.length > longestId ? [] : [{ id: next, label: phrase('reply.next-page') }],
      },
    }
  },
})

// The button holds the filter beside the token, because it works for ever and nothing else remembers what was asked.
function pack(words: string, token: string): string {
  const filter = [...new Set(words.toLowerCase().split(/[\s+]+/))].filter(word => word !== '')
  return [token, ...(filter.length > 0 ? [filter.join('+')] : [])].join('~')
}

function unpack(assumed: string): { words: string; token: string } {
  const [token = '', words = ''] = assumed.split('~', 2)
  return { words: words.replaceAll('+', ' '), token }
}
