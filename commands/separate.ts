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
      say: ({ incident }) => tell('same.separated', { id }, incident ? [button('more', incident)] : []),
    }
  },
})
