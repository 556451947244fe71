import { slackManifest } from '../../bot/slack/manifest.ts'
import { commands } from '../../commands/index.ts'
import { startSlackPeer, tokens } from '../peers/slack/index.ts'
import { accountOf, coordination, people, roomOf } from './crowd.ts'
import { compareForms, type Stage } from './forms.ts'
import type { Bench } from './measure.ts'

/** A slash command until the form is asked for, and a form until it is acknowledged, on Slack. */
export const slackForms: Bench = {
  names: ['slack-modal', 'slack-submit'],
  run: wanted => compareForms('slack', openSlack, wanted, 'a bare Bolt handler'),
}

/** Slack on loopback with the rooms and people of the bench; `faster` is how many times its limits are widened. */
export function startBenchSlack(regions: 1 | 12, faster = 1) {
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  return startSlackPeer({
    manifest,
    channels: [
      ...Array.from({ length: regions }, (_, at) => ({ id: roomOf.slack(at), name: `bench-${at}` })),
      { id: coordination.slack, name: 'bench-coordination' },
    ],
    people: Array.from({ length: people }, (_, at) => ({ account: accountOf.slack(at) })),
    faster,
  })
}

/** How a hub reaches that Slack. */
export const slackSettings = (apiUrl: string) => ({
  botToken: tokens.bot,
  appToken: tokens.app,
  signingSecret: null,
  port: 0,
  apiUrl,
})

async function openSlack(): Promise<Stage> {
  // Fifty forms a second are more than Slack lets anybody open.
  const peer = await startBenchSlack(1, 200)
  const { apiUrl } = peer
  const opened = new Map<string, () => void>()
  const { push } = peer.calls
  Object.assign(peer.calls, {
    push(call: (typeof peer.calls)[number]) {
      const user = peer.world.triggers.get(String(call.args.trigger_id))?.user
      if (call.method === 'views.open' && user) opened.get(user)?.()
      return push.call(peer.calls, call)
    },
  })
  return {
    hub: { slack: slackSettings(apiUrl) },
    bare: { type: 'slack', token: tokens.bot, appToken: tokens.app, apiUrl },
    someone: at => peer.someone(accountOf.slack(at)),
    room: roomOf.slack(0),
    opened: at => new Promise(resolve => opened.set(accountOf.slack(at), resolve)),
    fill: async (at, values) => {
      await peer.someone(accountOf.slack(at)).fill(values)
      return {}
    },
    close: peer.close,
  }
}
