import { App } from '@slack/bolt'
import { createSlack } from '../../bot/slack/index.ts'
import { slackManifest } from '../../bot/slack/manifest.ts'
import { commands } from '../../commands/index.ts'
import { type SlackPeer, startSlackPeer, tokens } from '../peers/slack/index.ts'
import { accountOf, atPace, common, people, percentile, rooms, runHub } from './crowd.ts'
import { tempFolder } from './folder.ts'
import { atMost, type Bench, compared, informed, limited, type Result } from './measure.ts'

const perSecond = 50
const times = 300
// Each comes back for more, as on a busy night.
const busy = 40
// What is read at the first report of a process is read then.
const warmUp = 50
const rounds = 3
const note = 'a bare Bolt handler on the same Slack'

/** A slash command until the form is asked for, and a form until it is acknowledged, at fifty a second each. */
export const slackForms: Bench = {
  names: ['slack-modal', 'slack-submit'],
  run: () => limited(180, 'forms on Slack', measure()),
}

type Times = { readonly modal: number[]; readonly submit: number[] }

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const hub: Times = { modal: [], submit: [] }
  const bare: Times = { modal: [], submit: [] }
  for (let round = 0; round <= rounds; round++) {
    for (const [into, start] of [
      [hub, (peer: SlackPeer) => startHub(peer, `${folder.path}/${round}`)],
      [bare, startBare],
    ] as const) {
      const peer = await startPeer()
      const stop = await start(peer)
      const { modal, submit } = await crowd(peer)
      await stop()
      await peer.close()
      if (round === 0) continue
      into.modal.push(...modal)
      into.submit.push(...submit)
    }
  }
  for (const name of ['modal', 'submit'] as const) {
    const value = percentile(hub[name], 99)
    const baseline = percentile(bare[name], 99)
    yield compared(`slack-${name}`, 'ms p99', { value, baseline }, atMost(1.5), note)
    yield informed(
      `slack-${name}-p50`,
      'ms p50',
      percentile(hub[name], 50),
      `${percentile(bare[name], 50).toFixed(2)} bare`,
    )
  }
}

function startPeer(): Promise<SlackPeer> {
  const { manifest } = slackManifest({ commands, socket: true, publicUrl: null })
  return startSlackPeer({
    manifest,
    channels: [
      { id: rooms.slack, name: 'bench' },
      { id: 'C0BENCHCOORD', name: 'coordination' },
    ],
    people: Array.from({ length: people }, (_, at) => ({ account: accountOf.slack(at) })),
    // No limit stands in the way.
    faster: 1000,
  })
}

async function startHub(peer: SlackPeer, folder: string): Promise<() => Promise<void>> {
  const settings = { botToken: tokens.bot, appToken: tokens.app, signingSecret: null, port: 0, apiUrl: peer.apiUrl }
  return runHub([createSlack({ ...settings, ...common() })], folder)
}

/** The least that does the same: the form is opened, and what comes back is acknowledged. */
async function startBare(peer: SlackPeer): Promise<() => Promise<void>> {
  const app = new App({
    token: tokens.bot,
    appToken: tokens.app,
    socketMode: true,
    clientOptions: { slackApiUrl: peer.apiUrl },
    logLevel: 'error' as never,
  })
  app.command('/report', async ({ ack, body, client }) => {
    await ack()
    await client.views.open({ trigger_id: body.trigger_id, view: bareView })
  })
  app.view('bare', async ({ ack }) => ack())
  await app.start()
  return async () => void (await app.stop())
}

const bareView = {
  type: 'modal' as const,
  callback_id: 'bare',
  title: { type: 'plain_text' as const, text: 'Report' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: ['What happened?', 'Where?'].map((text, at) => ({
    type: 'input' as const,
    block_id: `b${at}`,
    label: { type: 'plain_text' as const, text },
    element: { type: 'plain_text_input' as const, action_id: 'a' },
  })),
}

/** Everybody asks for the form, and sends it in. */
async function crowd(peer: SlackPeer): Promise<Times> {
  const opened = new Map<string, () => void>()
  const { push } = peer.calls
  Object.assign(peer.calls, {
    push(call: (typeof peer.calls)[number]) {
      const user = peer.world.triggers.get(String(call.args.trigger_id))?.user
      if (call.method === 'views.open' && user) opened.get(user)?.()
      return push.call(peer.calls, call)
    },
  })
  const submit: number[] = []
  const modal = await atPace(perSecond, warmUp + times, async at => {
    const account = accountOf.slack(at % busy)
    const someone = peer.someone(account)
    const begun = performance.now()
    const seen = new Promise<void>(resolve => opened.set(account, resolve))
    await Promise.all([someone.type('/report', null), seen])
    const taken = performance.now() - begun
    while (!someone.form()) await new Promise(resolve => setImmediate(resolve))
    const bare = someone.form()?.fields.length === 2
    const again = performance.now()
    await someone.submit({
      What: 'Two men film the voters in line',
      Where: 'Maricopa County',
      ...(bare ? {} : { 'Is anyone': 'No', 'May I': 'No' }),
    })
    submit.push(performance.now() - again)
    return taken
  })
  return { modal: modal.slice(warmUp), submit: submit.slice(warmUp) }
}
