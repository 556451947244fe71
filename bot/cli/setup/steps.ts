import { ConfigError, HubError } from '../../../workflows/errors.ts'
import { stateOf } from '../../../workflows/places/states.ts'
import type { Answers, ChosenRegion } from './answers.ts'
import { type Asker, oneOf, words, yesOrNo } from './asker.ts'
import { askRooms, hasAllRooms, listed } from './rooms.ts'
import { toolOf, tried } from './tools.ts'

/** One thing to be settled: whether it is, and the questions that settle it. `save` keeps what is halfway there. */
export type Step = {
  readonly title: string
  readonly isDone: (answers: Answers) => boolean
  readonly run: (answers: Answers, asker: Asker, save: (answers: Answers) => void) => Promise<Answers>
}

/** Everything that setting up settles, in order. */
export const steps: readonly Step[] = [
  { title: 'Your network', isDone: answers => answers.network !== undefined, run: askNetwork },
  { title: 'Regions', isDone: ({ regions }) => regions?.some(isElsewhere) ?? false, run: askRegions },
  { title: 'Slack', isDone: ({ slack }) => slack !== undefined, run: askSlack },
  { title: 'Discord', isDone: ({ discord }) => discord !== undefined, run: askDiscord },
  { title: 'Signal', isDone: ({ signal }) => signal !== undefined, run: askSignal },
  { title: 'Rooms', isDone: hasAllRooms, run: askRooms },
  { title: 'Strangers', isDone: ({ strangers }) => strangers !== undefined, run: askStrangers },
]

const isElsewhere = ({ state }: ChosenRegion) => state === null

async function askNetwork(answers: Answers, { ask }: Asker): Promise<Answers> {
  const name = await ask('What is your network called?', words())
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zone = await ask('In which time zone does it work?', { fallback: here, read: readZone })
  const spanish = await ask('Do some of its people read Spanish rather than English?', yesOrNo('yes'))
  return { ...answers, network: { name, zone, languages: spanish ? ['en', 'es'] : ['en'] } }
}

async function askRegions(answers: Answers, { ask, say }: Asker, save: Save): Promise<Answers> {
  const usual = answers.network?.zone ?? 'UTC'
  let regions = answers.regions ?? []
  say('A region has its own rooms and people. Finer places than states can be put into the network file later.')
  for (;;) {
    const state = await ask(regions.length === 0 ? 'Its state, as in AZ?' : 'Another state, or "done"?', {
      ...(regions.length === 0 ? {} : { fallback: 'done' }),
      read(answer) {
        const found = stateOf(answer)
        if (answer === 'done' && regions.length > 0) return null
        if (!found) throw new ConfigError('That is no state. Type two letters, as in AZ.')
        if (regions.some(one => one.code === found.code)) throw new ConfigError(`${found.code} is a region already.`)
        return found
      },
    })
    if (!state) break
    const zone = await ask(`The time zone of ${state.name}?`, { fallback: usual, read: readZone })
    regions = [...regions, { code: state.code, name: state.name, zone, state: state.code }]
    save({ ...answers, regions })
  }
  say('Reports from anywhere else go to the region US, "Everywhere else".')
  return { ...answers, regions: [...regions, { code: 'US', name: 'Everywhere else', zone: usual, state: null }] }
}

async function askSlack(answers: Answers, asker: Asker): Promise<Answers> {
  const { ask, say } = asker
  if (!(await ask('Does your network sit in Slack?', yesOrNo('yes')))) return { ...answers, slack: null }
  say(
    'Open this link in a browser. It shows Slack a finished description of the app: choose your workspace, press',
    'Create, then Install to Workspace:',
    `  ${await slackLink()}`,
  )
  for (;;) {
    const botToken = await ask('OAuth & Permissions shows the "Bot User OAuth Token". Paste it (it is not shown):', {
      secret: true,
      read: beginning('xoxb-'),
    })
    say('Basic Information, App-Level Tokens: Generate, with the scope connections:write.')
    const appToken = await ask('Paste that token (it is not shown):', { secret: true, read: beginning('xapp-') })
    const slack = { botToken, appToken }
    if (await tried(await toolOf({ slack }), [], asker)) return { ...answers, slack }
    say('Mend what it says, then paste both tokens again.')
  }
}

