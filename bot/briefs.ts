import type { Logger } from 'pino'
import type { Store } from '../db/store.ts'
import { type BriefDue, briefDue } from '../workflows/brief/due.ts'
import { briefView, fillButton, nextScreen } from '../workflows/brief/view.ts'
import { weekAfter } from '../workflows/brief/week.ts'
import type { Post } from '../workflows/change.ts'
import { coordinatorsOf, type Person, type Region, type Room, roomsFor } from '../workflows/directory.ts'
import { StoreError } from '../workflows/errors.ts'
import type { BriefDraft } from '../workflows/outlook.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Taxonomy } from '../workflows/taxonomy.ts'
import { plainView, type View } from '../workflows/view.ts'

/** What weekly briefs are cared for with. */
export type BriefOptions = {
  readonly store: Pick<Store, 'briefs' | 'outbox' | 'roster'>
  readonly taxonomy: Pick<Taxonomy, 'indicators'>
  readonly clock: () => number
  readonly log: Pick<Logger, 'error'>
}

// A region that has filled in none for so long does not work with briefs, and is left in peace.
const usedWeeks = 8
const lateMs = 60 * 60_000

/**
 * Reminds those who fill weekly briefs in, and posts each brief, once for ever, whoever runs it and however often; only
 * for regions that work with briefs. `run` gives how many posts were new.
 */
export function createBriefs({ store, taxonomy, clock, log }: BriefOptions): { readonly run: () => Promise<number> } {
  // Asked every minute: what is known to be settled is not looked up again by this process.
  const settled = new Set<string>()

  async function care(region: Region, due: BriefDue, now: number): Promise<number> {
    const { code } = region
    const name = `${code}:${due.week}:${due.type}`
    if (settled.has(name)) return 0
    const [last] = await store.briefs.latest(code, 1)
    // Not settled: somebody may take it up this week.
    if (!last || last.week < weekAfter(due.week, -usedWeeks)) return 0
    const brief = await store.briefs.draft(code, due.week)
    const posts = due.type === 'post' ? await outgoing(region, due, brief, now) : reminders(region, due, brief)
    const added = posts.length > 0 ? await store.outbox.add(posts, now) : 0
    if (due.type === 'post' || brief?.doneAt != null) settled.add(name)
    return added
  }

  function reminders(region: Region, due: BriefDue, brief: BriefDraft | null): readonly Post[] {
    if (brief?.doneAt != null) return []
    const { code, name } = region
    const said = phrase(due.type === 'remind' ? 'brief.remind' : 'brief.remind-last', { region: name })
    const screen = nextScreen(taxonomy.indicators ?? [], brief?.scores ?? [])
    const label = phrase(brief ? 'brief.button-go-on' : 'brief.button-fill')
    const view = plainView([said], [fillButton(code, due.week, screen, label)])
    return coordinatorsOf(store.roster.directory(), code).flatMap(person => {
      const account = accountOf(person)
      return account ? [postTo({ account }, `${due.type}:${code}:${due.week}:${account}`, view)] : []
    })
  }

  async function outgoing(region: Region, due: BriefDue, brief: BriefDraft | null, now: number) {
    const directory = store.roster.directory()
    const late = now - due.at > lateMs ? phrase('brief.late', { time: { date: due.at } }) : null
    const view = brief ? await shownAs(region, brief, late) : missing(region, late)
    const rooms = [...roomsFor(directory, 'leadership'), ...roomsFor(directory, 'coordination')]
    return once(rooms).map(room => ({
      ...postTo({ room: room.id }, `post:${region.code}:${due.week}:${room.id}`, view),
      ...(brief ? { author: brief.by } : {}),
    }))
  }

  async function shownAs({ code }: Region, brief: BriefDraft, late: Phrase | null): Promise<View> {
    const before = await store.briefs.find(code, weekAfter(brief.week, -1))
    const known = taxonomy.indicators ?? []
    // As it goes out it is finished: what is open is said.
    const whole = { ...brief, doneAt: brief.doneAt ?? brief.at }
    const directory = store.roster.directory()
    const view = briefView({ region: code, week: brief.week, brief: whole, before, known, may: false, directory })
    const notes = [...(brief.doneAt === null ? [phrase('brief.unfinished')] : []), ...(late ? [late] : [])]
    return { ...view, lines: [...notes.map(text => ({ type: 'note', text }) as const), ...view.lines] }
  }

  return {
    async run() {
      if ((taxonomy.indicators ?? []).length === 0) return 0
      const now = clock()
      let made = 0
      for (const region of store.roster.directory().regions) {
        for (const due of briefDue(now, region.zone)) {
          try {
            made += await care(region, due, now)
          } catch (error) {
            // One region must not hold the others up.
            if (error instanceof StoreError) throw error
            log.error({ err: error, region: region.code }, 'a weekly brief could not go on')
          }
        }
      }
      return made
    },
  }
}

function missing({ name }: Region, late: Phrase | null): View {
  return plainView([phrase('brief.missing', { region: name }), ...(late ? [late] : [])])
}

/** Where a person is reminded: on the tool that they would rather be written to on, else on their first. */
function accountOf({ accounts, wishes }: Person) {
  return (accounts.find(one => one.platform === wishes?.platform) ?? accounts[0])?.id ?? null
}

/** Each room once, whatever it is bound as. */
function once(rooms: readonly Room[]): readonly Room[] {
  const places = new Map(rooms.toReversed().map(room => [`${room.platform} ${room.address}`, room]))
  return [...places.values()].toReversed()
}

function postTo(to: Post['to'], key: string, view: View): Post {
  return { key: `brief:${key}`, to, incident: null, thread: false, lane: 'summary', view }
}
