import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Ground } from './house.ts'

/** The hub as its own process, as `npm start` runs it, with a browser's view of its practice workspace. */
export type HubProcess = {
  readonly url: string
  readonly pid: number
  /** What it wrote to standard error so far. */
  readonly said: () => string
  /** What it wrote to standard output so far: its log. */
  readonly logged: () => string
  /** Types a line as that persona, in a room or ('') to the hub; the HTML that came back, or null if no answer came. */
  readonly say: (who: string, words: string, room?: string, key?: string) => Promise<string | null>
  /** Sends a form in. */
  readonly submit: (who: string, form: OpenedForm, values: Record<string, string>) => Promise<string | null>
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>
  /** Asks it to stop, and waits until it has. The exit code. */
  readonly stop: () => Promise<number | null>
  /** Sends it a signal, and waits for nothing. */
  readonly signal: (signal: NodeJS.Signals) => void
  /** Resolves when it has ended, with its exit code. */
  readonly ended: Promise<number | null>
}

/** A form as the page shows it: its id and command. */
export type OpenedForm = { readonly form: string; readonly command: string; readonly about: string }

/** Starts the hub on that ground and waits until it is ready. @throws Error with what it said if it ends before. */
export async function startProcess(at: Ground, environment: Record<string, string> = {}): Promise<HubProcess> {
  const child = spawn(process.execPath, ['bot/main.ts'], {
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      PRACTICE_DATABASE_URL: at.url,
      DATABASE_URL: at.url,
      HUB_KEY_FILE: join(at.folder, 'hub.key'),
      LOG_LEVEL: 'info',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', chunk => {
    errors += chunk
  })
  let printed = ''
  const url = await new Promise<string>((done, fail) => {
    child.stdout.on('data', chunk => {
      printed += chunk
      const found = /(?:open|pages are at) (http:[^\s,]+)[\s,]/.exec(printed)
      if (found) done(found[1] as string)
    })
    child.once('exit', () => fail(new Error(`the hub did not start: ${errors}`)))
  })

  async function post(path: string, fields: Record<string, string>): Promise<string | null> {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    const headers = { origin: url, 'sec-fetch-site': 'same-origin' }
    try {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        body,
        headers,
        signal: AbortSignal.timeout(60_000),
      })
      return await response.text()
    } catch {
      return null
    }
  }

  const end = async (signal: NodeJS.Signals) => {
    const gone = child.exitCode !== null ? Promise.resolve([child.exitCode]) : once(child, 'exit')
    child.kill(signal)
    return (await gone)[0] as number | null
  }

  const ended = child.exitCode !== null ? Promise.resolve(child.exitCode) : once(child, 'exit').then(([code]) => code)

  return {
    url,
    pid: child.pid as number,
    signal: signal => void child.kill(signal),
    ended,
    said: () => errors,
    logged: () => printed,
    say: (who, words, room = '', key = crypto.randomUUID()) =>
      post(`/as/${who}/say`, { key, words, room, message: '', thread: '', pane: 'log' }),
    submit: (who, opened, values) =>
      post(`/as/${who}/form`, {
        'form-id': opened.form,
        command: opened.command,
        about: opened.about,
        room: '',
        message: '',
        thread: '',
        pane: 'log',
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`f.${name}`, value])),
      }),
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}

/** Reads the id, command and subject of the form that a page was given. */
export function formIn(html: string | null): OpenedForm {
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html ?? '')?.[1]
  const form = field('form-id')
  if (!form) throw new Error(`no form in: ${html?.slice(0, 300)}`)
  return { form, command: field('command') ?? '', about: field('about') ?? '' }
}
