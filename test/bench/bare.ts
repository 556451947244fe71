// The least that does the same, in a process of its own: opens a form, and says that it came. Told as JSON which tool.
import { App, LogLevel } from '@slack/bolt'
import { Client, GatewayIntentBits } from 'discord.js'

/** How the bare handler reaches its tool. */
export type Bare =
  | { readonly type: 'slack'; readonly token: string; readonly appToken: string; readonly apiUrl: string }
  | { readonly type: 'discord'; readonly token: string; readonly apiUrl: string }

const questions = ['What happened?', 'Where?']
const told = JSON.parse(process.argv[2] ?? '{}') as Bare

await (told.type === 'slack' ? startBolt(told) : startDiscordJs(told))
process.once('SIGTERM', () => process.exit(0))
process.stdout.write('The bare handler is ready\n')

async function startBolt({ token, appToken, apiUrl }: Extract<Bare, { type: 'slack' }>): Promise<void> {
  const clientOptions = { slackApiUrl: apiUrl }
  const app = new App({ token, appToken, socketMode: true, clientOptions, logLevel: LogLevel.ERROR })
  const text = (words: string) => ({ type: 'plain_text' as const, text: words })
  const blocks = questions.map((question, at) => ({
    type: 'input' as const,
    block_id: `b${at}`,
    label: text(question),
    element: { type: 'plain_text_input' as const, action_id: 'a' },
  }))
  app.command('/report', async ({ ack, body, client }) => {
    await ack()
    const view = { type: 'modal' as const, title: text('Report'), submit: text('Send'), blocks }
    const private_metadata = body.response_url
    await client.views.open({
      trigger_id: body.trigger_id,
      view: { ...view, callback_id: 'bare', private_metadata },
    })
  })
  app.view('bare', async ({ ack, view }) => {
    await ack()
    const body = JSON.stringify({ response_type: 'ephemeral', text: 'Received' })
    await fetch(view.private_metadata, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  })
  await app.start()
}

async function startDiscordJs({ token, apiUrl }: Extract<Bare, { type: 'discord' }>): Promise<void> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: { api: apiUrl, globalRequestsPerSecond: 1000 },
  })
  const components = questions.map((label, at) => ({
    type: 18 as const,
    label,
    component: { type: 4 as const, style: 1 as const, custom_id: `b${at}` },
  }))
  client.on('interactionCreate', async interaction => {
    if (interaction.isChatInputCommand()) {
      await interaction.showModal({ title: 'Report', custom_id: 'bare', components })
    } else if (interaction.isModalSubmit()) {
      await interaction.reply({ content: 'Received', flags: 64, allowedMentions: { parse: [] } })
    }
  })
  const ready = new Promise(resolve => client.once('clientReady', resolve))
  await client.login(token)
  await ready
}