async function askDiscord(answers: Answers, asker: Asker): Promise<Answers> {
  const { ask, say } = asker
  if (!(await ask('Does your network sit in Discord?', yesOrNo('yes')))) return { ...answers, discord: null }
  say(
    'Open https://discord.com/developers/applications, press New Application, then Bot.',
    'Switch on "Message Content Intent" there, and press Reset Token.',
  )
  for (;;) {
    const token = await ask('Paste the token (it is not shown):', { secret: true, read: answer => answer })
    const inspection = await toolOf({ discord: { token } })
    if (!(await tried(inspection, [], asker))) {
      say('Mend what it says, then paste the token again.')
      continue
    }
    for (let rooms = await listed(inspection, say); rooms.length === 0; rooms = await listed(inspection, say)) {
      say('The bot is in no server yet. Open this link and choose yours:', `  ${await discordLink(token)}`)
      await ask('Press Enter when it is there.', { fallback: 'yes', read: answer => answer })
    }
    return { ...answers, discord: { token } }
  }
}

async function askSignal(answers: Answers, asker: Asker): Promise<Answers> {
  const { ask, say } = asker
  if (!(await ask('Does your network sit in Signal?', yesOrNo('yes')))) return { ...answers, signal: null }
  say(
    'Signal needs signal-cli-rest-api on this machine, with a number of its own: docs/setup.md says how, captcha and',
    'registration PIN included. "npm run -s hub -- install" writes its unit.',
  )
  for (;;) {
    const apiUrl = await ask('Where does it answer?', { fallback: 'http://127.0.0.1:8080', read: readAddress })
    const numbers = await numbersAt(apiUrl).catch(error => {
      if (!(error instanceof HubError)) throw error
      say(`  ${error.message}`)
      return null
    })
    if (!numbers) continue
    if (numbers.length === 0) {
      say('  It answers, but no number is registered there yet: docs/setup.md says how.')
      if (!(await ask('Look again?', yesOrNo('yes')))) return { ...answers, signal: null }
      continue
    }
    say(...numbers.map((number, at) => `  ${at + 1}  ${number}`))
    const number = await ask('Which number is the hub?', oneOf(numbers))
    const signal = { apiUrl, number }
    if (await tried(await toolOf({ signal }), [], asker)) return { ...answers, signal }
    say('Mend what it says; the question comes again.')
  }
}

async function askStrangers(answers: Answers, { ask, say }: Asker): Promise<Answers> {
  say('People who are not on the roster can be refused, or may report: then somebody checks it before any room hears.')
  const may = await ask('May strangers report?', yesOrNo('no'))
  return { ...answers, strangers: may ? 'report' : 'refuse' }
}

type Save = (answers: Answers) => void

// Each client takes its time to load, and is needed by few of the questions.
async function slackLink(): Promise<string> {
  const [{ slackManifest }, { commands }] = await Promise.all([
    import('../../slack/manifest.ts'),
    import('../../../commands/index.ts'),
  ])
  return slackManifest({ commands, socket: true, publicUrl: null }).link
}

async function discordLink(token: string): Promise<string> {
  const { inviteLink } = await import('../../discord/manifest.ts')
  return inviteLink(token)
}

async function numbersAt(apiUrl: string): Promise<readonly string[]> {
  const { signalNumbers } = await import('../../signal/inspect.ts')
  return signalNumbers(apiUrl)
}

function beginning(start: string): (answer: string) => string {
  return answer => {
    if (!answer.startsWith(start)) throw new ConfigError(`That is another token: this one begins with ${start}`)
    return answer
  }
}

function readZone(answer: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: answer }).resolvedOptions().timeZone
  } catch {
    throw new ConfigError('That is no time zone. Type a name like America/Phoenix.')
  }
}

function readAddress(answer: string): string {
  const url = URL.canParse(answer) ? new URL(answer) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new ConfigError('That is no address. Type one like http://127.0.0.1:8080.')
  return answer.replace(/\/+$/, '')
}
