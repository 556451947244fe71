import { afterEach, beforeEach, describe } from 'vitest'
import type { Database } from '../../db/database.ts'
import type { Store } from '../../db/store.ts'
import type { PersonId, RoomId } from '../../workflows/ids.ts'
import { network } from './incidents.ts'
import { accountTests } from './store.accounts.ts'
import { acquaintedTests } from './store.acquainted.ts'
import { amendTests } from './store.amends.ts'
import { answerTests } from './store.answers.ts'
import { asideTests } from './store.asides.ts'
import { auditTests } from './store.audit.ts'
import { broadcastTests } from './store.broadcasts.ts'
import { bulletinTests } from './store.bulletins.ts'
import { clockTests } from './store.clocks.ts'
import { commitTests } from './store.commit.ts'
import { drillTests } from './store.drills.ts'
import { erasedTests } from './store.erased.ts'
import { erasureTests } from './store.erasure.ts'
import { exportTests } from './store.exports.ts'
import { fetchTests } from './store.fetches.ts'
import { figureTests } from './store.figures.ts'
import { fileTests } from './store.files.ts'
import { healthTests } from './store.health.ts'
import { heardTests } from './store.heard.ts'
import { hostTests } from './store.hosts.ts'
import { libraryTests } from './store.library.ts'
import { outlookTests } from './store.outlook.ts'
import { pairTests } from './store.pair.ts'
import { parkedTests } from './store.parked.ts'
import { proposalTests } from './store.proposals.ts'
import { protocolTests } from './store.protocols.ts'
import { queueTests } from './store.queues.ts'
import { readTests } from './store.reads.ts'
import { recipientTests } from './store.recipients.ts'
import { recurringTests } from './store.recurring.ts'
import { rosterTests } from './store.roster.ts'
import { searchTests } from './store.search.ts'
import { shieldTests } from './store.shields.ts'
import { similarTests } from './store.similar.ts'
import { stuckTests } from './store.stuck.ts'
import { talkTests } from './store.talk.ts'
import { taskTests } from './store.tasks.ts'
import { ticketTests } from './store.tickets.ts'
import { traceTests } from './store.traces.ts'
import { triageTests } from './store.triage.ts'
import { warningTests } from './store.warnings.ts'
import { wishTests } from './store.wishes.ts'

/** A store on a fresh database of one engine, and what can be done to it from outside. */
export type Place = {
  readonly database: Database
  readonly store: Store
  /** Where its attached files lie. */
  readonly filesFolder: string
  /** Opens it once more, as another process would; with another key if asked. */
  again(otherKey?: boolean): Promise<Store>
  /** Makes the disk too full for another incident, until the answer is called. */
  fill(): Promise<() => Promise<void>>
  /** Changes rows behind the store's back. */
  tamper(statement: string): Promise<void>
  /** Closes all that was opened. */
  end(): Promise<void>
}

/** What the tests of a group work with. */
export type Scene = {
  readonly place: Place
  readonly store: Store
  /** The room with that address, and the person with that call sign, of the sample network. */
  readonly room: (address: string) => RoomId
  readonly person: (callsign: string) => PersonId
}

/** What the store promises on every engine; `open` gives a fresh place. */
export function storeContract(name: string, open: () => Promise<Place>): void {
  describe(name, () => {
    let scene: Scene
    beforeEach(async () => {
      const place = await open()
      const { store } = place
      await store.roster.seed(network)
      const { rooms, people } = store.roster.directory()
      scene = {
        place,
        store,
        room: address => rooms.find(room => room.address === address)?.id ?? ('' as RoomId),
        person: callsign => [...people.values()].find(one => one.callsign === callsign)?.id ?? ('' as PersonId),
      }
    })
    afterEach(() => scene.place.end())

    commitTests(() => scene)
    readTests(() => scene)
    figureTests(() => scene)
    proposalTests(() => scene)
    broadcastTests(() => scene)
    queueTests(() => scene)
    clockTests(() => scene)
    searchTests(() => scene)
    rosterTests(() => scene)
    accountTests(() => scene)
    similarTests(() => scene)
    auditTests(() => scene)
    erasureTests(() => scene)
    erasedTests(() => scene)
    triageTests(() => scene)
    shieldTests(() => scene)
    libraryTests(() => scene)
    fileTests(() => scene)
    exportTests(() => scene)
    fetchTests(() => scene)
    talkTests(() => scene)
    taskTests(() => scene)
    ticketTests(() => scene)
    stuckTests(() => scene)
    parkedTests(() => scene)
    acquaintedTests(() => scene)
    traceTests(() => scene)
    pairTests(() => scene)
    wishTests(() => scene)
    recurringTests(() => scene)
    outlookTests(() => scene)
    bulletinTests(() => scene)
    asideTests(() => scene)
    warningTests(() => scene)
    protocolTests(() => scene)
    drillTests(() => scene)
    heardTests(() => scene)
    healthTests(() => scene)
    hostTests(() => scene)
    amendTests(() => scene)
    recipientTests(() => scene)
    answerTests(() => scene)
  })
}
