import { phrase } from '../phrase.ts'
import { readRuns } from '../run/reading.ts'
import { openRuns } from '../run.ts'
import type { Line } from '../view.ts'
import { hasPart } from '../withheld.ts'
import { item, type SitrepContext, section, total } from './context.ts'

// Threats to our own people.
const own = 'TH-4'

/** How our own people are: counts only, never who or where. */
export function protectionLines(context: SitrepContext): readonly Line[] {
  const { figures, material } = context
  if (!hasPart(context.edition, 'protection')) return []
  const threats = total(figures.kinds.filter(row => row.kind === own && row.period === 0))
  const before = total(figures.kinds.filter(row => row.kind === own && row.period === 1))
  const counts = material.asking.flatMap(incident => [
    ...openRuns(incident).flatMap(run => Object.values(run.counts)),
    ...Object.values(incident.counts ?? {}),
  ])
  const going = counts.filter(count => !count.over)
  const asked = new Set(going.flatMap(count => count.asked)).size
  const help = new Set(going.flatMap(count => Object.keys(count.help))).size
  const missed = new Set(going.flatMap(silentIn)).size
  const care = careOf(context)
  return section(phrase('sitrep.protection'), [
    threats + before > 0 ? item('sitrep.threats', { count: threats, before }) : null,
    figures.deployed > 0 ? item('sitrep.deployed', { count: figures.deployed }) : null,
    asked > 0 ? item('sitrep.asked', { count: asked, missed, help }) : null,
    care.done + care.open > 0 ? item('sitrep.care', care) : null,
  ])
}

/** Who let a check-in pass, or was named as silent in a head count. */
function silentIn({ missed, kind, asked, answers, rung }: Count): readonly string[] {
  if (kind === 'checkin') return Object.keys(missed)
  return rung > 0 ? asked.filter(person => !(person in answers)) : []
}

type Count = ReturnType<typeof openRuns>[number]['counts'][string]

/** Steps of the wellbeing lead in protocols that go on: those done in the window, and those still open. */
function careOf({ figures: { running, window }, taxonomy }: SitrepContext): { done: number; open: number } {
  const steps = running.flatMap(incident => readRuns(incident, taxonomy).flatMap(reading => reading.steps))
  const care = steps.filter(({ step }) => step.role === 'WB')
  return {
    done: care.filter(({ state: { state, at } }) => state === 'done' && at !== null && at >= window.from).length,
    open: care.filter(({ state, people }) => state.state === 'open' && people.length > 0).length,
  }
}
