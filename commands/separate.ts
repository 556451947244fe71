import { button } from '../workflows/button.ts'
import { defineCommand, incidentOf, tell } from './command.ts'

/** Takes a merge back: both stand on their own again. */
export const separate = defineCommand({
  name: 'separate',
  summary: 'command.separate',
  permission: 'work',
  about: 'incident',
  opens: 'work',
  private: true,
  run: async request => {
    const { id } = incidentOf(request)
    return {
      type: 'do',
      action: { type: 'unmerge', about: id },
      say: ({ incident, entries }) => {
        const more = incident ? [button('more', incident)] : []
        const left = entries.flatMap(({ event }) => (event.type === 'separated' && event.protocols ? [event] : []))[0]
        const runs = left?.protocols ?? []
        if (!left) return tell('same.separated', { id }, more)
        return tell('same.separated-runs', { id, other: left.from, runs, run: runs[0] ?? '' }, more)
      },
    }
  },
})
