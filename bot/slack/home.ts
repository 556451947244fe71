import type { Logger } from 'pino'
import { phrase } from '../../workflows/phrase.ts'
import type { Line, View } from '../../workflows/view.ts'
import type { Answer } from '../platform.ts'
import type { Block } from './block.ts'
import { drawBlocks } from './message.ts'
import { codeOf } from './problem.ts'
import type { Call, Web } from './web.ts'

/** The page of the app that shows somebody their own work. */
export type Home = {
  /** Draws it: it was opened. */
  readonly open: (account: string) => Promise<void>
  /** They did something: whoever has opened the page finds it as things stand now. */
  readonly touch: (account: string) => void
  /** Draws nothing more. */
  readonly close: () => void
}

const mostBlocks = 100
const mostPeople = 2000
const calmMs = 1000

/** Makes the home page; `work` asks the hub what waits for somebody. */
export function createHome(work: (account: string) => Promise<Answer>, web: Web, log: Logger): Home {
  const opened = new Set<string>()
  const due = new Map<string, NodeJS.Timeout>()

  async function draw(account: string, call: Call): Promise<void> {
    const answer = await work(account)
    await call('views.publish', { user_id: account, view: { type: 'home', blocks: homeBlocks(answer) } })
  }

  return {
    async open(account) {
      const oldest = opened.size >= mostPeople ? opened.values().next().value : undefined
      if (oldest !== undefined) opened.delete(oldest)
      opened.add(account)
      await draw(account, web.now)
    },
    touch(account) {
      if (!opened.has(account) || due.has(account)) return
      const timer = setTimeout(() => {
        due.delete(account)
        // On a busy day Slack's pace comes first: the page is drawn when it is opened again.
        draw(account, web.call).catch(error => log.warn({ code: codeOf(error) }, 'a home page could not be drawn'))
      }, calmMs)
      due.set(account, timer.unref())
    },
    close() {
      opened.clear()
      for (const timer of due.values()) clearTimeout(timer)
      due.clear()
    },
  }
}

/** The page: what waits for this person, most urgent first, with what can be done from here. */
function homeBlocks({ reply, reader }: Answer): readonly Block[] {
  const text = (line: Extract<Line, { type: 'text' }>['text']): View => plainly([{ type: 'text', text: line }])
  const work =
    reply.type === 'view'
      ? reply.view
      : text(reply.type === 'refused' || reply.type === 'failed' ? reply.phrase : phrase('slack.home-late'))
  const known = reply.type === 'view'
  const foot: View = {
    ...plainly([{ type: 'rule' }, { type: 'note', text: phrase('slack.home-at', { time: { time: reader.now } }) }]),
    buttons: [
      // Whoever the hub does not talk with is offered nothing.
      ...(reply.type === 'refused'
        ? []
        : [{ id: 'report', label: phrase('slack.home-report'), style: 'primary' } as const]),
      ...(known ? [{ id: 'incidents', label: phrase('slack.home-all') }] : []),
    ],
  }
  const title = work.title ?? (known ? phrase('slack.home-title') : null)
  const blocks = drawBlocks({ ...work, title }, reader, 'page', 'w')
  const below = drawBlocks(foot, reader, 'page', 'f')
  // The work is nine lines and a few headings at most.
  return [...blocks.slice(0, mostBlocks - below.length), ...below]
}

function plainly(lines: readonly Line[]): View {
  return { tone: 'plain', title: null, lines, buttons: [] }
}
