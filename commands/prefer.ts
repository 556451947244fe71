import { personAsking } from '../workflows/directory.ts'
import type { PlatformName } from '../workflows/ids.ts'
import { type Param, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { plainView } from '../workflows/view.ts'
import { preferButton, readTool } from '../workflows/wish.ts'
import { type Context, defineCommand, type Reply, refuse, shown, tell } from './command.ts'

const none = new Set(['off', 'no', 'none', 'any', 'ninguna', 'cualquiera', 'nada'])

/** Chooses the tool on which somebody is written to first, or none; without words, shows which there are. */
export const prefer = defineCommand({
  name: 'prefer',
  summary: 'command.prefer',
  permission: 'anyone',
  about: 'nothing',
  strangers: true,
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { actor, read } = context
    const person = personAsking(read.directory, actor.id)
    const own = [...new Set(person?.accounts.map(account => account.platform))]
    const off = none.has(plain(request.words))
    const platform = off ? null : readTool(request.words)
    if (!off && !platform) return question(own, context, plain(request.words) !== '')
    const tool = platform && phrase(`sight.tool-${platform}`)
    if (platform && tool && !own.includes(platform)) return tell('wish.prefer-not-yours', { tool })
    // They have chosen otherwise since this button was shown.
    if (request.from === 'press' && request.assumed !== (person?.wishes?.platform ?? ''))
      return question(own, context, false)
    return {
      type: 'do',
      action: { type: 'wish', person: actor.id, wish: { platform } },
      say: () => (tool ? tell('wish.prefer-set', { tool }) : tell('wish.prefer-off')),
    }
  },
})

function question(own: readonly PlatformName[], { read, actor }: Context, wrong: boolean): Reply {
  const tools = own.map((name): Param => phrase(`sight.tool-${name}`))
  const which = phrase('wish.prefer-unknown', { tools, example: own[0] ?? 'signal' })
  if (wrong) return refuse(which.key, which.params)
  const wishes = personAsking(read.directory, actor.id)?.wishes ?? null
  const now = wishes?.platform
  const stands = now ? [phrase('wish.self-prefers', { tool: phrase(`sight.tool-${now}`) })] : []
  const others = own.filter(name => name !== now)
  return shown(
    plainView(
      [...stands, which],
      others.map(name => preferButton(name, { wishes })),
    ),
  )
}
