import { postgresNeed, startPostgres } from '../postgres.ts'
import { fileReports } from './filing.ts'
import { tempFolder } from './folder.ts'
import { openHub, reporters } from './hub.ts'
import { atLeast, type Bench, compared, inTurn, limited, type Result } from './measure.ts'
import { handWriter, readReports } from './written.ts'

const rounds = 5
const ms = 1_500
// As many as the hub opens for its transactions.
const connections = 8

/** Reports committed durably on PostgreSQL against hand-written SQL that writes the same rows. */
export const postgresReports: Bench = {
  names: postgresNeed().path ? ['reports-postgres'] : [],
  run: () => limited(90, 'reports on PostgreSQL', measure()),
}

async function* measure(): AsyncGenerator<Result> {
  using folder = tempFolder()
  const server = await startPostgres({ durable: true })
  try {
    const [url, handUrl] = [await server.fresh(), await server.fresh()]
    // Opened for its tables only.
    await (await openHub(handUrl, folder.path)).store.close()
    const hub = await openHub(url, folder.path)
    await fileReports(hub, ms)
    const hand = await handWriter(handUrl, await readReports(url, 2_000), reporters, connections)
    const both = await inTurn(
      rounds,
      () => fileReports(hub, ms),
      () => hand.write(ms),
    )
    await hand.close()
    await hub.store.close()
    yield compared('reports-postgres', 'reports/s', both, atLeast(0.6), 'the same rows, SQL by hand through pg')
  } finally {
    await server.stop()
  }
}
