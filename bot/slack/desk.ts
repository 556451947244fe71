import type { Logger } from 'pino'
import type { Answer, Host, Interaction } from '../platform.ts'
import type { Home } from './home.ts'
import type { People } from './people.ts'
import type { Hold } from './picture.ts'
import type { Poster } from './post.ts'
import type { Respond } from './respond.ts'
import type { Web } from './web.ts'

/** What everything that is heard from Slack is handled with. */
export type Desk = {
  readonly host: Host
  readonly web: Web
  readonly poster: Poster
  readonly hold: Hold
  readonly people: People
  readonly respond: Respond
  readonly home: Home
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly log: Logger
}

/** An interaction without what Slack knows of the person. */
export type Bare = Interaction extends infer One
  ? One extends Interaction
    ? Omit<One, 'groups' | 'language'>
    : never
  : never

/** Hands it to the hub with the person's groups and language. */
export async function ask(bare: Bare, { host, people }: Desk): Promise<Answer> {
  const known = await people.of(bare.account)
  return host.receive({ ...bare, ...known } as Interaction)
}
