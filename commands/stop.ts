import { personAsking } from '../workflows/directory.ts'
import { phrase } from '../workflows/phrase.ts'
import { plainView } from '../workflows/view.ts'
import { seenOf, startButton, stopButton } from '../workflows/wish.ts'
import { type Command, type Context, type Doing, defineCommand, type Reply, shown, tell } from './command.ts'

const common = { permission: 'anyone', about: 'nothing', strangers: true, opens: 'work', private: true } as const

/** Leaves whoever asks in peace: no broadcasts any more, but for what saves lives. */
export const stop = defineCommand({
  ...common,
  name: 'stop',
  summary: 'command.stop',
  run: async ({ from, assumed }, context): Promise<Doing | Reply> => {
    const { actor, now } = context
    const wishes = wishesOf(context)
    const { stopped, again } = wishes
    if (stopped !== undefined) return stoppedView('wish.stopped-already', stopped)
    // They have stopped and begun again since this button was shown: it has done its work once already.
    if (from === 'press' && assumed !== seenOf(again)) return tell('wish.self-gets', {}, [stopButton({ wishes })])
    return {
      type: 'do',
      action: { type: 'wish', person: actor.id, wish: { stopped: now } },
      say: () => stoppedView('wish.stopped', now),
    }
  },
})

/**
 * Makes the command that has whoever stopped broadcasts get them again. Anybody else who writes START wants to know
 * what the hub is: `help` tells them.
 */
export function startCommand(help: Pick<Command, 'run'>): Command {
  return defineCommand({
    ...common,
    name: 'start',
    summary: 'command.start',
    run: async (request, context) => {
      const { actor, now } = context
      const { stopped, ...others } = wishesOf(context)
      if (stopped === undefined && request.from === 'typed') return help.run({ ...request, words: 'help' }, context)
      if (stopped === undefined) return tell('wish.self-gets', {}, [stopButton({ wishes: others })])
      if (request.from === 'press' && request.assumed !== seenOf(stopped))
        return stoppedView('wish.stopped-already', stopped)
      return {
        type: 'do',
        action: { type: 'wish', person: actor.id, wish: { stopped: null, again: now } },
        say: () => tell('wish.started', {}, [stopButton({ wishes: { again: now } })]),
      }
    },
  })
}

function stoppedView(key: 'wish.stopped' | 'wish.stopped-already', since: number): Reply {
  const said = key === 'wish.stopped' ? phrase(key) : phrase(key, { time: { date: since } })
  return shown(plainView([said, phrase('wish.how-start')], [startButton(since)]))
}

function wishesOf({ read, actor }: Context) {
  return personAsking(read.directory, actor.id)?.wishes ?? {}
}
